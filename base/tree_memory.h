/*
 * A tree of texts in memory, for tests, fuzzing and standard input.
 */
#ifndef BASE_TREE_MEMORY_H
#define BASE_TREE_MEMORY_H

#include "base/tree.h"

struct tree *tree_memory_open(void);

/*
 * Folders come into being on the way.  The text is copied.  False: there is a
 * file where a folder is needed, or the other way round.
 */
bool tree_memory_add(struct tree *tree, const char *path, const char *text,
		     size_t len);
bool tree_memory_link(struct tree *tree, const char *path, const char *target);

#endif
