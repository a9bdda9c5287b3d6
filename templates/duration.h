/*
 * Durations of Go: nanoseconds in an int64, written as 1h2m3.5s.
 */
#ifndef TEMPLATES_DURATION_H
#define TEMPLATES_DURATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct str;

#define DURATION_SECOND INT64_C(1000000000)

/* time.ParseDuration; false: `*problem` is Go's text. */
bool duration_parse(struct arena *arena, const char *text, size_t len,
		    int64_t *duration, const char **problem);

/* time.Duration.String. */
void duration_put(struct str *out, int64_t duration);

/* time.Duration.Round: half away from zero. */
int64_t duration_round(int64_t duration, int64_t unit);

#endif
