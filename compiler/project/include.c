/*
 * `include:`, the project files of members, and which of the files above a
 * folder is the one that includes it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/source.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/project/private.h"
#include "compiler/project/scope.h"
#include "model/value.h"
#include "model/yaml_read.h"

/* What holds for a whole run stands in the file that begins it. */
static const char *const of_root[] = { "output",  "limits", "compat",
				       "compare", "follow", NULL };

/* An entry of `include:` at work. */
struct inclusion {
	struct project_loader *loader;
	struct project_file *by;
	const struct value *at;
	bool pattern;
};

static bool report_cycle(const struct inclusion *inclusion, const char *path)
{
	struct diag_sink *diags = inclusion->loader->diags;
	const struct project_file *file;

	diag_error(diags, &inclusion->at->origin,
		   "project files include one another: %s is among those that "
		   "lead here",
		   tree_view_display(inclusion->loader->view, path));
	for (file = inclusion->by; file->included; file = file->parent)
		diag_note(diags, &file->included->origin, "%s is included here",
			  file->source->name);
	return false;
}

static bool leads_here(const struct project_file *file,
		       const struct project_file *known)
{
	for (; file; file = file->parent)
		if (file == known)
			return true;
	return false;
}

/* A file that is part of the project already; *skip: it is no mistake. */
static bool check_known(const struct inclusion *inclusion, const char *path,
			bool *skip)
{
	struct diag_sink *diags = inclusion->loader->diags;
	const struct project_file *known =
		table_gets(&inclusion->loader->project->file_paths, path);

	/* A pattern for all project files matches the one it stands in. */
	*skip = known == inclusion->by && inclusion->pattern;
	if (!known || *skip)
		return true;
	if (leads_here(inclusion->by, known))
		return report_cycle(inclusion, path);
	diag_error(diags, &inclusion->at->origin, "%s is included twice",
		   known->source->name);
	diag_note(diags, &known->included->origin, "the first time here");
	return false;
}

static bool check_keys(const struct inclusion *inclusion,
		       const struct value *root)
{
	struct diag_sink *diags = inclusion->loader->diags;
	const struct project *project = inclusion->loader->project;
	bool good = true;
	size_t i;

	for (i = 0; of_root[i]; i++) {
		const struct value_entry *entry =
			value_entry(root, of_root[i], strlen(of_root[i]));

		if (!entry)
			continue;
		good = diag_error(diags, &entry->origin,
				  "\"%s\" holds for a whole run and stands in "
				  "%s, which this file is a member of",
				  of_root[i], project->source->name);
		diag_note(diags, &inclusion->at->origin, "it is included here");
	}
	return good;
}

/* "teams/a/" before the names of targets; "" in the folder of the root. */
static const char *prefix_of(const struct project *project, const char *dir)
{
	const char *name = path_relative(project->arena, project->dir, dir);

	return strcmp(name, ".") == 0 ? ""
				      : arena_join(project->arena, name, "/");
}

static bool load_member(const struct inclusion *inclusion, const char *path)
{
	struct project_loader *loader = inclusion->loader;
	const char *dir = path_dir(loader->arena, path);
	struct project_file *file;
	struct source *source;
	enum tree_status status;
	struct value *root;
	bool skip;

	if (!check_known(inclusion, path, &skip))
		return false;
	if (skip)
		return true;
	if (strcmp(dir, ".") == 0)
		dir = "";
	if (!path_is_below(dir, inclusion->by->dir))
		return diag_error(loader->diags, &inclusion->at->origin,
				  "%s does not lie below the folder of this "
				  "project file",
				  tree_view_display(loader->view, path));
	status = tree_view_read(loader->view, path, SOURCE_PROJECT, &source);
	if (status != TREE_OK)
		return diag_error(loader->diags, &inclusion->at->origin,
				  "the project file %s cannot be read: %s",
				  tree_view_display(loader->view, path),
				  tree_status_text(status));
	root = project_read(loader->arena, loader->diags, source);
	if (!root || !check_keys(inclusion, root))
		return false;
	file = project_add_file(loader->project, dir);
	file->source = source;
	file->path = path;
	table_puts(&loader->project->file_paths, path, file);
	file->root = root;
	file->prefix = prefix_of(loader->project, dir);
	file->parent = inclusion->by;
	file->included = inclusion->at;
	return project_load_file(loader, file);
}

