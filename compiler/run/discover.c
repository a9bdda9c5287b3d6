/*
 * What discovery is told by a run: where bundles lie, what has changed, and
 * what the declared targets read.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/table.h"
#include "compiler/discover.h"
#include "compiler/inputs.h"
#include "compiler/run.h"
#include "model/value.h"

/* The folders of all that has changed; NULL: it may be any. */
static const struct table *find_folders(struct run *run)
{
	const struct run *newest = run->after ? run->after : run;
	struct table *folders;
	size_t i;

	if (!run->changed)
		return NULL;
	folders = arena_alloc(run->arena, sizeof(*folders));
	table_init(folders, run->arena);
	for (i = 0; i < run->changed->count; i++) {
		const char *path = run->changed->items[i].path;
		const char *slash = strrchr(path, '/');

		if (run_is_about_all(newest, path))
			return NULL;
		table_put(folders, path, slash ? (size_t)(slash - path) : 0,
			  (void *)path);
	}
	return folders;
}

/* Where bundles are written: they are no sources.  NULL: nowhere. */
static const char *output_folder(struct run *run)
{
	const struct value *output = value_get(run->project->root, "output");
	const char *dir = value_string(value_get(output, "dir"));
	const char *path;

	if (run->options->output)
		return run_locate(run, run->options->output, &path) == TREE_OK
			       ? path
			       : NULL;
	return dir ? path_join(run->arena, run->project->dir, dir) : NULL;
}

static void begin(struct discovery *discovery, struct run *run, bool outside)
{
	memset(discovery, 0, sizeof(*discovery));
	discovery->arena = run->arena;
	discovery->diags = run->diags;
	discovery->view = &run->view;
	discovery->root_name = path_base(run->arena, run->root);
	discovery->output = output_folder(run);
	discovery->project = run->project;
	discovery->kustomizations = &run->kustomizations;
	discovery->workers = run_workers(run);
	discovery->folders = find_folders(run);
	discovery->nearby = run->nearby;
	/* What has not changed names what it named before. */
	if (run->nearby && run->after)
		run->near = run->after->near;
	else if (run->nearby)
		run->near = inputs_find_kustomizations(run, run->changed,
						       discovery->folders);
	discovery->near = run->near;
	if (run->options->staged)
		discovery->staged = run->git;
	discovery->skipped = &run->report.skipped;
	discovery->skipped_files = &run->skipped_files;
	if (!outside && run->on_disk && run->git_root)
		discovery->git = run_git_if_readable(run);
}

/* What it has found that others ask for. */
static void end(const struct discovery *discovery, struct run *run)
{
	run->lacks_charts |= discovery->lacks_charts;
	if (discovery->charts)
		run->charts = discovery->charts;
}

bool run_find_charts(struct run *run)
{
	struct discovery discovery;

	if (run->charts)
		return true;
	begin(&discovery, run, false);
	if (!discover_charts(&discovery))
		return false;
	end(&discovery, run);
	return true;
}

bool run_discover(struct run *run, const char *path, bool outside,
		  bool *focused)
{
	struct discovery discovery;
	const char *owner;
	bool found;

	begin(&discovery, run, outside);
	owner = discover_owner(&discovery, path);
	*focused = owner != NULL;
	if (owner)
		vec_push(run->arena, &run->focus,
			 tree_view_display(&run->view, path));
	found = discover_path(&discovery, owner ? owner : path);
	end(&discovery, run);
	return found;
}

bool run_discover_asked(struct run *run, const struct inputs *inputs)
{
	struct discovery discovery;
	bool found;

	begin(&discovery, run, false);
	discovery.asked = &run->project->discover;
	discovery.inputs = inputs;
	found = discover_path(&discovery, run->project->dir);
	end(&discovery, run);
	return found;
}
