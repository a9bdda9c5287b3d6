#include "compiler/project.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/fact.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/project_keys.h"
#include "compiler/project_parts.h"
#include "compiler/scope.h"
#include "model/value.h"
#include "model/yaml_read.h"

static const char *const file_names[] = { "plimsoll.yaml", "plimsoll.yml" };

static const char *const reserved[] = { "env",         "target",
					"kubernetes",  "object.kind",
					"object.name", "object.namespace",
					NULL };

const char *project_find(struct tree_view *view, const char *start)
{
	const char *dir = start;
	struct tree_stat stat;
	size_t i;

	for (;;) {
		for (i = 0; i < ARRAY_COUNT(file_names); i++) {
			const char *path = *dir ? path_join(view->arena, dir,
							    file_names[i])
						: file_names[i];

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

/* A value that stands for the place of a key. */
static struct value *key_place(struct arena *arena,
			       const struct value_entry *entry)
{
	return value_new_string(arena, &entry->origin, entry->key, entry->len);
}

static bool declare(struct project *project, struct diag_sink *diags,
		    const struct value *vars)
{
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, vars) {
		for (i = 0; reserved[i]; i++)
			if (strcmp(reserved[i], entry->key) == 0)
				return diag_error(
					diags, &entry->origin,
					"${%s} is set by plimsoll itself; "
					"another name is needed",
					entry->key);
		table_put(&project->variables, entry->key, entry->len,
			  entry->value);
	}
	return true;
}

static bool load_environments(struct project *project, struct diag_sink *diags)
{
	const struct value *map = value_get(project->root, "environments");
	const struct value_entry *entry;

	value_foreach (entry, map) {
		struct environment *environment =
			vec_new(project->arena, &project->environments);

		environment->name = entry->key;
		environment->key = key_place(project->arena, entry);
		environment->node = entry->value;
		environment->index = project->environments.count - 1;
		if (strchr(entry->key, '@') || !entry->len)
			return diag_error(diags, &entry->origin,
					  "the name of an environment is "
					  "empty or holds \"@\"");
		if (!declare(project, diags, value_get(entry->value, "vars")))
			return false;
	}
	project->has_environments = project->environments.count > 0;
	if (!project->has_environments) {
		struct environment none = { "", NULL, NULL, 0 };

		vec_push(project->arena, &project->environments, none);
	}
	return true;
}

static const struct {
	const char *key;
	enum source_kind kind;
} source_kinds[] = {
	{ "chart", SOURCE_KIND_CHART },
	{ "kustomization", SOURCE_KIND_KUSTOMIZATION },
	{ "manifests", SOURCE_KIND_MANIFESTS },
	{ "templates", SOURCE_KIND_TEMPLATES },
};

/* One of chart, kustomization, manifests and templates. */
static bool add_source(struct project *project, struct diag_sink *diags,
		       struct target *target, const struct value *node)
{
	struct target_source source = { .node = node };
	size_t i, found = 0;

	for (i = 0; i < ARRAY_COUNT(source_kinds); i++) {
		const struct value *from = value_get(node, source_kinds[i].key);

		if (!from)
			continue;
		source.kind = source_kinds[i].kind;
		source.from = from;
		found++;
	}
	if (found == 1) {
		vec_push(project->arena, &target->sources, source);
		return true;
	}
	if (found)
		diag_error(diags, &source.from->origin,
			   "a source is one of chart, kustomization, "
			   "manifests and templates, not several");
	else
		diag_error(diags, &node->origin, "target \"%s\" has no source",
			   target->name);
	diag_help(diags, found ? "list them under sources:"
			       : "add chart:, kustomization:, manifests: or "
				 "templates:");
	return false;
}

static bool add_sources(struct project *project, struct diag_sink *diags,
			struct target *target)
{
	const struct value *list = value_get(target->node, "sources");
	const struct value *item;
	size_t i;

	if (!list)
		return add_source(project, diags, target, target->node);
	for (i = 0; i < ARRAY_COUNT(source_kinds); i++)
		if (value_get(target->node, source_kinds[i].key))
			return diag_error(diags, &list->origin,
					  "target \"%s\" has both \"%s\" and "
					  "\"sources\"; one of them is needed",
					  target->name, source_kinds[i].key);
	if (!value_count(list))
		return diag_error(diags, &list->origin,
				  "the list of sources is empty");
	list_foreach (item, list)
		if (!add_source(project, diags, target, item))
			return false;
	return true;
}

static bool check_environments(struct project *project, struct diag_sink *diags,
			       const struct target *target)
{
	const struct value *item;
	size_t i;

	list_foreach (item, value_get(target->node, "environments")) {
		for (i = 0; i < project->environments.count; i++)
			if (value_equals_string(
				    item, project->environments.items[i].name))
				break;
		if (i == project->environments.count)
			return diag_error(diags, &item->origin,
					  "there is no environment %s",
					  diag_quote(diags->arena,
						     value_string_or(item, ""),
						     item->len));
	}
	return true;
}

static bool load_targets(struct project *project, struct diag_sink *diags)
{
	const struct value_entry *entry;
	bool good = true;

	value_foreach (entry, value_get(project->root, "targets")) {
		struct target *target;

		if (strchr(entry->key, '@') || !entry->len) {
			good = diag_error(diags, &entry->origin,
					  "the name of a target is empty or "
					  "holds \"@\"");
			continue;
		}
		if (strstr(entry->key, "${")) {
			good = diag_error(diags, &entry->origin,
					  "families of targets (\"${...}\" in "
					  "a name) are not implemented yet");
			diag_help(diags, "list the members by name");
			continue;
		}
		target = arena_zalloc(project->arena, sizeof(*target));
		target->name = entry->key;
		target->key = key_place(project->arena, entry);
		target->node = entry->value;
		target->dir = project->dir;
		target->index = project->targets.count;
		vec_push(project->arena, &project->targets, target);
		if (!add_sources(project, diags, target) ||
		    !check_environments(project, diags, target))
			good = false;
	}
	return good;
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

struct project *project_empty(struct arena *arena, const char *dir)
{
	struct project *project = arena_zalloc(arena, sizeof(*project));
	struct environment none = { "", NULL, NULL, 0 };

	project->arena = arena;
	project->dir = dir;
	project->root = value_new_map(arena, NULL);
	project->limits = limits_default();
	project->none = none;
	table_init(&project->variables, arena);
	vec_push(arena, &project->environments, none);
	return project;
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
static bool check_first_lines(const struct project *project,
			      struct diag_sink *diags)
{
	const struct value *root = project->root;
	struct origin at = origin_at(project->source, 0, 0);
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

static bool read_root(struct project *project, struct diag_sink *diags)
{
	struct fact_log facts;
	struct yaml_options options = { .dialect = YAML_CORE, .facts = &facts };
	const struct value *environments;

	fact_log_init(&facts, project->arena);
	project->root = yaml_read_reported(project->arena, project->source,
					   &options, diags);
	if (!project->root || !check_duplicates(diags, &facts))
		return false;
	if (!value_is_map(project->root)) {
		struct origin at = origin_at(project->source, 0, 0);

		return diag_error(diags, &at,
				  "a project file is a map with the keys "
				  "apiVersion, kind and targets");
	}
	environments = value_get(project->root, "environments");
	if (value_is_string(environments)) {
		diag_error(diags, &environments->origin,
			   "environments as a pattern are not implemented "
			   "yet");
		diag_help(diags, "list them: environments: { dev: {} }");
		return false;
	}
	return project_validate(diags, project->root, &project_root_key) &&
	       check_first_lines(project, diags);
}

struct project *project_load(struct arena *arena, struct diag_sink *diags,
			     struct tree_view *view, const char *path)
{
	const char *dir = path_dir(arena, path);
	struct project *project =
		project_empty(arena, strcmp(dir, ".") == 0 ? "" : dir);
	struct source *source;
	enum tree_status status =
		tree_view_read(view, path, SOURCE_PROJECT, &source);

	if (status != TREE_OK) {
		diag_error(diags, NULL,
			   "the project file %s cannot be read: "
			   "%s",
			   tree_view_display(view, path),
			   tree_status_text(status));
		return NULL;
	}
	project->source = source;
	project->path = path;
	project->environments.count = 0;
	if (!read_root(project, diags) || !load_limits(project, diags) ||
	    !declare(project, diags, value_get(project->root, "vars")) ||
	    !load_environments(project, diags) ||
	    !load_targets(project, diags) ||
	    !project_load_discover(project, diags, view))
		return NULL;
	return project;
}
