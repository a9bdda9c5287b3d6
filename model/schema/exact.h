/*
 * Numbers without rounding: Helm's validator compares them as fractions.
 */
#ifndef MODEL_SCHEMA_EXACT_H
#define MODEL_SCHEMA_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct value;

/* 0.DIGITS * 10^exponent, without a zero at either end; no digits: 0. */
struct exact {
	const char *digits;
	size_t count;
	int64_t exponent;
	bool negative;
};

/* A number of a schema, as it is written there if that can be told. */
struct exact exact_written(struct arena *arena, const struct value *number);

/* A number of the values, as JSON shows it. */
struct exact exact_shown(struct arena *arena, const struct value *number);

/* Below 0, 0, above 0. */
int exact_compare(const struct exact *a, const struct exact *b);

/* How many digits exact_is_multiple() looks at, about. */
uint64_t exact_division_work(const struct exact *a, const struct exact *of);

/* Whether `a` is a multiple of `of`, which is not 0. */
bool exact_is_multiple(struct arena *arena, const struct exact *a,
		       const struct exact *of);

/* The text of a number in its source; NULL: nobody wrote it. */
const char *exact_text(struct arena *arena, const struct value *number);

#endif
