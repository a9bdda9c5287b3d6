/*
 * What the two files of the parser of regular expressions share.
 */
#ifndef BASE_REGEX_PARSER_H
#define BASE_REGEX_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/regex_set.h"
#include "base/regex_syntax.h"
#include "base/vec.h"

enum {
	REGEX_FLAG_FOLD = 1,    /* i */
	REGEX_FLAG_LINES = 2,   /* m */
	REGEX_FLAG_NEWLINE = 4, /* s */
	REGEX_FLAG_LAZY = 8     /* U */
};

VEC_TYPE(regex_nodes, struct regex_node *);

/* A group that is still open, or the whole pattern. */
struct regex_frame {
	struct regex_nodes parts;   /* of the alternative at hand */
	struct regex_nodes choices; /* the alternatives before it */
	size_t group;               /* 0: does not capture */
	unsigned flags;             /* to go back to behind it */
};

struct regex_parser {
	struct arena *arena;
	const char *text;
	size_t len;
	size_t at;
	unsigned flags;
	size_t groups;
	uint64_t set_runes;
	VEC(struct regex_frame) frames;
	VEC(const char *) names;
	const char **error;
};

/* Report in Go's words, with bytes [from, to) of the pattern; false. */
bool regex_fail(struct regex_parser *parser, const char *what, size_t from,
		size_t to);

/* Decode the character at `at` and go behind it; false: bad UTF-8. */
bool regex_next_rune(struct regex_parser *parser, uint32_t *rune);

/* Like Go, name the text from the first bad byte on, up to `end`. */
bool regex_check_utf8(struct regex_parser *parser, size_t from, size_t end);

/* The byte so far ahead; -1 behind the end. */
int regex_peek(const struct regex_parser *parser, size_t ahead);

/* A clean set as the next part. */
bool regex_add_set(struct regex_parser *parser, struct rune_set *set);

/* An escape that stands for one character, at the backslash. */
bool regex_parse_escape(struct regex_parser *parser, uint32_t *rune);

/* \d \D \s \S \w \W; false: something else. */
bool regex_parse_perl_class(struct regex_parser *parser,
			    struct rune_set *class);

/* \pL \p{Greek} \P{^Greek}, at the backslash. */
bool regex_at_unicode_class(const struct regex_parser *parser);
bool regex_parse_unicode_class(struct regex_parser *parser,
			       struct rune_set *class);

/* [a-z], at the bracket; the next part. */
bool regex_parse_class(struct regex_parser *parser);

#endif
