/*
 * How many items fit into the array below a slice of Go.
 *
 * Sprig's slice reaches behind the last item up to there, where zero values
 * lie, and fails behind it: `slice (append $l 1) 0 6` depends on how Go's
 * allocator rounds.  A list keeps its capacity in `len`; 0 there means that
 * append made it item by item, as the readers of YAML and JSON do.
 */
#ifndef TEMPLATES_FUNCS_CAPACITY_H
#define TEMPLATES_FUNCS_CAPACITY_H

#include <stdint.h>

#include "model/value.h"

/* That of this list. */
uint32_t capacity_of(const struct value *list);

/* The list was made for its items, and nothing was appended since. */
void capacity_exact(struct value *list);

/* `more` items were appended at once to an exact list. */
void capacity_appended(struct value *list, uint32_t more);

/* The list grew item by item from an array of `begin`. */
void capacity_grown(struct value *list, uint32_t begin);

#endif
