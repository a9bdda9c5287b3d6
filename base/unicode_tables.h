/*
 * Tables of Unicode 15, written by tools/unicode_tables.py; only base/utf8.c
 * and base/regex_set.c read them.
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

/* Where a run of one class begins; the next one ends it. */
struct rune_run {
	uint32_t first;
	uint32_t name; /* index of its name, 0: none */
};

/* What comes after a character in the ring of its cases. */
struct rune_fold {
	uint32_t rune;
	uint32_t next;
};

extern const struct rune_table unicode_letter, unicode_digit, unicode_number,
	unicode_upper, unicode_lower, unicode_title, unicode_punct,
	unicode_print;
extern const struct rune_shift_table unicode_to_upper, unicode_to_lower,
	unicode_to_title;
/* Where the next of a ring is not simply the other case. */
extern const struct rune_fold unicode_folds[];
extern const size_t unicode_fold_count;

/*
 * General categories, and the scripts whose name is one word.  A run at
 * 0x110000 ends the runs, NULL the names from 1 on.
 */
extern const char *const unicode_category_names[];
extern const char *const unicode_script_names[];
extern const struct rune_run unicode_category_runs[];
extern const struct rune_run unicode_script_runs[];

#endif
