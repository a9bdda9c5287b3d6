#include "compiler/project.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/fact.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/options.h"
#include "compiler/project/keys.h"
#include "compiler/project/private.h"
#include "compiler/project/scope.h"
#include "model/value.h"
#include "model/yaml_read.h"

static const char *const file_names[] = { "plimsoll.yaml", "plimsoll.yml" };

const char *project_find(struct tree_view *view, const char *start)
{
	const char *dir = start;
	struct tree_stat stat;
	size_t i;

	for (;;) {
		for (i = 0; i < ARRAY_COUNT(file_names); i++) {
			const char *path =
				path_below(view->arena, dir, file_names[i]);

			if (tree_view_stat(view, path, &stat) == TREE_OK &&
			    stat.kind == TREE_FILE)
				return path;
		}
		if (!*dir)
			return NULL;
		dir = path_dir(view->arena, dir);
		if (strcmp(dir, ".") == 0 || strcmp(dir, "/") == 0)
			dir = "";
	}
}

struct value *project_key_place(struct arena *arena,
				const struct value_entry *entry)
{
	return value_new_string(arena, &entry->origin, entry->key, entry->len);
}

bool project_declare(struct project_file *file, struct diag_sink *diags,
		     const struct value *vars)
{
	const struct value_entry *entry;

	value_foreach (entry, vars) {
		if (scope_is_reserved(entry->key))
			return diag_error(diags, &entry->origin,
					  "${%s} is set by plimsoll itself; "
					  "another name is needed",
					  entry->key);
		table_put(&file->variables, entry->key, entry->len,
			  entry->value);
	}
	return true;
}

bool project_declares(const struct project_file *file, const char *name,
		      size_t len)
{
	for (; file; file = file->parent)
		if (table_find(&file->variables, name, len))
			return true;
	return false;
}

static bool unknown_limit(struct diag_sink *diags,
			  const struct value_entry *entry)
{
	static const char *const names[] = {
#define LIMIT(field, name, value, help) name,
		LIMITS(LIMIT)
#undef LIMIT
			NULL
	};
	const char *near = edit_nearest_of(entry->key, names);
	struct str known;
	size_t i;

	diag_error(diags, &entry->origin, "there is no limit %s",
		   diag_quote(diags->arena, entry->key, entry->len));
	if (near) {
		diag_help(diags, "did you mean \"%s\"?", near);
		return false;
	}
	str_init(&known, diags->arena);
	for (i = 0; names[i]; i++)
		str_printf(&known, "%s%s", i ? ", " : "", names[i]);
	diag_help(diags, "limits are %s", str_text(&known));
	return false;
}

static bool load_limits(struct project *project, struct diag_sink *diags)
{
	const struct value_entry *entry;
	int64_t number;

	value_foreach (entry, value_get(project->root, "limits")) {
		if (!value_as_int(entry->value, &number) || number < 0)
			return diag_error(diags, &entry->value->origin,
					  "%s is %s; a whole number of at "
					  "least 0 is needed",
					  entry->key,
					  scope_source_text(entry->value));
		if (!limits_set(&project->limits, entry->key, (uint64_t)number))
			return unknown_limit(diags, entry);
	}
	return true;
}

/* The one unnamed environment. */
static const struct environments *no_environments(struct project *project)
{
	struct arena *arena = project->arena;
	struct environments *all = arena_zalloc(arena, sizeof(*all));
	struct environment *none = arena_zalloc(arena, sizeof(*none));

	none->name = "";
	vec_push(arena, &none->chain, none);
	vec_push(arena, &all->items, none);
	table_init(&all->by_name, arena);
	table_puts(&all->by_name, "", none);
	project->none = none;
	return all;
}

struct project_file *project_add_file(struct project *project, const char *dir)
{
	struct project_file *file = arena_zalloc(project->arena, sizeof(*file));

	file->dir = dir;
	file->prefix = "";
	table_init(&file->variables, project->arena);
	vec_push(project->arena, &project->files, file);
	return file;
}

static struct project *new_project(struct arena *arena, const char *dir)
{
	struct project *project = arena_zalloc(arena, sizeof(*project));
	struct project_file *file;

	project->arena = arena;
	project->dir = dir;
	project->limits = limits_default();
	table_init(&project->environment_names, arena);
	table_init(&project->target_names, arena);
	table_init(&project->file_paths, arena);
	table_init(&project->shared_bases, arena);
	file = project_add_file(project, dir);
	file->environments = no_environments(project);
	return project;
}

struct project *project_empty(struct arena *arena, const char *dir)
{
	struct project *project = new_project(arena, dir);

	project->root = value_new_map(arena, NULL);
	project->files.items[0]->root = project->root;
	vec_push(arena, &project->environments, project->none);
	table_puts(&project->environment_names, "", (void *)project->none);
	return project;
}

const struct environment *project_environment(const struct project *project,
					      const struct target *target,
					      size_t index)
{
	const char *name = project->environments.items[index]->name;

	return target->discovered
		       ? project->none
		       : table_gets(&target->file->environments->by_name, name);
}

