/*
 * "did you mean": the one candidate that is near enough.
 */
#ifndef BASE_EDIT_DISTANCE_H
#define BASE_EDIT_DISTANCE_H

#include <stddef.h>

/* Insertions, deletions, replacements and swaps; at most `limit` + 1. */
size_t edit_distance(const char *a, const char *b, size_t limit);

/*
 * The candidate at distance 1 or 2 (or equal but for case), if no other is as
 * near; NULL otherwise.  A word of one or two letters takes one edit only.
 * `next` gives candidates, NULL at the end.
 */
const char *edit_nearest(const char *word, const char *(*next)(void *context),
			 void *context);

/* The same over an array that ends with NULL. */
const char *edit_nearest_of(const char *word, const char *const *candidates);

#endif