static bool load_pattern(const struct inclusion *inclusion, const char *pattern)
{
	struct project_loader *loader = inclusion->loader;
	struct path_matches matches = { 0 };
	const char *problem = path_pattern_walk(&loader->index, pattern,
						PATH_PATTERN, &matches);
	bool good = true;
	size_t i;

	if (problem)
		return diag_error(loader->diags, &inclusion->at->origin, "%s",
				  problem);
	if (!matches.count)
		return diag_error(loader->diags, &inclusion->at->origin,
				  "the pattern %s matches no project file",
				  scope_source_text(inclusion->at));
	for (i = 0; i < matches.count; i++)
		good = load_member(inclusion, matches.items[i].path) && good;
	return good;
}

bool project_load_members(struct project_loader *loader,
			  struct project_file *file)
{
	const struct value *item;
	bool good = true;

	list_foreach (item, value_get(file->root, "include")) {
		const char *path = path_join(loader->arena, file->dir,
					     scope_source_text(item));
		const struct inclusion inclusion = { loader, file, item,
						     glob_is_pattern(path) };

		good = (inclusion.pattern ? load_pattern(&inclusion, path)
					  : load_member(&inclusion, path)) &&
		       good;
	}
	return good;
}

/* Whether an entry of a file's `include:` means one of these. */
static bool reaches(struct arena *arena, const struct value *root,
		    const char *dir, const char *const *paths, size_t count)
{
	const struct value *item;
	size_t i;

	list_foreach (item, value_get(root, "include")) {
		const char *text = scope_source_text(item);

		if (!text)
			continue;
		text = path_join(arena, dir, text);
		for (i = 0; i < count; i++)
			if (strcmp(text, paths[i]) == 0 ||
			    glob_match(GLOB_PROJECT, text, paths[i]))
				return true;
	}
	return false;
}

const char *project_find_top(struct arena *arena, struct diag_sink *diags,
			     struct tree_view *view, const char *nearest)
{
	const struct yaml_options options = { .dialect = YAML_CORE };
	VEC(const char *) paths = { 0 }; /* that lead to the nearest */
	const char *path = nearest, *dir = path_dir(arena, nearest);
	struct source *source;

	vec_push(arena, &paths, nearest);
	while (strcmp(dir, ".") != 0) {
		const struct value *root;

		dir = path_dir(arena, dir);
		path = project_find(view, strcmp(dir, ".") == 0 ? "" : dir);
		if (!path)
			break;
		dir = path_dir(arena, path);
		if (tree_view_read(view, path, SOURCE_PROJECT, &source) !=
		    TREE_OK)
			continue;
		root = yaml_read_reported(arena, source, &options, diags);
		if (!root) {
			diag_note(diags, NULL,
				  "it may include %s, so it is needed",
				  tree_view_display(view, nearest));
			return NULL;
		}
		if (reaches(arena, root, strcmp(dir, ".") == 0 ? "" : dir,
			    paths.items, paths.count))
			vec_push(arena, &paths, path);
	}
	return *vec_last(&paths);
}

static bool lies_inside(const struct project_file *file,
			const struct project_file *member)
{
	return leads_here(file, member);
}

/* Of the texts those that stand in the member or in what it includes. */
static void keep_inside(struct project_texts *texts,
			const struct project_file *member)
{
	size_t i, kept = 0;

	for (i = 0; i < texts->count; i++)
		if (lies_inside(texts->items[i].file, member))
			texts->items[kept++] = texts->items[i];
	texts->count = kept;
}

bool project_enter(struct project *project, const char *path)
{
	const struct project_file *member =
		table_gets(&project->file_paths, path);

	if (!member || member == project->files.items[0])
		return member != NULL;
	project->inside = member;
	keep_inside(&project->discover.in, member);
	keep_inside(&project->discover.exclude, member);
	if (!project->discover.in.count)
		project->discover.at = NULL;
	return true;
}

bool project_is_inside(const struct project *project,
		       const struct target *target)
{
	return !project->inside || target->discovered ||
	       lies_inside(target->file, project->inside);
}
