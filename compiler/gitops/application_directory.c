/*
 * A folder of manifests as Argo CD reads it: the folder alone or all below it,
 * by patterns whose '*' goes across folders.
 */
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/gitops/application.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/render.h"
#include "compiler/run.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 64 /* folders in folders */
};

struct scan {
	const struct gitops_found *found;
	struct application_source *source;
	const char *include; /* or NULL */
	const char *exclude;
	bool recurse;
};

static const char *pattern_of(struct arena *arena, const struct value *value)
{
	const char *text = value_string_or(value, "");

	return *text ? gitops_wide_pattern(arena, text) : NULL;
}

static bool is_manifest(const char *name)
{
	return path_has_ext(name, ".yaml .yml .json");
}

static void take(const struct scan *scan, const char *path, const char *shown)
{
	if (scan->exclude && glob_match(GLOB_GOBWAS, scan->exclude, shown))
		return;
	if (scan->include && !glob_match(GLOB_GOBWAS, scan->include, shown))
		return;
	if (strcmp(path_ext(path), ".jsonnet") == 0)
		gitops_skip(scan->found, "%s is Jsonnet", path);
	else if (is_manifest(path))
		vec_push(scan->found->gitops->arena, &scan->source->files,
			 path);
}

static void walk(const struct scan *scan, const char *dir, const char *shown,
		 unsigned depth)
{
	struct run *run = scan->found->gitops->run;
	struct tree_listing listing;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(&run->view, dir, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		const char *path = path_below(run->arena, dir, name);
		const char *below = path_below(run->arena, shown, name);

		if (listing.items[i].kind == TREE_FILE)
			take(scan, path, below);
		else if (listing.items[i].kind == TREE_DIR && scan->recurse &&
			 strcmp(name, ".git") != 0)
			walk(scan, path, below, depth + 1);
	}
}

bool application_directory(const struct gitops_found *found,
			   struct application_source *source)
{
	const struct value *options = value_get(source->node, "directory");
	struct arena *arena = found->gitops->arena;
	const struct scan scan = {
		.found = found,
		.source = source,
		.include = pattern_of(arena, value_get(options, "include")),
		.exclude = pattern_of(arena, value_get(options, "exclude")),
		.recurse = value_is_true(value_get(options, "recurse")),
	};

	walk(&scan, source->dir, "", 0);
	return source->files.count > 0;
}

/* A file that says so is left out of what is applied. */
static bool is_marked(const struct source *file)
{
	return strstr(file->text, "+argocd:skip-file-rendering") != NULL;
}

bool application_render_directory(struct job *job,
				  const struct application_source *source)
{
	struct job_source files = { .kind = SOURCE_KIND_MANIFESTS };
	struct source *file;
	size_t i;

	for (i = 0; i < source->files.count; i++)
		if (tree_view_read(&job->view, source->files.items[i],
				   SOURCE_MANIFEST, &file) == TREE_OK &&
		    !is_marked(file))
			vec_push(job->arena, &files.files, file);
	return render_files(job, &files);
}
