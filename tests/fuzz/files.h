/*
 * Trees of files in one text, cut at lines "-- NAME --", as in cases.
 */
#ifndef TESTS_FUZZ_FILES_H
#define TESTS_FUZZ_FILES_H

#include <string.h>

#include "base/arena.h"
#include "base/tree.h"
#include "base/tree_memory.h"

enum {
	FUZZ_NAME_MAX = 80
};

/* The name in "-- NAME --"; NULL: the line is none, or leads elsewhere. */
static inline const char *fuzz_name(struct arena *arena, const char *line,
				    size_t len)
{
	const char *name;

	if (len < 7 || len > FUZZ_NAME_MAX || memcmp(line, "-- ", 3) != 0 ||
	    memcmp(line + len - 3, " --", 3) != 0 || memchr(line, '\0', len))
		return NULL;
	name = arena_strndup(arena, line + 3, len - 6);
	if (*name == '/' || strstr(name, "..") || strstr(name, "//") ||
	    strstr(name, "./") || name[strlen(name) - 1] == '/' ||
	    strcmp(name, ".") == 0)
		return NULL;
	return name;
}

/* Add the files below `dir` ("in/"; ""); the text begins in file `name`. */
static inline void fuzz_files(struct arena *arena, struct tree *tree,
			      const char *dir, const char *name,
			      const char *text, size_t size)
{
	const char *end = text + size, *body = text;

	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		const char *stop = feed ? feed : end;
		const char *next =
			fuzz_name(arena, text, (size_t)(stop - text));

		if (next) {
			tree_memory_add(tree, arena_join(arena, dir, name),
					body, (size_t)(text - body));
			name = next;
			body = feed ? feed + 1 : end;
		}
		text = feed ? feed + 1 : end;
	}
	tree_memory_add(tree, arena_join(arena, dir, name), body,
			(size_t)(end - body));
}

#endif
