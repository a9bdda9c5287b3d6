/*
 * Quantities as the API server reads them: 500m, 1.5Gi, 1e3, and oddities
 * such as "." and "Mi", which it takes for 0.
 */
#ifndef LINTS_SCHEMA_QUANTITY_H
#define LINTS_SCHEMA_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct value;

enum {
	QUANTITY_LIMBS = 8
};

enum quantity_format {
	QUANTITY_DECIMAL,  /* m, k, M ... or none */
	QUANTITY_BINARY,   /* Ki, Mi ... */
	QUANTITY_EXPONENT, /* 1e3 */
};

/* |x| in billionths, rounded up; the least limb first. */
struct quantity {
	uint32_t nano[QUANTITY_LIMBS];
	bool negative;
	bool has_digits;
	bool huge; /* more than fits; `nano` is all ones */
	enum quantity_format format;
	const char *suffix; /* in the text, behind the number */
};

/* NULL if it is one, else what is wrong. */
const char *quantity_parse(const char *text, size_t len,
			   struct quantity *quantity);

/*
 * A string or a number as it was written, or as JSON would: a patch gives
 * numbers no text.  NULL for all else.
 */
const char *quantity_text(struct arena *arena, const struct value *value);

/* Of a string or a number; false if it is no quantity. */
bool quantity_of(const struct value *value, struct quantity *quantity);

/* -1, 0, 1 */
int quantity_compare(const struct quantity *a, const struct quantity *b);

/* Compare with a whole number of units. */
int quantity_compare_int(const struct quantity *a, uint64_t units);

bool quantity_is_zero(const struct quantity *quantity);

/* A fraction of a unit is left: 128m of bytes. */
bool quantity_is_fractional(const struct quantity *quantity);

/* In units of 10^-9 * `scale`, rounded up; false if it does not fit. */
bool quantity_scaled(const struct quantity *quantity, uint32_t scale,
		     uint64_t *result);

/* The suffix that was meant by one that is none (MB, Gib), or NULL. */
const char *quantity_meant(const char *suffix);

/* Why it surely means something else, or NULL: a fraction of a byte ... */
const char *quantity_suspicion(const struct quantity *quantity,
			       const char *resource);

#endif
