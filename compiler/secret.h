/*
 * Which texts must not be shown.
 */
#ifndef COMPILER_SECRET_H
#define COMPILER_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Whether a key ends as people name what must not be seen: dbPassword. */
bool secret_key(const char *key, size_t len);

/* Whether secret_hidden() would leave something out. */
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
