/*
 * References to other objects, and when one into nothing is worth a finding:
 * a set that is linted alone refers to much that lives elsewhere.
 */
#ifndef LINTS_REFS_H
#define LINTS_REFS_H

#include <stdbool.h>

struct lint_run;
struct object;

struct lint_ref {
	const struct object *from;
	const char *group;
	const char *kind;
	const char *name_space; /* "": that of `from` */
	const char *name;
};

enum lint_ref_status {
	LINT_REF_FOUND,
	LINT_REF_UNKNOWN, /* not in the set, and that may be right */
	LINT_REF_MISSING,
};

/*
 * `*target` is the object if it is in the set; `*near` the one name that may
 * have been meant, or NULL.
 */
enum lint_ref_status lint_ref_check(struct lint_run *run,
				    const struct lint_ref *ref,
				    const struct object **target,
				    const char **near);

/* The help of a rule, with the name that may have been meant. */
void lint_ref_help(struct lint_run *run, const char *near);

/* Made by a chart, an overlay: its neighbours are here as well. */
bool lint_is_made(const struct object *object);

#endif
