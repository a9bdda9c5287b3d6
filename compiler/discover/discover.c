#include "compiler/discover.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/discover/private.h"
#include "model/value.h"
#include "overlays/overlay.h"

static void init(struct search *search, struct discovery *discovery,
		 const char *top)
{
	memset(search, 0, sizeof(*search));
	search->discovery = discovery;
	search->arena = discovery->arena;
	search->top = top;
	table_init(&search->folders, search->arena);
	table_init(&search->named, search->arena);
	table_init(&search->written, search->arena);
	sops_init(&search->sops, search->arena, discovery->view);
}

/* What lies in the charts/ of another one is a part of that. */
static void find_charts(struct search *search)
{
	struct found_charts *charts =
		arena_zalloc(search->arena, sizeof(*charts));
	struct found_chart found = { 0 };
	size_t i;

	for (i = 0; i < search->files.count; i++)
		if (strcmp(path_name(search->files.items[i]), "Chart.yaml") ==
		    0)
			search_folder_of(search, search->files.items[i])
				->has_chart = true;
	for (i = 0; i < search->folders.count; i++) {
		const struct folder *folder = search->folders.entries[i].value;
		const struct folder *above = folder->parent, *top;

		if (!folder->has_chart ||
		    (above && above->parent && above->parent->has_chart &&
		     strcmp(path_name(above->path), "charts") == 0))
			continue;
		found.dir = folder->path;
		found.hidden = NULL;
		for (top = folder; top && top->left_out; top = top->parent)
			found.hidden = top->path;
		vec_push(search->arena, charts, found);
	}
	search->discovery->charts = charts;
}

bool discover_charts(struct discovery *discovery)
{
	struct search search;

	init(&search, discovery, "");
	if (!search_list(&search))
		return false;
	find_charts(&search);
	return true;
}

static bool look_below(struct discovery *discovery, const char *path)
{
	struct search search;

	init(&search, discovery, path);
	if (!search_list(&search))
		return false;
	if (!*path && !discovery->asked)
		find_charts(&search);
	search_charts(&search);
	search_kustomizations(&search);
	add_charts(&search);
	add_roots(&search);
	add_manifests(&search);
	return true;
}

/* A file the user named: by its name a chart, a kustomization, a manifest. */
static bool take_named(struct discovery *discovery, const char *path)
{
	const char *name = path_name(path);
	const char *dir = path_folder(discovery->arena, path);
	const char *dot = strrchr(name, '.');
	struct search search;
	struct value *files;
	struct target *target;

	init(&search, discovery, path);
	if (strcmp(name, "Chart.yaml") == 0 || overlay_is_file_name(name))
		search.top = dir;
	if (strcmp(name, "Chart.yaml") == 0) {
		add_folder(&search, SOURCE_KIND_CHART, dir);
	} else if (overlay_is_file_name(name)) {
		add_folder(&search, SOURCE_KIND_KUSTOMIZATION, dir);
	} else if (dot &&
		   (strcmp(dot, ".tgz") == 0 || strcmp(dot, ".gz") == 0)) {
		add_folder(&search, SOURCE_KIND_CHART, path);
	} else {
		files = search_text(&search, path);
		target = project_add(discovery->project,
				     search_display(&search, path),
				     SOURCE_KIND_MANIFESTS, files,
				     value_new_map(search.arena, NULL));
		target->dir = "";
		target->named = true;
	}
	return true;
}

bool discover_path(struct discovery *discovery, const char *path)
{
	struct tree_stat stat;
	enum tree_status status = tree_view_stat(discovery->view, path, &stat);

	if (status != TREE_OK)
		return diag_error(discovery->diags, NULL, "cannot read %s: %s",
				  tree_view_display(discovery->view, path),
				  tree_status_text(status));
	return stat.kind == TREE_DIR ? look_below(discovery, path)
				     : take_named(discovery, path);
}

static const char *chart_of(struct discovery *discovery, const char *dir)
{
	const char *chart = NULL, *file;
	struct tree_stat stat;

	for (;;) {
		file = *dir ? arena_join(discovery->arena, dir, "/Chart.yaml")
			    : "Chart.yaml";
		if (tree_view_stat(discovery->view, file, &stat) == TREE_OK)
			chart = dir;
		if (!*dir)
			return chart;
		dir = path_folder(discovery->arena, dir);
	}
}

/* A resource is an object by itself; a patch or a generator's file is not. */
static bool is_named_beside(struct discovery *discovery, const char *path)
{
	struct overlay_options options = {
		.view = discovery->view,
		.diags = discovery->diags,
	};
	struct overlay_summary summary;
	size_t i;

	if (!overlay_summarize(discovery->arena, &options,
			       path_folder(discovery->arena, path), &summary) ||
	    summary.component)
		return false;
	for (i = 0; i < summary.names.count; i++)
		if (strcmp(summary.names.items[i], path) == 0)
			return true;
	return false;
}

/* Templates and values to test with make sense in their chart alone. */
static const char *chart_of_folder(struct discovery *discovery,
				   const char *path)
{
	static const char *const parts[] = { "templates", "crds", "ci" };
	const char *chart = chart_of(discovery, path), *rest;
	size_t i, len;

	if (!chart || strcmp(chart, path) == 0)
		return NULL;
	rest = *chart ? path + strlen(chart) + 1 : path;
	len = strcspn(rest, "/");
	for (i = 0; i < ARRAY_COUNT(parts); i++)
		if (strlen(parts[i]) == len && !strncmp(parts[i], rest, len))
			return chart;
	return NULL;
}

const char *discover_owner(struct discovery *discovery, const char *path)
{
	const char *dir = path_folder(discovery->arena, path), *chart;
	struct tree_stat stat;

	if (path[0] == '/' || strcmp(path_ext(path), ".tgz") == 0 ||
	    strcmp(path_ext(path), ".gz") == 0 ||
	    tree_view_stat(discovery->view, path, &stat) != TREE_OK)
		return NULL;
	if (stat.kind == TREE_DIR)
		return chart_of_folder(discovery, path);
	chart = chart_of(discovery, dir);
	if (chart)
		return strcmp(path_name(path), "Chart.yaml") == 0 ? NULL
								  : chart;
	if (overlay_is_file_name(path_name(path)))
		return NULL;
	return search_is_yaml(path) && is_named_beside(discovery, path) ? dir
									: NULL;
}
