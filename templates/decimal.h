/*
 * Decimal numbers without rounding, for addf and its like: 0.1 + 0.2 is 0.3.
 */
#ifndef TEMPLATES_DECIMAL_H
#define TEMPLATES_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* digits * 10^exponent; digits[0] is the lowest.  No digits: zero. */
struct decimal {
	const uint8_t *digits;
	size_t count;
	int64_t exponent;
	bool negative;
};

/* The shortest digits that read back as `real`, which is finite. */
struct decimal decimal_of(struct arena *arena, double real);

/* The nearest float; an infinity beyond the range. */
double decimal_float(struct arena *arena, const struct decimal *decimal);

struct decimal decimal_add(struct arena *arena, const struct decimal *a,
			   const struct decimal *b);
struct decimal decimal_subtract(struct arena *arena, const struct decimal *a,
				const struct decimal *b);
struct decimal decimal_multiply(struct arena *arena, const struct decimal *a,
				const struct decimal *b);

/* To 16 decimals, half away from zero.  `b` is not zero. */
struct decimal decimal_divide(struct arena *arena, const struct decimal *a,
			      const struct decimal *b);

#endif
