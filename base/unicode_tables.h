/*
 * Tables of Unicode 15, written by tools/unicode_tables.py; only base/utf8.c
 * and base/regex read them.
 */
#ifndef BASE_UNICODE_TABLES_H
#define BASE_UNICODE_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* Every `step`th character from `first` to `last`. */
struct rune_range {
	uint32_t first;
	uint32_t last;
	uint32_t step;
};

struct rune_table {
	const struct rune_range *ranges; /* sorted, without overlap */
	size_t count;
};

/* What to add to each of them to get its other form. */
struct rune_shift {
	uint32_t first;
	uint32_t last;
	uint32_t step;
	int32_t shift;
};

struct rune_shift_table {
	const struct rune_shift *shifts;
	size_t count;
};

extern const struct rune_table unicode_letter, unicode_digit, unicode_number,
	unicode_upper, unicode_lower, unicode_title, unicode_punct,
	unicode_print;
extern const struct rune_shift_table unicode_to_upper, unicode_to_lower,
	unicode_to_title;

#endif
