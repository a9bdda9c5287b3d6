/*
 * A regular expression compiled by PCRE2, which is loaded for the first one.
 */
#ifndef BASE_REGEX_CODE_H
#define BASE_REGEX_CODE_H

#include "base/regex_program.h"

struct regex_code;

/*
 * Compile; it is released with the arena.  NULL: PCRE2 is not there or does
 * not want the pattern, or it would match something else than Go's regexp.
 */
struct regex_code *regex_code_new(struct arena *arena,
				  const struct regex_node *root);

/* What the library says; GAVE_UP leaves the question open. */
enum regex_answer {
	REGEX_MATCH,
	REGEX_NO_MATCH,
	REGEX_GAVE_UP
};

/* Search a text that is UTF-8; at most `count` of its groups are filled in. */
enum regex_answer regex_code_search(const struct regex_code *code,
				    const struct regex_subject *subject,
				    struct regex_span *spans, size_t count);

#endif
