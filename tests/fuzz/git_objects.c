/*
 * What is in a .git, cut at lines "-- NAME --": its references, and its
 * objects, loose and in packs.  What is found keeps its promises, and trees
 * are walked as far as they go.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/tree_memory.h"
#include "compiler/git/private.h"
#include "tests/fuzz/files.h"

enum {
	DEPTH_MAX = 8,
	LOOKS_MAX = 200,
	MOST_BYTES = 1 << 20
};

struct looker {
	struct git git;
	unsigned looks;
};

static void look(struct looker *looker, const git_oid *id, unsigned depth)
{
	struct arena *arena = looker->git.arena;
	struct git_items items;
	struct git_text text;
	const char *blob;
	uint64_t size;
	size_t len, i;

	if (depth > DEPTH_MAX || looker->looks++ > LOOKS_MAX ||
	    git_blob_size(&looker->git, id, &size) != TREE_OK ||
	    size > MOST_BYTES)
		return;
	if (git_store_read(looker->git.store, id, arena, &text) &&
	    (text.len != size || text.at[size]))
		abort();
	if (git_read_blob(&looker->git, id, arena, MOST_BYTES, &blob, &len) ==
		    TREE_OK &&
	    (len != size || blob[len]))
		abort();
	if (git_read_items(&looker->git, id, arena, &items) == TREE_OK)
		for (i = 0; i < items.count; i++)
			look(looker, &items.items[i].id, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const words[] = {
		"HEAD", "main",   "HEAD~1", "HEAD~2^2",        "v1",
		"v2~",  "origin", "x/y^",   "refs/heads/main",
	};
	struct arena *arena = arena_new();
	struct tree *tree = tree_memory_open();
	struct looker looker = { .git = { .arena = arena, .refused = true } };
	git_oid commit, top;
	size_t i;

	tree_memory_add(tree, "config", "", 0);
	fuzz_files(arena, tree, "", "HEAD", (const char *)data, size);
	looker.git.lock = pool_lock_new(arena);
	looker.git.store = git_store_of(arena, tree);
	for (i = 0; looker.git.store && i < ARRAY_COUNT(words); i++) {
		bool found =
			git_store_find(looker.git.store, words[i], &commit);

		if (git_store_find_tree(looker.git.store, words[i], &top)) {
			if (!found)
				abort();
			look(&looker, &top, 0);
		}
	}
	arena_free(arena);
	return 0;
}
