/*
 * Findings that a comment in the sources, or an annotation of an object,
 * leaves out.
 *
 *	# plimsoll: ignore RULE[, RULE] -- reason
 *	# plimsoll: ignore-file RULE -- reason		(before the first line)
 *
 * In a template the same stands in a comment of the template language.
 * Comments are read from what people wrote, never from rendered text.  One
 * applies if any place of the finding's chain lies on its line or the next.
 */
#ifndef LINTS_SUPPRESS_H
#define LINTS_SUPPRESS_H

#include "base/table.h"

struct arena;
struct diag;
struct lint_rule;
struct object;

struct lint_suppressions {
	struct arena *arena;
	struct table sources; /* address of a source to its comments */
};

void lint_suppressions_init(struct lint_suppressions *all, struct arena *arena);

/* Mark the finding if a comment or an annotation leaves it out. */
void lint_suppress(struct lint_suppressions *all, const struct lint_rule *rule,
		   const struct object *object, struct diag *diag);

#endif
