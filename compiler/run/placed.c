/*
 * Whether what is staged says by itself how it is read: a manifest, a part of
 * a chart, what a kustomization or a target names.  Any other YAML may be the
 * values that an Application names, which may stand in any file there is.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/source.h"
#include "base/table.h"
#include "compiler/inputs/near.h"
#include "compiler/run.h"
#include "compiler/sift.h"
#include "overlays/overlay.h"

/* The outermost chart that a folder is in; NULL: none. */
static const char *chart_of(struct run *run, const char *dir)
{
	const char *chart = NULL;
	struct tree_stat stat;

	for (;; dir = path_folder(run->arena, dir)) {
		if (tree_view_stat(&run->view,
				   path_below(run->arena, dir, "Chart.yaml"),
				   &stat) == TREE_OK)
			chart = dir;
		if (!*dir)
			return chart;
	}
}

/* What Helm reads unasked, and what discovery renders the chart with. */
static bool is_part(const char *path)
{
	static const char *const parts[] = { "templates/", "crds/",
					     "charts/",    "ci/",
					     "Chart.",     "values.",
					     "values-",    "requirements." };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(parts); i++)
		if (strncmp(path, parts[i], strlen(parts[i])) == 0)
			return true;
	return false;
}

static bool is_of_chart(struct run *run, const char *path)
{
	const char *chart = chart_of(run, path_folder(run->arena, path));

	return chart && is_part(*chart ? path + strlen(chart) + 1 : path);
}

/* Its folder's, or one above: the text has the name in it. */
static bool is_of_kustomization(struct run *run, const char *path)
{
	const char *dir = path, *const * name;
	struct source *source;

	if (overlay_is_file_name(path_name(path)))
		return true;
	do {
		dir = path_folder(run->arena, dir);
		for (name = overlay_file_names; *name; name++)
			if (tree_view_read(&run->view,
					   path_below(run->arena, dir, *name),
					   SOURCE_KUSTOMIZATION,
					   &source) == TREE_OK &&
			    strstr(source->text, path_name(path)))
				return true;
	} while (*dir);
	return false;
}

/* `*near`: what targets name; when first needed. */
static bool is_of_target(struct run *run, const struct near **near,
			 const char *path)
{
	if (!*near)
		*near = near_settings(run);
	return near_has(*near, path);
}

static bool is_manifest(struct run *run, const char *path)
{
	struct source *source;

	return tree_view_read(&run->view, path, SOURCE_MANIFEST, &source) ==
		       TREE_OK &&
	       sift_may_be_manifest(source);
}

bool run_is_placed(struct run *run)
{
	const struct near *near = NULL;
	size_t i;

	for (i = 0; i < run->changes.count; i++) {
		const char *path = run->changes.items[i].path;

		if (run_is_about_all(run, path))
			return false;
		if (path_has_ext(path, ".yaml .yml .json") &&
		    !is_manifest(run, path) && !is_of_chart(run, path) &&
		    !is_of_kustomization(run, path) &&
		    !is_of_target(run, &near, path))
			return false;
	}
	return true;
}
