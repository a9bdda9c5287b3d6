/*
 * Sets of characters, for the classes of regular expressions.
 *
 * Adding leaves a set unsorted; rune_set_clean() sorts and merges, which the
 * functions below it in this header expect.
 */
#ifndef BASE_REGEX_SET_H
#define BASE_REGEX_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

enum {
	RUNE_LAST = 0x10FFFF
};

struct rune_span {
	uint32_t first;
	uint32_t last;
};

VEC_TYPE(rune_set, struct rune_span);

void rune_set_add(struct arena *arena, struct rune_set *set, uint32_t first,
		  uint32_t last);

/* The same, and all that is equal but for case. */
void rune_set_add_folded(struct arena *arena, struct rune_set *set,
			 uint32_t first, uint32_t last);

/*
 * A general category, a script, Any, ASCII or Assigned, as Go's regexp knows
 * them: case, spaces, hyphens and underscores do not count.  False: unknown.
 */
bool rune_set_add_named(struct arena *arena, struct rune_set *set,
			const char *name, size_t len);

void rune_set_clean(struct rune_set *set);

/* These want a clean set and leave one. */
void rune_set_fold(struct arena *arena, struct rune_set *set);
void rune_set_negate(struct arena *arena, struct rune_set *set);
bool rune_set_has(const struct rune_set *set, uint32_t rune);

#endif
