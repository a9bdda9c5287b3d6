/*
 * Durations as Go writes them: 1h30m, 1.5s.
 */
#ifndef LINTS_SCHEMA_DURATION_H
#define LINTS_SCHEMA_DURATION_H

#include <stdint.h>

/* NULL if it is one, else what is wrong; `*nanoseconds` is its length. */
const char *schema_duration_parse(const char *text, int64_t *nanoseconds);

#endif
