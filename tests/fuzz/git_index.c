/*
 * Indexes of a work tree, of each version: what is understood has names and
 * folders that end inside the text, and joins itself as the base of a split
 * one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "compiler/git/index.h"

static size_t walk(const struct git_cached *cached)
{
	size_t sum = strlen(cached->name), i;

	for (i = 0; i < cached->folders.count; i++)
		sum += walk(&cached->folders.items[i]);
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	const struct source *source =
		source_new(arena, "index", SOURCE_PROJECT, text, size);
	struct git_index_file file = { 0 }, base;
	size_t i;

	if (git_index_parse_text(arena, source, &file)) {
		for (i = 0; i < file.entries.count; i++)
			if (strlen(file.entries.items[i].path) > size)
				abort();
		if (file.cached && walk(file.cached) > size)
			abort();
		base = file;
		base.link = NULL;
		if (file.link && git_index_join(arena, &file, &base) &&
		    file.entries.count > 2 * base.entries.count)
			abort();
		git_index_sort(&file);
		(void)git_index_seek(&file, "a/b");
	}
	arena_free(arena);
	return 0;
}
