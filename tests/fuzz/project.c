/*
 * Project files with the tree around them, cut at lines "-- NAME --".  One
 * that is refused has said why; targets have names of their own, and belong to
 * an environment at least.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/table.h"
#include "base/tree.h"
#include "base/tree_memory.h"
#include "compiler/options.h"
#include "compiler/project.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* The name in a line "-- NAME --"; NULL: it is another line. */
static const char *name_of(struct arena *arena, const char *line, size_t len)
{
	const char *name;

	if (len < 7 || memcmp(line, "-- ", 3) != 0 ||
	    memcmp(line + len - 3, " --", 3) != 0)
		return NULL;
	name = arena_strndup(arena, line + 3, len - 6);
	if (strstr(name, "..") || *name == '/' || strstr(name, "//"))
		return NULL;
	return name;
}

static void add_files(struct arena *arena, struct tree *tree, const char *text,
		      size_t len)
{
	const char *name = "plimsoll.yaml", *end = text + len;
	const char *begin = text;

	while (text <= end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		const char *stop = feed ? feed : end;
		const char *next = name_of(arena, text, (size_t)(stop - text));

		if (next || stop == end) {
			tree_memory_add(tree, name, begin,
					(size_t)((next ? text : end) - begin));
			name = next;
			begin = feed ? feed + 1 : end;
		}
		if (stop == end)
			break;
		text = stop + 1;
	}
}

static void check(struct arena *arena, const struct project *project)
{
	struct table names;
	size_t i, j;

	table_init(&names, arena);
	for (i = 0; i < project->targets.count; i++) {
		const struct target *target = project->targets.items[i];
		bool made = !target->captures;

		must(!table_puts(&names, target->name, (void *)target));
		must(target->index == i);
		for (j = 0; j < project->environments.count; j++)
			made = project_has_job(project, target, j) || made;
		must(made);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct tree *tree = tree_memory_open();
	const struct option_texts none = { 0 };
	const struct project_given given = { .vars = &none, .limits = &none };
	const struct project *project;
	struct diag_sink diags;
	struct tree_view view;

	add_files(arena, tree, (const char *)data, size);
	diag_sink_init(&diags, arena);
	tree_view_init(&view, tree, arena);
	project = project_load(arena, &diags, &view, "plimsoll.yaml", &given);
	must(!project == (diags.errors > 0));
	if (project)
		check(arena, project);
	tree_close(tree);
	arena_free(arena);
	return 0;
}
