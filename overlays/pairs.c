#include "overlays/pairs.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/node.h"
#include "overlays/transform.h"
#include "overlays/fieldspec.h"

struct pairs {
	struct value_entry **sorted;
	size_t count;
	const struct fieldspecs *specs;
	const struct origin *by;
};

void pairs_set(struct overlay_run *run, struct value *map, const char *key,
	       const struct value *value)
{
	const char *text = node_text(run->arena, value);
	struct value *next = node_scalar(run->arena, &value->origin, text,
					 strlen(text), NODE_STRING);
	struct value_entry *entry = value_entry(map, key, strlen(key));

	if (entry) {
		if (node_is_scalar(entry->value))
			next->style = entry->value->style;
		entry->value = value_replace(run->arena, entry->value, next);
		return;
	}
	entry = value_setn(run->arena, map, key, strlen(key), &value->origin,
			   next);
	entry->kind = node_key_kind(key, strlen(key));
}

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	const struct pairs *pairs = context;
	size_t i;

	(void)object;
	if (!value_is_map(*slot))
		return overlay_fail(run, &(*slot)->origin,
				    "wrong node kind: expected MappingNode but "
				    "got ScalarNode",
				    "pairs are to be written here, but this "
				    "is no map");
	for (i = 0; i < pairs->count; i++)
		pairs_set(run, *slot, pairs->sorted[i]->key,
			  pairs->sorted[i]->value);
	if (pairs->count)
		value_merged(run->arena, *slot, pairs->by);
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

bool pairs_apply(struct overlay_run *run, const struct step *step,
		 struct accumulator *acc)
{
	const struct pairs *pairs = step->state;
	const struct fieldspec_action action = { set, (void *)pairs, VALUE_MAP,
						 pairs->by };
	struct object *object;

	if (!pairs->count)
		return true;
	accumulator_foreach(
		object, acc) if (!fieldspecs_apply(run, object, pairs->specs,
						   &action)) return false;
	return true;
}