bool project_has_job(const struct project *project, const struct target *target,
		     size_t index)
{
	const char *name = project->environments.items[index]->name;
	const struct value *list, *item;

	/* What was discovered knows no environments: it is one job. */
	if (target->discovered)
		return index == 0;
	if (!project_environment(project, target, index))
		return false;
	if (target->belongs)
		return target->belongs[index];
	list = value_get(target->node, "environments");
	list_foreach (item, list)
		if (strcmp(scope_source_text(item), name) == 0)
			return true;
	return !list;
}

struct target *project_add(struct project *project, const char *name,
			   enum source_kind kind, struct value *from,
			   struct value *node)
{
	struct target *target = arena_zalloc(project->arena, sizeof(*target));
	struct target_source source = { kind, from, node };

	target->name = name;
	target->node = node;
	target->dir = project->dir;
	target->file = project->files.items[0];
	target->discovered = true;
	target->index = project->targets.count;
	vec_push(project->arena, &target->sources, source);
	vec_push(project->arena, &project->targets, target);
	return target;
}

/* Of two equal keys one would be read and the other be believed. */
static bool check_duplicates(struct diag_sink *diags,
			     const struct fact_log *facts)
{
	size_t i;

	for (i = 0; i < facts->facts.count; i++) {
		const struct fact *fact = &facts->facts.items[i];

		if (fact->kind == FACT_DUPLICATE_KEY)
			return diag_error(diags, &fact->origin, "%.*s",
					  (int)strcspn(fact->text, ";"),
					  fact->text);
	}
	return true;
}

/* The version is what lets a later plimsoll read this file as it was meant. */
static bool check_first_lines(const struct source *source,
			      const struct value *root, struct diag_sink *diags)
{
	struct origin at = origin_at(source, 0, 0);
	const char *missing = !value_get(root, "apiVersion") ? "apiVersion"
			      : !value_get(root, "kind")     ? "kind"
							     : NULL;

	if (!missing)
		return true;
	diag_error(diags, &at, "the project file has no %s", missing);
	diag_help(diags, "it begins with the lines `apiVersion: plimsoll/v1` "
			 "and `kind: Project`");
	return false;
}

struct value *project_read(struct arena *arena, struct diag_sink *diags,
			   const struct source *source)
{
	struct fact_log facts;
	struct yaml_options options = { .dialect = YAML_CORE, .facts = &facts };
	struct value *root;

	fact_log_init(&facts, arena);
	root = yaml_read_reported(arena, source, &options, diags);
	if (!root || !check_duplicates(diags, &facts))
		return NULL;
	if (!value_is_map(root)) {
		struct origin at = origin_at(source, 0, 0);

		diag_error(diags, &at,
			   "a project file is a map with the keys apiVersion, "
			   "kind and targets");
		return NULL;
	}
	if (!project_validate(diags, root, &project_root_key) ||
	    !check_first_lines(source, root, diags))
		return NULL;
	return root;
}

static struct source *open_file(struct tree_view *view, struct diag_sink *diags,
				const char *path)
{
	struct source *source;
	enum tree_status status =
		tree_view_read(view, path, SOURCE_PROJECT, &source);

	if (status == TREE_OK)
		return source;
	diag_error(diags, NULL, "the project file %s cannot be read: %s",
		   tree_view_display(view, path), tree_status_text(status));
	return NULL;
}

bool project_load_file(struct project_loader *loader, struct project_file *file)
{
	return project_declare(file, loader->diags,
			       value_get(file->root, "vars")) &&
	       project_load_environments(loader, file) &&
	       project_load_targets(loader, file) &&
	       project_load_discover(loader, file) &&
	       project_load_members(loader, file);
}

struct project *project_load(struct arena *arena, struct diag_sink *diags,
			     struct tree_view *view, const char *path,
			     const struct project_given *given)
{
	const char *dir = path_dir(arena, path);
	struct project *project =
		new_project(arena, strcmp(dir, ".") == 0 ? "" : dir);
	struct project_file *file = project->files.items[0];
	struct project_loader loader = { .project = project,
					 .arena = arena,
					 .diags = diags,
					 .view = view,
					 .given = given };
	size_t i;

	project->source = open_file(view, diags, path);
	if (!project->source)
		return NULL;
	project->path = path;
	project->root = project_read(arena, diags, project->source);
	file->source = project->source;
	file->path = path;
	file->root = project->root;
	table_puts(&project->file_paths, path, file);
	if (!project->root || !load_limits(project, diags))
		return NULL;
	/* What is wrong in these words is said where they are read. */
	for (i = 0; i < given->limits->count; i++)
		if (!limits_set_word(&project->limits, given->limits->items[i]))
			break;
	path_index_init(&loader.index, view, (size_t)project->limits.members);
	return project_load_file(&loader, file) ? project : NULL;
}
