/*
 * Charts of files that a text lists: "-- NAME --" begins a file, as in cases.
 * Loading and rendering end with documents or with an error.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/tree.h"
#include "base/tree_memory.h"
#include "templates/chart.h"
#include "tests/fuzz/files.h"

enum {
	MOST_STEPS = 20000,
	MOST_OUTPUT = 1 << 20
};

static void render(struct arena *arena, struct tree_view *view,
		   enum chart_dialect dialect)
{
	struct limits limits = limits_default();
	const struct chart_load_options load = { .dialect = dialect,
						 .limits = &limits };
	struct fact_log facts;
	const struct chart_options options = { .release = "fuzz",
					       .name_space = "fuzz",
					       .dialect = dialect,
					       .include_crds = true,
					       .facts = &facts,
					       .limits = &limits };
	struct chart_output output;
	struct diag_sink diags;
	struct chart *chart;
	struct str out;

	limits.template_steps = MOST_STEPS;
	limits.output_size = MOST_OUTPUT;
	fact_log_init(&facts, arena);
	diag_sink_init(&diags, arena);
	chart = chart_load(arena, view, "", &load, &diags);
	if (!chart || !chart_render(chart, &options, arena, &diags, &output)) {
		if (!diags.errors)
			abort();
		return;
	}
	str_init(&out, arena);
	chart_write_stdout(&output, true, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct tree *tree = tree_memory_open();
	struct tree_view view;

	fuzz_files(arena, tree, "", "Chart.yaml", (const char *)data, size);
	tree_view_init(&view, tree, arena);
	render(arena, &view, CHART_HELM3);
	render(arena, &view, CHART_HELM4);
	arena_free(arena);
	tree_close(tree);
	return 0;
}
