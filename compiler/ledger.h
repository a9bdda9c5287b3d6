/*
 * The ledger: a list in the output folder, .plimsoll-ledger, of the files that
 * builds made there, so that --prune removes those and nothing else.
 */
#ifndef COMPILER_LEDGER_H
#define COMPILER_LEDGER_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/table.h"

struct run;

/* What the list is called. */
#define LEDGER_NAME ".plimsoll-ledger"

/* An output folder and what is in it. */
struct ledger {
	struct run *run;
	const char *dir;     /* as typed, relative to the working directory */
	struct table listed; /* paths below it that the file lists */
	struct table made;   /* paths below it that this run makes */
	bool complete;       /* the run makes all there is to make */
};

/* Read the file; one that is not there is empty.  False: reported. */
MUST_USE bool ledger_load(struct ledger *ledger, struct run *run,
			  const char *dir);

/* This run makes `path`, which is below the folder. */
void ledger_add(struct ledger *ledger, const char *path);

/*
 * What is listed and made no more; a partial run does not know.  Ends with
 * NULL; paths below the folder.
 */
const char **ledger_left_over(const struct ledger *ledger);

/*
 * Write the list anew.  With `prune` what is left over is removed first, and
 * folders that are empty then; never through a link, never outside.  False:
 * reported.
 */
MUST_USE bool ledger_store(struct ledger *ledger, bool prune);

#endif
