/*
 * Expressions of CEL, as far as their text goes: whether one parses, and
 * whether what it names is there.
 *
 *	struct cel_problem problem;
 *
 *	if (cel_refused(arena, text, &names, &problem))
 *		... text + problem.begin: problem.reason
 *
 * Types and costs are not judged, so what is refused here is refused by every
 * API server, and what is not may be refused all the same.
 */
#ifndef LINTS_SCHEMA_CEL_H
#define LINTS_SCHEMA_CEL_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct value;

struct cel_names {
	const char *const *variables; /* NULL at the end */
	/* What `variables` has; NULL: that is not known. */
	const char *const *composed;
};

struct cel_problem {
	size_t begin;
	size_t len; /* 0 at the end of the text */
	const char *reason;
};

bool cel_refused(struct arena *arena, const char *text,
		 const struct cel_names *names, struct cel_problem *problem);

/* The same of a value, with the place in the text; NULL: nothing is wrong. */
const char *cel_complaint(struct arena *arena, const struct value *expression,
			  const struct cel_names *names,
			  struct cel_problem *problem);

enum cel_token_kind {
	CEL_END,
	CEL_NAME,
	CEL_NUMBER,
	CEL_TEXT,
	CEL_SIGN, /* of one byte or two */
	CEL_BAD
};

struct cel_token {
	enum cel_token_kind kind;
	size_t begin;
	size_t len;
	const char *reason; /* what is wrong with a bad one */
};

/* lints/schema/cel_lex.c: the token at or behind a place. */
struct cel_token cel_next(const char *text, size_t at);

/* lints/schema/cel_names.c: words that mean something everywhere. */
bool cel_is_reserved(const char *name, size_t len);
bool cel_is_type(const char *name, size_t len);

#endif
