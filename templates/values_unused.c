#include "templates/values_unused.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "model/value.h"
#include "templates/chart_parts.h"
#include "templates/values.h"
#include "templates/values_mentioned.h"

enum {
	/* A template may have hung a map into itself, or into many others. */
	DEPTH_MAX = 1000,
	NODES_MAX = 1000000,
};

struct search {
	struct arena *arena;
	struct fact_log *facts;
	size_t above;               /* bytes of a path that lead to the chart */
	const struct mentions *own; /* what its templates name */
	struct mentions libraries; /* what their templates name, of any chart */
};

/* Whether the values end, as those do that somebody wrote. */
static bool has_end(const struct value *value, size_t depth, size_t *nodes)
{
	const struct value_entry *entry;
	const struct value *item;

	if (depth > DEPTH_MAX || ++*nodes > NODES_MAX)
		return false;
	value_foreach (entry, value) {
		if (!has_end(entry->value, depth + 1, nodes))
			return false;
	}
	list_foreach (item, value) {
		if (!has_end(item, depth + 1, nodes))
			return false;
	}
	return true;
}

/* Whether the node or anything below it was read. */
static bool was_read(const struct value *value)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value->flags & VALUE_FLAG_READ)
		return true;
	value_foreach (entry, value) {
		if (was_read(entry->value))
			return true;
	}
	list_foreach (item, value) {
		if (was_read(item))
			return true;
	}
	return false;
}

/* `entry` of `map`, which stands at `prefix`, is read by nobody. */
static void note(struct search *search, const struct value *map,
		 const struct value_entry *entry, const char *prefix)
{
	const struct origin *at = origin_source(&entry->origin)
					  ? &entry->origin
					  : &entry->value->origin;
	const char *near;

	if (!origin_source(at) || origin_source(at)->role != SOURCE_VALUES)
		return;
	fact_add(search->facts, FACT_VALUES_KEY_UNUSED, at,
		 "%s%s is set but no template reads it", prefix, entry->key);
	near = mentions_near(search->own, map, prefix + search->above,
			     entry->key);
	if (near)
		vec_last(&search->facts->facts)->help = arena_printf(
			search->facts->arena,
			"did you mean \"%s\"? A template reads that, and "
			"nothing sets it",
			near);
}

static void search_entry(struct search *search, const struct value *map,
			 const struct value_entry *entry, const char *prefix)
{
	const struct value_entry *inner;

	if (entry->value->flags & VALUE_FLAG_READ)
		return;
	if (!was_read(entry->value)) {
		note(search, map, entry, prefix);
		return;
	}
	/* Of what was read in part, the rest. */
	prefix = arena_printf(search->arena, "%s%s.", prefix, entry->key);
	value_foreach (inner, entry->value)
		search_entry(search, entry->value, inner, prefix);
}

/* Conditions of dependencies were read before the templates were. */
static void mark_conditions(struct search *search, const struct chart *loaded,
			    const struct value *values)
{
	const struct dependencies *entries = &loaded->metadata->dependencies;
	size_t i;

	for (i = 0; i < entries->count; i++) {
		const char *at = entries->items[i]->condition;

		while (*at) {
			size_t len = strcspn(at, ",");
			struct value *found = values_path(
				values, arena_strndup(search->arena, at, len));

			if (found)
				found->flags |= VALUE_FLAG_READ;
			at += len;
			at += *at == ',';
		}
	}
}

/* What a chart has beside its own templates' values: told elsewhere, or not. */
static bool is_special(const struct chart *chart, const struct chart *loaded,
		       const char *key)
{
	const struct dependencies *entries = &loaded->metadata->dependencies;
	size_t i;

	if (strcmp(key, "global") == 0 || strcmp(key, "tags") == 0 ||
	    strcmp(key, "exports") == 0)
		return true;
	for (i = 0; i < entries->count; i++)
		if (strcmp(entries->items[i]->name, key) == 0 ||
		    strcmp(entries->items[i]->alias, key) == 0)
			return true;
	for (i = 0; i < chart->children.count; i++)
		if (strcmp(chart->children.items[i]->name, key) == 0)
			return true;
	return false;
}

static const struct chart *loaded_child(const struct chart *loaded,
					const struct chart *child)
{
	size_t i;

	for (i = 0; i < loaded->children.count; i++)
		if (loaded->children.items[i]->templates.items ==
		    child->templates.items)
			return loaded->children.items[i];
	return child;
}

/* A key that stands in a branch not taken is not one to delete. */
static void mark_mentions(struct search *search, const struct chart *chart,
			  struct value *values)
{
	struct mentions *own = arena_alloc(search->arena, sizeof(*own));

	mentions_init(own, search->arena);
	mentions_of_templates(own, chart);
	mentions_of_values(own, values);
	mentions_mark(own, values);
	mentions_mark(&search->libraries, values);
	search->own = own;
}

static void search_chart(struct search *search, const struct chart *chart,
			 const struct chart *loaded, struct value *values,
			 const char *prefix)
{
	const struct value_entry *entry;
	size_t i;

	mark_conditions(search, loaded, values);
	mark_mentions(search, chart, values);
	search->above = strlen(prefix);
	value_foreach (entry, values)
		if (!is_special(chart, loaded, entry->key))
			search_entry(search, values, entry, prefix);
	for (i = 0; i < chart->children.count; i++) {
		const struct chart *child = chart->children.items[i];
		struct value *own = value_get(values, child->name);

		if (value_is_map(own) && !(own->flags & VALUE_FLAG_READ) &&
		    !chart_is_library(child))
			search_chart(search, child, loaded_child(loaded, child),
				     own,
				     arena_printf(search->arena, "%s%s.",
						  prefix, child->name));
	}
}

void values_note_unused(struct arena *arena, struct fact_log *facts,
			const struct chart *chart, const struct chart *loaded,
			struct value *values)
{
	struct search search = { .arena = arena, .facts = facts };
	size_t nodes = 0;

	if ((values->flags & VALUE_FLAG_READ) || !has_end(values, 0, &nodes))
		return;
	mentions_init(&search.libraries, arena);
	mentions_of_libraries(&search.libraries, chart);
	search_chart(&search, chart, loaded, values, "");
}
