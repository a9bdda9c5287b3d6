/*
 * Two texts line by line: the shortest script that makes one the other
 * (Myers, 1986).
 */
#ifndef COMPILER_DIFFERENCE_LINES_H
#define COMPILER_DIFFERENCE_LINES_H

#include <stddef.h>

struct arena;
struct str;

/*
 * Append hunks with `context` equal lines around them, as diff -u prints
 * them; nothing if the texts are equal.  Texts with more differences than
 * the script may have are replaced as a whole.
 */
void lines_put_hunks(struct str *out, const struct str *old,
		     const struct str *new, size_t context);

#endif
