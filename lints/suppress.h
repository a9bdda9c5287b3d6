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

#include <stdbool.h>
#include <stdint.h>

#include "base/table.h"
#include "base/vec.h"

struct arena;
struct diag;
struct lint_rule;
struct object;
struct source;

struct lint_suppressions {
	struct arena *arena;
	struct table sources; /* address of a source to its comments */
};

/* A comment that leaves something out. */
struct lint_comment {
	uint32_t begin; /* of "ignore" in the source */
	uint32_t line;
	bool whole_file;
	const char *const *words; /* rules; NULL at the end; empty: all */
	const char *reason;
	const char *place; /* FILE:LINE */
};

VEC_TYPE(lint_comments, struct lint_comment);

/* All of a source, in their order. */
void lint_comments_scan(struct arena *arena, const struct source *source,
			struct lint_comments *found);

void lint_suppressions_init(struct lint_suppressions *all, struct arena *arena);

/* Mark the finding if a comment or an annotation leaves it out. */
void lint_suppress(struct lint_suppressions *all, const struct lint_rule *rule,
		   const struct object *object, struct diag *diag);

#endif
