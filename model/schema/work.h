/*
 * How far a schema may go.  Applying one is a step; what is done besides, for
 * each item, name or byte, is counted in parts of one, so that no few schemas
 * over large values take for ever.
 */
#ifndef MODEL_SCHEMA_WORK_H
#define MODEL_SCHEMA_WORK_H

#include <stdbool.h>
#include <stdint.h>

struct schema_instance;
struct schema_run;
struct schema_step;
struct text;

enum {
	SCHEMA_STEP = 64 /* parts of one step */
};

/* False: `run->broken` says that it is too much. */
bool schema_spend(struct schema_run *run,
		  const struct schema_instance *instance, uint64_t parts);

enum schema_match {
	SCHEMA_NO_VERDICT, /* the pattern is none, or it takes too long */
	SCHEMA_MATCHES,
	SCHEMA_DIFFERS
};

/* Search for a pattern, which is compiled once, in a text. */
enum schema_match schema_search(const struct schema_step *step,
				const struct text *pattern,
				const struct text *text);

#endif
