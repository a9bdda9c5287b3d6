/*
 * Whole trees of files, cut at lines "-- NAME --".  A build that fails has
 * said why; one that does not gives the same bytes once more, and through an
 * overlay that changes nothing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/tree.h"
#include "base/tree_memory.h"
#include "model/bundle.h"
#include "overlays/overlay.h"
#include "tests/fuzz/files.h"

enum {
	MOST_ALIASES = 10000,
	MOST_DEPTH = 200
};

static const char over[] = "resources: [../in]\nsortOptions: {order: fifo}\n";

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool build(struct arena *arena, struct tree *tree, const char *dir,
		  struct str *out)
{
	struct limits limits = limits_default();
	struct diag_sink diags;
	struct tree_view view;
	struct overlay_options options = {
		.view = &view,
		.diags = &diags,
		.limits = &limits,
		.order = OVERLAY_ORDER_NONE,
	};
	struct bundle *bundle;
	bool done;

	limits.aliases = MOST_ALIASES;
	limits.tree_depth = MOST_DEPTH;
	diag_sink_init(&diags, arena);
	tree_view_init(&view, tree, arena);
	str_init(out, arena);
	bundle = overlay_build(arena, &options, dir);
	done = bundle && overlay_write(bundle, &options, out);
	must(done || diags.errors > 0);
	return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct tree *tree = tree_memory_open();
	struct str first, again;

	fuzz_files(arena, tree, "in/", "kustomization.yaml",
		   (const char *)data, size);
	tree_memory_add(tree, "over/kustomization.yaml", over,
			sizeof(over) - 1);
	if (build(arena, tree, "in", &first)) {
		must(build(arena, tree, "in", &again));
		must(first.len == again.len &&
		     memcmp(first.text, again.text, first.len) == 0);
		(void)build(arena, tree, "over", &again);
	}
	tree_close(tree);
	arena_free(arena);
	return 0;
}
