/*
 * Bytes that nobody can foresee, from the system; and such that repeat
 * themselves.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct arena;
struct diag_sink;

/* False: the system gives none; reported. */
MUST_USE bool random_bytes(void *bytes, size_t len, struct diag_sink *diags);

/* The same bytes for the same seed, behind what was `drawn` before. */
void random_repeat(struct arena *arena, const char *seed, uint64_t *drawn,
		   void *bytes, size_t len);

#endif
