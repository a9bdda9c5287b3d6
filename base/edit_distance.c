#include "base/edit_distance.h"

#include <stdbool.h>
#include <string.h>

enum {
	WORD_MAX = 256,
	NEAR = 2,
	FAR = NEAR + 1
};

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Row by row; the two rows above are kept, the upper one for swaps.  Words
 * too long for a row are not typing errors of one another.
 */
size_t edit_distance(const char *a, const char *b, size_t limit)
{
	size_t rows[3][WORD_MAX + 1], i, j;
	size_t len_a = strlen(a), len_b = strlen(b);

	if (len_a > WORD_MAX || len_b > WORD_MAX)
		return strcmp(a, b) == 0 ? 0 : limit + 1;
	if (len_a > len_b + limit || len_b > len_a + limit)
		return limit + 1;
	for (j = 0; j <= len_b; j++)
		rows[0][j] = j;
	for (i = 1; i <= len_a; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
		size_t *higher = rows[(i + 1) % 3], best = row[0] = i;

		for (j = 1; j <= len_b; j++) {
			size_t change = a[i - 1] != b[j - 1];

			row[j] = least(above[j - 1] + change,
				       least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], higher[j - 2] + 1);
			best = least(best, row[j]);
		}
		if (best > limit + 1)
			return limit + 1;
	}
	return least(rows[len_a % 3][len_b], limit + 1);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool equal_but_for_case(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b))
		a++, b++;
	return lower(*a) == lower(*b);
}

/*
 * How far the candidate is from the word, FAR if a user cannot have meant it.
 * Of a word of one or two letters, two edits leave nothing.
 */
static size_t distance(const char *word, const char *candidate)
{
	size_t limit = strlen(word) > NEAR ? NEAR : 1, edits;

	if (equal_but_for_case(word, candidate))
		return 0;
	edits = edit_distance(word, candidate, limit);
	return edits <= limit ? edits : FAR;
}

const char *edit_nearest(const char *word, const char *(*next)(void *context),
			 void *context)
{
	const char *candidate, *found = NULL;
	size_t best = NEAR;
	bool alone = true;

	while ((candidate = next(context))) {
		size_t edits = distance(word, candidate);

		if (edits > best)
			continue;
		alone = !found || edits < best ||
			(alone && strcmp(found, candidate) == 0);
		best = edits;
		found = candidate;
	}
	return alone ? found : NULL;
}

static const char *next_of(void *context)
{
	const char *const **at = context;

	return **at ? *(*at)++ : NULL;
}

const char *edit_nearest_of(const char *word, const char *const *candidates)
{
	return edit_nearest(word, next_of, &candidates);
}
