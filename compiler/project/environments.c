/*
 * `environments:`, a map or one pattern, with what a member inherits from the
 * file that includes it, and the chains of `extends:`.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/project/private.h"
#include "compiler/project/scope.h"
#include "model/value.h"

enum {
	CHAIN_MAX = 100
};

struct environment_names {
	const struct environments *of;
	size_t at;
};

static const char *next_name(void *context)
{
	struct environment_names *names = context;

	return names->at < names->of->items.count
		       ? names->of->items.items[names->at++]->name
		       : NULL;
}

/* Names are known to the whole project by one index. */
static size_t index_of(struct project *project,
		       const struct environment *environment)
{
	const struct environment *known =
		table_gets(&project->environment_names, environment->name);

	if (known)
		return known->index;
	table_puts(&project->environment_names, environment->name,
		   (void *)environment);
	vec_push(project->arena, &project->environments, environment);
	return project->environments.count - 1;
}

static struct environment *add(struct project_loader *loader,
			       struct environments *into, const char *name,
			       const struct value *key)
{
	struct environment *environment =
		arena_zalloc(loader->arena, sizeof(*environment));

	environment->name = name;
	environment->key = key;
	environment->index = index_of(loader->project, environment);
	vec_push(loader->arena, &into->items, environment);
	table_puts(&into->by_name, name, environment);
	return environment;
}

static void add_node(struct project_loader *loader,
		     struct environment *environment, const struct value *map,
		     const struct project_file *file)
{
	struct environment_node node = { map, file };

	if (value_is_map(map))
		vec_push(loader->arena, &environment->nodes, node);
}

/* Copies of the environments of the file that includes this one. */
static void inherit(struct project_loader *loader, struct environments *into,
		    const struct project_file *file)
{
	const struct environments *from = file->parent->environments;
	size_t i, j;

	into->declared = from->declared;
	for (i = 0; from->declared && i < from->items.count; i++) {
		const struct environment *old = from->items.items[i];
		struct environment *environment =
			add(loader, into, old->name, old->key);

		for (j = 0; j < old->nodes.count; j++)
			vec_push(loader->arena, &environment->nodes,
				 old->nodes.items[j]);
	}
}

/* The file's own map is stronger than those it inherits. */
static void put_first(struct project_loader *loader,
		      struct environment *environment, const struct value *map,
		      const struct project_file *file)
{
	size_t i;

	add_node(loader, environment, map, file);
	if (!value_is_map(map))
		return;
	for (i = environment->nodes.count - 1; i > 0; i--)
		environment->nodes.items[i] = environment->nodes.items[i - 1];
	environment->nodes.items[0].map = map;
	environment->nodes.items[0].file = file;
}

static bool load_map(struct project_loader *loader, struct project_file *file,
		     struct environments *into, const struct value *map)
{
	const struct value_entry *entry;

	value_foreach (entry, map) {
		struct environment *environment =
			table_gets(&into->by_name, entry->key);

		if (strchr(entry->key, '@') || !entry->len)
			return diag_error(loader->diags, &entry->origin,
					  "the name of an environment is empty "
					  "or holds \"@\"");
		if (!environment)
			environment =
				add(loader, into, entry->key,
				    project_key_place(loader->arena, entry));
		put_first(loader, environment, entry->value, file);
		if (!project_declare(file, loader->diags,
				     value_get(entry->value, "vars")))
			return false;
	}
	into->declared = into->declared || value_count(map);
	return true;
}

/* The pattern with a mark where the name stands; NULL: reported. */
static const char *marked(struct project_loader *loader,
			  const struct value *pattern)
{
	static const char name[] = "${env}";
	const char *text = scope_source_text(pattern);
	const char *found = strstr(text, name);
	struct str out;

	if (!found || strstr(found + sizeof(name) - 1, "${") ||
	    strstr(text, "${") != found) {
		diag_error(loader->diags, &pattern->origin,
			   "environments are a map, or a path with ${env}");
		diag_help(loader->diags,
			  "write clusters/${env}, or { dev: {}, prod: {} }");
		return NULL;
	}
	str_init(&out, loader->arena);
	str_put(&out, text, (size_t)(found - text));
	path_pattern_mark(&out, 0, false);
	str_puts(&out, found + sizeof(name) - 1);
	return str_text(&out);
}

/* Each path that matches is an environment. */
static bool load_pattern(struct project_loader *loader,
			 struct project_file *file, struct environments *into,
			 const struct value *pattern)
{
	const char *text = marked(loader, pattern), *problem;
	enum path_wanted wanted;
	struct path_matches matches = { 0 };
	size_t i;

	if (!text)
		return false;
	/* A README beside the folders of clusters is none. */
	wanted = strchr(scope_source_text(pattern), '}')[1] ? PATH_ANY
							    : PATH_FOLDER;
	text = path_join(loader->arena, file->dir, text);
	problem = path_pattern_walk(&loader->index, text, wanted, &matches);
	if (problem)
		return diag_error(loader->diags, &pattern->origin, "%s",
				  problem);
	for (i = 0; i < matches.count; i++) {
		const char *name = matches.items[i].captures[0];

		if (strchr(name, '@'))
			return diag_error(loader->diags, &pattern->origin,
					  "%s is no environment: its name "
					  "holds \"@\"",
					  matches.items[i].path);
		if (!table_gets(&into->by_name, name))
			add(loader, into, name, pattern);
	}
	into->declared = true;
	if (matches.count)
		return true;
	diag_error(loader->diags, &pattern->origin,
		   "the pattern of environments matches no path");
	return false;
}

