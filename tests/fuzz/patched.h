/*
 * One resource, one patch, one kustomization that joins them.
 */
#ifndef TESTS_FUZZ_PATCHED_H
#define TESTS_FUZZ_PATCHED_H

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

/*
 * `data` is r.yaml and p.yaml, cut from one another by a line "====".  Aborts
 * if the build fails and has not said why.
 */
static inline void fuzz_patched(const char *kustomization, const uint8_t *data,
				size_t size)
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
			strlen(kustomization));
	tree_memory_add(tree, "r.yaml", text, first);
	tree_memory_add(tree, "p.yaml", text + second, size - second);
	diag_sink_init(&diags, arena);
	tree_view_init(&view, tree, arena);
	str_init(&out, arena);
	bundle = overlay_build(arena, &options, "");
	if (!(bundle && overlay_write(bundle, &options, &out)) && !diags.errors)
		abort();
	tree_close(tree);
	arena_free(arena);
}

#endif
