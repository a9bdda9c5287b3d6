/*
 * Bytes that nobody can foresee, from the system.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct diag_sink;

/* False: the system gives none; reported. */
MUST_USE bool random_bytes(void *bytes, size_t len, struct diag_sink *diags);

#endif
