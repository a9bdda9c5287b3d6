/*
 * Points in time, written and read by Go's layouts: "2006-01-02 15:04:05".
 */
#ifndef TEMPLATES_TIME_H
#define TEMPLATES_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/zone.h"

struct arena;
struct str;

struct moment {
	int64_t seconds; /* from 1970 in UTC */
	int32_t nanoseconds;
	const struct zone *zone;
};

/* Year 1 in UTC: what Go calls the zero time. */
struct moment moment_zero(struct arena *arena);

/* The clock of the machine, in its zone. */
struct moment moment_now(struct arena *arena);

/* From 1970, in the zone of the machine. */
struct moment moment_unix(struct arena *arena, int64_t seconds);

/* What clocks of its zone show. */
struct civil moment_civil(struct arena *arena, const struct moment *moment,
			  struct zone_offset *offset);

struct moment moment_add(const struct moment *moment, int64_t duration);

/* Nanoseconds from `b` to `a`, cut to what an int64 holds. */
int64_t moment_since(const struct moment *a, const struct moment *b);

/* < 0, 0, > 0 */
int moment_compare(const struct moment *a, const struct moment *b);

void moment_format(struct str *out, const struct moment *moment,
		   const char *layout, size_t len);

/* time.ParseInLocation with the local zone; false: `*problem` is Go's text. */
bool moment_parse(struct arena *arena, const char *layout, const char *text,
		  struct moment *moment, const char **problem);

#endif
