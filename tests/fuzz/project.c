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
#include "tests/fuzz/files.h"

static void must(bool holds)
{
	if (!holds)
		abort();
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

	fuzz_files(arena, tree, "", "plimsoll.yaml",
		   (const char *)data, size);
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
