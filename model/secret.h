/*
 * Which texts must not be shown.
 */
#ifndef MODEL_SECRET_H
#define MODEL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Whether a key ends as people name what must not be seen: dbPassword. */
bool secret_key(const char *key, size_t len);

/* Whether a word could be what such a key keeps: true, off and ${X} are none.
 */
bool secret_word(const char *text, size_t len);

/* What secret_hidden() leaves out. */
struct secret_range {
	size_t begin;
	size_t end;
	bool option; /* a well-known program's, whose name does not say it */
};

/*
 * The first of them that is not before `range->end`, where the search goes on
 * from one to the next; begin with zeros.  False: there is none.
 */
bool secret_next(const char *text, size_t len, struct secret_range *range);

/* Whether there is any. */
bool secret_hides(const char *text, size_t len);

/*
 * A text without what follows such a key ("--token=x", "password: x") and
 * without passwords in addresses.  `keep`: it stays as long as it is.
 */
const char *secret_hidden(struct arena *arena, const char *text, size_t len,
			  bool keep);

/* Whether the key at the beginning of a line is of that kind. */
bool secret_line(const char *line, size_t len);

/* `password: hunter2` as `password: ***`; text without a colon whole. */
const char *secret_masked(struct arena *arena, const char *line, size_t *len);

#endif
