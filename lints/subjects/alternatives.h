/*
 * Files of one folder that are not meant to be applied together.
 *
 * Folders with a file per release or per variant are common, and a folder of
 * loose files is linted as one set.  What two of its files both define, other
 * than a Namespace, shows that one replaces the other: findings that need
 * objects of both are none.
 */
#ifndef LINTS_SUBJECTS_ALTERNATIVES_H
#define LINTS_SUBJECTS_ALTERNATIVES_H

#include <stdbool.h>

struct lint_run;
struct object;

bool lint_are_alternatives(struct lint_run *run, const struct object *a,
			   const struct object *b);

#endif
