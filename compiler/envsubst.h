/*
 * ${variables} in a text, with the forms of bash that Flux and Cluster API
 * know after a build:
 *
 *	${v}  ${v:=default}  ${v:-default}  ${v=default}  ${#v}
 *	${v:offset}  ${v:offset:length}  ${v^} ${v^^} ${v,} ${v,,}
 *	${v#glob} ${v##glob} ${v%glob} ${v%%glob}
 *	${v/text/by} ${v//text/by} ${v/#text/by} ${v/%text/by}
 *
 * `$$` is a dollar sign, so `$${v}` is the text "${v}"; `$v` stays as it is.
 * Defaults hold variables themselves; an argument of the others may be one.
 * A variable that is empty counts as unset.  Lengths and offsets count bytes.
 *
 * Nothing is reported here: the text was printed from a tree, and only the
 * caller knows the places.
 */
#ifndef COMPILER_ENVSUBST_H
#define COMPILER_ENVSUBST_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct limits;
struct str;
struct value;

/* What is done with a variable that has neither a value nor a default. */
enum envsubst_unset {
	ENVSUBST_UNSET_FAILS, /* Flux from 2.9 on */
	ENVSUBST_UNSET_EMPTY, /* Flux before that */
	ENVSUBST_UNSET_KEEPS, /* the expression stays: its value is elsewhere */
};

struct envsubst {
	struct arena *arena;
	const struct limits *limits;
	/* A scalar, or NULL: it is not set. */
	const struct value *(*find)(void *context, const char *name,
				    size_t len);
	void *context;
	enum envsubst_unset unset;
};

struct envsubst_result {
	const struct value *variable; /* the first that was set; or NULL */
	bool whole; /* the text was one expression and nothing else */
	bool kept;  /* at least one expression stayed as it was */
	/* Where it failed. */
	size_t at;
	const char *problem; /* ends a sentence that names the text */
	const char *unset;   /* the variable it is about; or NULL */
};

/* Whether there is anything to do. */
bool envsubst_wanted(const char *text, size_t len);

/* Whether Flux takes this name for a variable: [_A-Za-z][_A-Za-z0-9]* */
bool envsubst_is_name(const char *name, size_t len);

/* Append the text with everything replaced; false: `result` says why. */
bool envsubst_text(const struct envsubst *how, const char *text, size_t len,
		   struct str *out, struct envsubst_result *result);

/*
 * How many bytes at the front of `text` a pattern matches, the fewest (at
 * least one character) or the most; 0: it does not match.  * ? [a-z] [^a] \x,
 * and all of them match '/'.  False: the pattern is too long for this text.
 */
bool envsubst_prefix(struct arena *arena, const char *pattern, const char *text,
		     bool longest, size_t *matched);

#endif
