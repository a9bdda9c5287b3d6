/*
 * A strategic-merge patch on a resource, cut from one another by a line "====".
 * What fails has said why, and a patch applied is printed or refused.
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

static const char kustomization[] =
	"resources: [r.yaml]\n"
	"patches: [{path: p.yaml, target: {name: .*}}]\n";

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct tree *tree = tree_memory_open();
	struct limits limits = limits_default();
	const char *text = arena_strndup(arena, (const char *)data, size);
	const char *cut = strstr(text, "====\n");
	size_t first = cut ? (size_t)(cut - text) : size;
	size_t second = cut ? first + 5 : size;
	struct diag_sink diags;
	struct tree_view view;
	struct overlay_options options = { .view = &view,
					   .diags = &diags,
					   .limits = &limits };
	struct bundle *bundle;
	struct str out;

	limits.aliases = 10000;
	limits.tree_depth = 200;
	tree_memory_add(tree, "kustomization.yaml", kustomization,
			sizeof(kustomization) - 1);
	tree_memory_add(tree, "r.yaml", text, first);
	tree_memory_add(tree, "p.yaml", text + second, size - second);
	diag_sink_init(&diags, arena);
	tree_view_init(&view, tree, arena);
	str_init(&out, arena);
	bundle = overlay_build(arena, &options, "");
	must((bundle && overlay_write(bundle, &options, &out)) ||
	     diags.errors > 0);
	tree_close(tree);
	arena_free(arena);
	return 0;
}
