/*
 * The syntax tree of a regular expression in the dialect of RE2, and the
 * pattern for PCRE2 that means the same.
 */
#ifndef BASE_REGEX_SYNTAX_H
#define BASE_REGEX_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/regex_set.h"

struct arena;
struct str;

enum regex_op {
	REGEX_EMPTY,
	REGEX_LITERAL,
	REGEX_SET, /* one character of a set; a set of none never matches */
	REGEX_TEXT_BEGIN,
	REGEX_TEXT_END,
	REGEX_LINE_BEGIN,
	REGEX_LINE_END,
	REGEX_WORD_EDGE,
	REGEX_NO_WORD_EDGE,
	REGEX_GROUP, /* one that captures */
	REGEX_CONCAT,
	REGEX_ALTERNATE,
	REGEX_REPEAT
};

enum {
	REGEX_NO_MAX = -1
};

struct regex_node {
	enum regex_op op;
	bool lazy;
	bool nullable; /* may match the empty text */
	bool spins;    /* something in it repeats what may match nothing */
	int min;       /* REPEAT */
	int max;
	int repeats; /* product of the counts on the worst path */
	int height;
	uint64_t size; /* instructions once counts are written out */
	uint32_t rune;
	size_t group;
	const struct rune_set *set;
	struct regex_node **subs;
	size_t count;
};

struct regex_syntax {
	struct regex_node *root;
	const char *
		*names; /* of groups 0 to `groups`; "" where there is none */
	size_t groups;  /* without group 0 */
};

/* False: `*error` is the text of Go, in the arena. */
bool regex_parse(struct arena *arena, const char *pattern, size_t len,
		 struct regex_syntax *syntax, const char **error);

/*
 * Append the pattern for PCRE2.  It is ASCII and expects UTF, DOTALL,
 * MULTILINE, ALT_CIRCUMFLEX and LF as the end of a line.  Not for a tree that
 * spins: PCRE2 goes round once more than RE2, and a group in it would differ.
 */
void regex_emit(struct str *out, const struct regex_node *node);

#endif
