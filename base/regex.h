/*
 * Regular expressions in the dialect of RE2 (Go's regexp), on PCRE2.
 *
 * The front end accepts what RE2 accepts and refuses what it refuses, with
 * its words; PCRE2 never sees look-around, back-references, atomic groups or
 * counts above 1000.  What PCRE2 would match differently, or gives up, goes to
 * a linear matcher (base/regex_program.h), and so does what is too little to
 * load PCRE2 for.  Compiled patterns are shared by threads.
 */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct arena;
struct regex;

/*
 * Compile, or find in the process-wide cache by text.  NULL: `*error` is the
 * text of Go, "error parsing regexp: missing closing ): `(a`", in `arena`.
 */
struct regex *regex_compile(struct arena *arena, const char *pattern,
			    size_t len, const char **error);

/* Groups of a pattern without group 0; names are "" where there is none. */
size_t regex_groups(const struct regex *regex);
const char *regex_group_name(const struct regex *regex, size_t group);

/* Bytes [begin, end) of a group; begin is REGEX_UNSET if it did not match. */
struct regex_span {
	size_t begin;
	size_t end;
};
#define REGEX_UNSET ((size_t)-1)

/*
 * The leftmost match, into `spans[0 .. count-1]` (0 is the whole).  False also
 * when a limit was hit; an iterator and the counted form can tell.
 */
bool regex_search(const struct regex *regex, const char *text, size_t len,
		  struct regex_span *spans, size_t count);

bool regex_matches(const struct regex *regex, const char *text, size_t len);

/*
 * The same.  `*steps` has what the linear matcher may take and gets what it
 * took; if that is more, it has given up.
 */
bool regex_matches_counted(const struct regex *regex, const char *text,
			   size_t len, uint64_t *steps);

/*
 * Successive matches as Go's FindAll gives them: no empty match directly
 * behind a match.
 *
 *	struct regex_iterator it = { .regex = regex, .text = text, .len = len };
 *	while (regex_next(&it, spans, count)) ...
 */
struct regex_iterator {
	const struct regex *regex;
	const char *text;
	size_t len;
	size_t at;       /* where to go on */
	size_t last_end; /* plus one; 0: no match yet */
	bool done;
	bool limited; /* it ended because a match limit was hit */
	bool checked; /* whether `valid` says if the text is UTF-8 */
	bool valid;
};

bool regex_next(struct regex_iterator *it, struct regex_span *spans,
		size_t count);

#endif
