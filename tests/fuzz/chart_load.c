/*
 * Charts of files that a text lists: "-- NAME --" begins a file, as in cases.
 * Loading and rendering end with documents or with an error.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/tree.h"
#include "base/tree_memory.h"
#include "templates/chart.h"

enum {
	NAME_MAX_LENGTH = 80,
	MOST_STEPS = 20000,
	MOST_OUTPUT = 1 << 20
};

/* The name in "-- NAME --"; NULL if the line is none, or leads elsewhere. */
static char *section_name(struct arena *arena, const char *line, size_t len)
{
	char *name;

	if (len < 7 || len > NAME_MAX_LENGTH || memcmp(line, "-- ", 3) != 0 ||
	    memcmp(line + len - 3, " --", 3) != 0 || memchr(line, '\0', len))
		return NULL;
	name = arena_strndup(arena, line + 3, len - 6);
	if (*name == '/' || strstr(name, "..") || strstr(name, "//") ||
	    strstr(name, "./") || name[strlen(name) - 1] == '/' ||
	    strcmp(name, ".") == 0)
		return NULL;
	return name;
}

static void add_files(struct arena *arena, struct tree *tree, const char *text,
		      size_t size)
{
	const char *end = text + size, *body = text, *name = "Chart.yaml";

	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		const char *stop = feed ? feed : end;
		char *next = section_name(arena, text, (size_t)(stop - text));

		if (next) {
			tree_memory_add(tree, name, body,
					(size_t)(text - body));
			name = next;
			body = feed ? feed + 1 : end;
		}
		text = feed ? feed + 1 : end;
	}
	tree_memory_add(tree, name, body, (size_t)(end - body));
}

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
	chart_write_stdout(&output, dialect, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct tree *tree = tree_memory_open();
	struct tree_view view;

	add_files(arena, tree, (const char *)data, size);
	tree_view_init(&view, tree, arena);
	render(arena, &view, CHART_HELM3);
	render(arena, &view, CHART_HELM4);
	arena_free(arena);
	tree_close(tree);
	return 0;
}
