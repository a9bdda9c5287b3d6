/*
 * A key that is no field of a custom resource: a slip of the pen, or a field
 * of a level near by.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "lints/run.h"
#include "lints/schema/node.h"
#include "model/object.h"
#include "model/value.h"

enum {
	STEPS_MAX = 2,
	SEARCHED_MAX = 2000
};

struct candidates {
	const struct schema_at *at;
	size_t member;
};

/* Fields of the level that are not there yet. */
static const char *next_field(void *context)
{
	struct candidates *c = context;
	const struct schema_node *node = c->at->node;

	while (c->member < node->count) {
		const char *name = node->members[c->member++].name;

		if (!value_get(c->at->value, name))
			return name;
	}
	return NULL;
}

static bool has_field(const struct schema_node *node,
		      const struct schema_def *def, const char *name)
{
	size_t count;

	return (node && node->shape == SCHEMA_NODE_OBJECT &&
		schema_member_find(node, name)) ||
	       (def && schema_field_find(def, name, &count));
}

/* Names that stand nearly everywhere would only mislead. */
static bool is_common(const char *name)
{
	static const char *const names[] = {
		"annotations", "apiVersion", "key",  "kind", "labels",
		"metadata",    "name",       "spec", "type", "value",
		"values",      "version",    NULL
	};
	const char *const *common;

	for (common = names; *common; common++)
		if (strcmp(*common, name) == 0)
			return true;
	return false;
}

struct search {
	const struct schema_walk *walk;
	const char *name;
	const char *found;
	size_t count;
	size_t looked; /* at so many fields */
};

static void search_below(struct search *search, const struct schema_node *node,
			 const char *path, unsigned steps)
{
	size_t i;

	for (i = 0; i < node->count && search->looked < SEARCHED_MAX; i++) {
		const struct schema_node *inner = node->members[i].node;
		bool list = inner->shape == SCHEMA_NODE_LIST;
		const char *here;

		search->looked++;
		if (list)
			inner = inner->of;
		if (strcmp(node->members[i].name, "status") == 0 ||
		    (steps == 1 &&
		     !has_field(inner, inner->core, search->name)))
			continue;
		here = arena_printf(search->walk->run->arena, "%s%s%s%s", path,
				    *path ? "." : "", node->members[i].name,
				    list ? "[]" : "");
		if (steps > 1) {
			search_below(search, inner, here, steps - 1);
			continue;
		}
		search->found = here;
		search->count++;
	}
}

/* Where the field would be right: a path, or NULL. */
static const char *place_of(const struct schema_walk *walk,
			    const struct schema_at *at, const char *name)
{
	const struct schema_at *outer = at->up;
	unsigned steps;

	if (is_common(name))
		return NULL;
	for (steps = 1; steps <= STEPS_MAX; steps++) {
		struct search search = { .walk = walk, .name = name };

		search_below(&search, at->node, schema_path(walk, at), steps);
		if (search.count == 1)
			return search.found;
		if (search.count)
			return NULL;
	}
	for (; outer; outer = outer->up)
		if (has_field(outer->node, outer->def, name))
			return outer->up ? schema_path(walk, outer)
					 : "the top level";
	return NULL;
}

static bool say(struct schema_walk *walk, const struct schema_at *at,
		const struct value_entry *entry, const char *tail)
{
	return schema_report_unknown(
		walk, at, entry,
		at->up ? schema_path(walk, at) : walk->object->kind, tail);
}

void schema_custom_unknown(struct schema_walk *walk, const struct schema_at *at,
			   const struct value_entry *entry)
{
	struct candidates candidates = { .at = at };
	struct arena *arena = walk->run->arena;
	const char *other;

	if (schema_is_sops(at, entry->key))
		return;
	other = edit_nearest(entry->key, next_field, &candidates);
	if (other) {
		if (say(walk, at, entry,
			arena_printf(arena, " (did you mean '%s'?)", other))) {
			lint_help(walk->run, "write %s", other);
			lint_meant(walk->run, at->value, entry->key, other);
		}
		schema_hint(walk, other);
		return;
	}
	other = place_of(walk, at, entry->key);
	if (other) {
		if (say(walk, at, entry,
			arena_printf(arena, ": it belongs under %s", other)))
			lint_help(walk->run, "move it to %s", other);
		schema_hint(walk, other);
		schema_hint(walk, entry->key);
	} else if (say(walk, at, entry, "")) {
		lint_help(walk->run, "delete it: the API server drops it");
	}
}
