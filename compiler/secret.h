/*
 * Which texts must not be shown.
 */
#ifndef COMPILER_SECRET_H
#define COMPILER_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a key ends as people name what must not be seen: dbPassword. */
bool secret_key(const char *key, size_t len);

#endif
