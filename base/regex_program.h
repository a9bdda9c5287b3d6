/*
 * A matcher of our own for regular expressions, in time linear in the text.
 *
 * It follows all alternatives at once, as RE2 does, and so gives exactly what
 * Go gives.  PCRE2 is faster; this one is for what PCRE2 cannot do the same
 * way: loops over what may be empty, invalid UTF-8, very large patterns, and
 * searches that it gave up; and for little texts, before PCRE2 is worth its
 * start.
 */
#ifndef BASE_REGEX_PROGRAM_H
#define BASE_REGEX_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/regex.h"

struct arena;
struct regex_node;
struct regex_program;

/* What to search, from where on. */
struct regex_subject {
	const char *text;
	size_t len;
	size_t from;
	bool valid;     /* it is known to be UTF-8 */
	bool limited;   /* set: the search took too long and was given up */
	uint64_t most;  /* steps that it may take; 0: some seconds */
	uint64_t steps; /* set: how many it took */
};

/* The program keeps pointers into the tree. */
struct regex_program *regex_program_new(struct arena *arena,
					const struct regex_node *root);

/* As regex_search() in base/regex.h. */
bool regex_program_search(const struct regex_program *program,
			  struct regex_subject *subject,
			  struct regex_span *spans, size_t count);

#endif
