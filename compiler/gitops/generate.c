/*
 * The kustomization that Flux makes for a folder that has none: all manifests
 * below it in the order of their names, and each folder with a kustomization
 * of its own as a whole.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 64 /* folders in folders */
};

/* What source-controller leaves out of each artifact. */
static const char *const left_out[] = {
	".git",
	".github",
	".circleci",
	".travis.yml",
	".gitlab-ci.yml",
	"appveyor.yml",
	".drone.yml",
	"cloudbuild.yaml",
	"codeship-services.yml",
	"codeship-steps.yml",
	".goreleaser.yml",
	".sops.yaml",
	".flux.yaml",
};

struct scan {
	struct job *job;
	struct arena *arena;
	struct value *resources;
	const struct origin *at;
};

const char *gitops_kustomization(struct job *job, const char *dir)
{
	static const char *const names[] = { "kustomization.yaml",
					     "kustomization.yml",
					     "Kustomization" };
	struct tree_stat stat;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		const char *path = *dir ? arena_printf(job->arena, "%s/%s", dir,
						       names[i])
					: names[i];

		if (tree_view_stat(&job->view, path, &stat) == TREE_OK &&
		    stat.kind == TREE_FILE)
			return path;
	}
	return NULL;
}

static bool is_left_out(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(left_out); i++)
		if (strcmp(left_out[i], name) == 0)
			return true;
	return false;
}

static bool is_yaml(const char *name)
{
	const char *ext = path_ext(name);

	return strcmp(ext, ".yaml") == 0 || strcmp(ext, ".yml") == 0;
}

static void add(struct scan *scan, const char *name)
{
	value_append(scan->arena, scan->resources,
		     value_new_string(scan->arena, scan->at, name,
				      strlen(name)));
}

static void walk(struct scan *scan, const char *dir, const char *name,
		 unsigned depth)
{
	struct tree_listing listing;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(&scan->job->view, dir, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const struct tree_entry *entry = &listing.items[i];
		const char *path = *dir ? arena_printf(scan->arena, "%s/%s",
						       dir, entry->name)
					: entry->name;
		const char *shown =
			arena_printf(scan->arena, "%s/%s", name, entry->name);

		if (is_left_out(entry->name))
			continue;
		if (entry->kind == TREE_FILE && is_yaml(entry->name))
			add(scan, shown);
		else if (entry->kind == TREE_DIR &&
			 gitops_kustomization(scan->job, path))
			add(scan, shown);
		else if (entry->kind == TREE_DIR)
			walk(scan, path, shown, depth + 1);
	}
}

struct value *gitops_generate(struct job *job, struct arena *arena,
			      const char *dir, const struct origin *at)
{
	struct value *document = value_new_map(arena, at);
	struct scan scan = { .job = job,
			     .arena = arena,
			     .resources = value_new_list(arena, at),
			     .at = at };

	walk(&scan, dir, ".", 0);
	if (value_count(scan.resources))
		value_set(arena, document, "resources", scan.resources);
	else /* Flux's own word, so that the file is not empty. */
		value_set(arena, document, "namespace",
			  value_new_string(arena, at, "_placeholder", 12));
	return document;
}
