/*
 * The rows of a baseline that few findings need, found in its text without
 * making values of all the others.
 */
#ifndef COMPILER_BASELINE_ROWS_H
#define COMPILER_BASELINE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct arena;
struct source;
struct table;

struct baseline_row {
	const char *fingerprint;
	size_t count;
	VEC(const char *) others; /* those that are wanted */
};

VEC_TYPE(baseline_rows, struct baseline_row);

/*
 * Rows that have a fingerprint among the keys of `wanted`, in their order.
 * False: the text is not as this program writes it, and json_read() is to say
 * what it is.
 */
bool baseline_rows_find(struct arena *arena, const struct source *source,
			const struct table *wanted, struct baseline_rows *rows);

#endif
