#include "overlays/pairs.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/fieldspec_sieve.h"
#include "overlays/metadata.h"
#include "overlays/node.h"
#include "overlays/transform.h"

struct pairs {
	struct value_entry **sorted;
	size_t count;
	const struct fieldspecs *specs;
	const struct origin *by;
};

static struct value *fresh(struct overlay_run *run, const struct value *value)
{
	const char *text = node_text(run->arena, value);

	return node_scalar(run->arena, &value->origin, text, strlen(text),
			   NODE_STRING);
}

/* Nodes of one object, each made once and used wherever its key is new. */
struct writing {
	const struct pairs *pairs;
	struct value **nodes;
	size_t from; /* which pairs are set, up to... */
	size_t to;
};

/*
 * It is one node wherever it is set.  Over a value it takes that one's quotes,
 * and so do the places where it was new before.
 */
static void set_pair(struct overlay_run *run, const struct writing *writing,
		     struct value *map, size_t at)
{
	const char *key = writing->pairs->sorted[at]->key;
	struct value_entry *entry = value_entry(map, key, strlen(key));
	struct value *node = writing->nodes[at];

	if (!node)
		node = fresh(run, writing->pairs->sorted[at]->value);
	writing->nodes[at] = node;
	if (!entry) {
		node_set_new(run->arena, map, key, node);
		return;
	}
	if (entry->value == node)
		return;
	if (node_is_scalar(entry->value))
		node->style = entry->value->style;
	node_put(run->arena, entry->value, node);
}

/* To kustomize no name is the way to set a scalar. */
static bool refuse_empty(struct overlay_run *run, const struct writing *writing,
			 const struct value *map, size_t at)
{
	return overlay_fail(run, &writing->pairs->sorted[at]->origin,
			    node_wrong_kind(run->arena, map, "ScalarNode"),
			    "a label or an annotation has no name");
}

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	const struct writing *writing = context;
	size_t i;

	(void)object;
	if (node_was_null(*slot))
		return true;
	if (!value_is_map(*slot))
		return overlay_fail(
			run, &(*slot)->origin,
			node_wrong_kind(run->arena, *slot, "MappingNode"),
			"pairs are to be written here, but this "
			"is no map");
	for (i = writing->from; i < writing->to; i++) {
		if (!*writing->pairs->sorted[i]->key)
			return refuse_empty(run, writing, *slot, i);
		set_pair(run, writing, *slot, i);
	}
	if (writing->to)
		value_merged(run->arena, *slot, writing->pairs->by);
	return true;
}

void *pairs_new(struct overlay_run *run, const struct value *values,
		const struct fieldspecs *specs)
{
	struct pairs *pairs = arena_zalloc(run->arena, sizeof(*pairs));

	pairs->sorted = value_sorted(run->arena, values);
	pairs->count = value_count(values);
	pairs->specs = specs;
	pairs->by = values ? &values->origin : NULL;
	return pairs;
}

/* Whether a spec names the annotations as they are, if there are any. */
static bool asks_for_annotations(const struct fieldspecs *specs)
{
	size_t i;

	for (i = 0; i < specs->count; i++) {
		const struct fieldspec *spec = specs->items[i];

		if (!spec->create && !spec->builtin &&
		    strcmp(spec->path + (*spec->path == '/'),
			   "metadata/annotations") == 0)
			return true;
	}
	return false;
}

/*
 * To kustomize all fields of one pair come before those of the next, which
 * finds what was made for it.  Only rows of one's own can lead there.
 */
static bool set_all(struct fieldspec_sieve *sieve, struct object *object,
		    struct writing *writing,
		    const struct fieldspec_action *action, bool singly)
{
	const size_t count = writing->pairs->count;
	const size_t step = singly ? 1 : count;

	for (writing->from = 0; writing->from < count; writing->from += step) {
		writing->to = writing->from + step;
		if (!fieldspec_sieve_apply(sieve, object, action))
			return false;
	}
	return true;
}

static bool has_own(const struct fieldspecs *specs)
{
	size_t i;

	for (i = 0; i < specs->count; i++)
		if (!specs->items[i]->builtin)
			return true;
	return false;
}

bool pairs_apply(struct overlay_run *run, const struct step *step,
		 struct accumulator *acc)
{
	const struct pairs *pairs = step->state;
	struct writing writing = { .pairs = pairs };
	const struct fieldspec_action action = { set, &writing, VALUE_MAP,
						 pairs->by };
	struct fieldspec_sieve *sieve;
	struct object *object;
	bool shown, own;

	if (!pairs->count)
		return true;
	shown = asks_for_annotations(pairs->specs);
	own = has_own(pairs->specs);
	sieve = fieldspec_sieve_new(run, pairs->specs, true);
	accumulator_foreach(object, acc)
	{
		if (shown)
			metadata_show(run, object);
		writing.nodes = arena_zalloc(
			run->arena, pairs->count * sizeof(*writing.nodes));
		if (!set_all(sieve, object, &writing, &action, own))
			return false;
	}
	return true;
}
