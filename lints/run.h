/*
 * One run over one bundle: the walk, and what it found.
 *
 * Findings are kept beside the sink until the run is over, because what a
 * project says of severities, source paths and ignores is applied to all of
 * them at once, and their order is not the order in which rules see things.
 */
#ifndef LINTS_RUN_H
#define LINTS_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/vec.h"
#include "lints/lint.h"
#include "lints/subjects/mounts.h"
#include "lints/where.h"

struct fact_log;
struct lint_texts;
struct value;
struct value_entry;

struct lint_finding {
	uint32_t object; /* index plus one; 0: none */
	uint32_t serial;
	uint16_t rule; /* enum lint_rule_at */
	bool folded;   /* another says it */
	struct diag *diag;
	const char *meant; /* path of a misspelled field as it should be */
};

struct lint_found {
	struct diag_sink sink;           /* the last of their diagnostics */
	struct lint_texts *texts;        /* of late; lints/report.c */
	const struct diag_object *about; /* of the object asked for last */
	uint32_t about_index;            /* plus one; 0: none */
	struct arena *kept;              /* until the run is over */
	VEC(struct lint_finding *) findings;
	struct lint_where where;
	struct lint_mounts mounts;
	struct table *defaults;       /* of LimitRanges; NULL: not asked yet */
	const struct fact_log *facts; /* of the job; or NULL */
	struct table *hidden; /* subjects/hidden.c; NULL: not asked yet */
	struct table *files;  /* subjects/alternatives.c; the same */
	struct table *makers; /* subjects/makers.c; the same */
	const struct value_entry *key; /* of what was reported last; or NULL */
	uint64_t search_steps;         /* lints/schema/search.h */
	bool search_told;
};

/*
 * The arena of a run is emptied now and then between two objects.  From here
 * on it is the one that is kept; what was there before, to be put back.
 */
struct arena *lint_keep(struct lint_run *run);

/*
 * Of zeros; `kept` is emptied after the run, what findings say is in `arena`.
 */
void lint_found_init(struct lint_found *found, struct arena *kept,
		     struct arena *arena);

/*
 * The finding reported last is about a part of a text, whoever wrote that, if
 * it stands there as it is.
 */
void lint_in_part(struct lint_run *run, const struct value *text, size_t begin,
		  size_t len);

/* Make `rule` the one that reports. */
void lint_run_rule(struct lint_run *run, size_t rule);

/* lints/facts.c: what engines noticed, by the rules for it. */
void lint_facts(struct lint_run *run, const struct fact_log *facts);

/* lints/fold.c: mark findings whose cause another one says. */
void lint_fold(struct lint_run *run);

/* lints/fold_places.c: the same for causes known by their place in a file. */
void lint_fold_places(struct lint_run *run);

/*
 * The finding reported last is about the key `wrong` of `parent`, which was
 * meant to be `right`, a path: others about that are folded unless it is there.
 */
void lint_meant(struct lint_run *run, const struct value *parent,
		const char *wrong, const char *right);

/* lints/found.c: apply the configuration, sort, and append to `sink`. */
void lint_found_finish(struct lint_run *run, struct diag_sink *sink);

#endif