/* `extends:` as a list; a scalar is a list of one. */
static size_t count_extended(const struct environment *environment,
			     const struct value **list)
{
	size_t i;

	*list = NULL;
	for (i = 0; i < environment->nodes.count && !*list; i++)
		*list = value_get(environment->nodes.items[i].map, "extends");
	return value_is_list(*list) ? value_count(*list) : !!*list;
}

static const struct value *extended(const struct value *list, size_t index)
{
	return value_is_list(list) ? value_item(list, index) : list;
}

/* The walk through `extends:`, from an environment to its ancestors. */
struct lineage {
	struct project_loader *loader;
	const struct environments *all;
	VEC(const struct environment *) order; /* the farthest first */
	VEC(const struct environment *) open;
	VEC(const struct value *) steps; /* the entry that led to each */
};

static bool report_cycle(struct lineage *lineage,
			 const struct environment *again,
			 const struct value *step)
{
	struct diag_sink *diags = lineage->loader->diags;
	struct str names;
	size_t i = 0;

	while (lineage->open.items[i] != again)
		i++;
	str_init(&names, lineage->loader->arena);
	for (; i < lineage->open.count; i++)
		str_printf(&names, "%s extends ", lineage->open.items[i]->name);
	diag_error(diags, &step->origin,
		   "environments extend one another: %s%s", str_text(&names),
		   again->name);
	for (i = 1; i < lineage->open.count; i++)
		diag_note(diags, &lineage->steps.items[i]->origin,
			  "%s extends %s here",
			  lineage->open.items[i - 1]->name,
			  lineage->open.items[i]->name);
	return false;
}

bool project_no_environment(struct diag_sink *diags,
			    const struct environments *known,
			    const struct value *at)
{
	struct environment_names names = { known, 0 };
	const char *name = scope_source_text(at);
	const char *near = edit_nearest(name, next_name, &names);

	diag_error(diags, &at->origin, "there is no environment %s",
		   diag_quote(diags->arena, name, strlen(name)));
	if (near)
		diag_help(diags, "did you mean \"%s\"?", near);
	return false;
}

static bool is_in(const struct environment *const *items, size_t count,
		  const struct environment *environment)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (items[i] == environment)
			return true;
	return false;
}

/* Ancestors first, so that of a diamond the common one is the farthest. */
static bool visit(struct lineage *lineage,
		  const struct environment *environment,
		  const struct value *step)
{
	struct arena *arena = lineage->loader->arena;
	const struct value *list;
	size_t count = count_extended(environment, &list), i;

	if (is_in(lineage->open.items, lineage->open.count, environment))
		return report_cycle(lineage, environment, step);
	if (is_in(lineage->order.items, lineage->order.count, environment))
		return true;
	if (lineage->open.count == CHAIN_MAX)
		return diag_error(lineage->loader->diags, &step->origin,
				  "environments extend one another more than "
				  "%d deep",
				  CHAIN_MAX);
	vec_push(arena, &lineage->open, environment);
	vec_push(arena, &lineage->steps, step);
	for (i = 0; i < count; i++) {
		const struct value *at = extended(list, i);
		const char *name = scope_source_text(at);
		const struct environment *next =
			name ? table_gets(&lineage->all->by_name, name) : NULL;

		if (!next)
			return project_no_environment(lineage->loader->diags,
						      lineage->all, at);
		if (!visit(lineage, next, at))
			return false;
	}
	lineage->open.count--;
	lineage->steps.count--;
	vec_push(arena, &lineage->order, environment);
	return true;
}

static bool find_chain(struct project_loader *loader,
		       const struct environments *all, struct environment *of)
{
	struct lineage lineage = { .loader = loader, .all = all };
	size_t i;

	if (!visit(&lineage, of, of->key))
		return false;
	for (i = lineage.order.count; i-- > 0;)
		vec_push(loader->arena, &of->chain, lineage.order.items[i]);
	return true;
}

bool project_load_environments(struct project_loader *loader,
			       struct project_file *file)
{
	const struct value *own = value_get(file->root, "environments");
	struct environments *all;
	size_t i;

	if (!own && file->parent) {
		file->environments = file->parent->environments;
		return true;
	}
	all = arena_zalloc(loader->arena, sizeof(*all));
	table_init(&all->by_name, loader->arena);
	if (file->parent)
		inherit(loader, all, file);
	if (value_is_map(own) ? !load_map(loader, file, all, own)
			      : own && !load_pattern(loader, file, all, own))
		return false;
	if (!all->declared)
		add(loader, all, "", NULL);
	for (i = 0; i < all->items.count; i++)
		if (!find_chain(loader, all, all->items.items[i]))
			return false;
	file->environments = all;
	return true;
}
