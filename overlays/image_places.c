#include "overlays/image_places.h"

#include <string.h>

#include "overlays/accumulator.h"
#include "overlays/fieldspec_sieve.h"
#include "overlays/node.h"
#include "overlays/run.h"

struct finding {
	const struct image_visit *visit;
	struct image_places *places;
};

static bool set(struct overlay_run *run, struct object *object,
		struct value **slot, void *context)
{
	struct finding *finding = context;

	(void)object;
	if (!node_is_scalar(*slot))
		return overlay_fail(
			run, &(*slot)->origin,
			node_wrong_kind(run->arena, *slot, "ScalarNode"),
			"an image is wanted here, but this is no "
			"scalar");
	vec_push(run->arena, finding->places, *slot);
	return finding->visit->change(run, *slot, finding->visit->context);
}

static bool set_containers(struct overlay_run *run, struct object *object,
			   struct value *list, struct finding *finding)
{
	struct value *item;

	list_foreach (item, list) {
		struct value_entry *entry = value_entry(item, "image", 5);

		if (!value_is_map(item) && !node_was_null(item))
			return overlay_fail(run, &item->origin,
					    node_wrong_kind(run->arena, item,
							    "MappingNode"),
					    "a container has to be a map");
		if (entry && !node_was_null(entry->value) &&
		    !set(run, object, &entry->value, finding))
			return false;
	}
	return true;
}

static bool walk(struct overlay_run *run, struct object *object,
		 struct value *node, struct finding *finding)
{
	struct value_entry *entry;
	struct value *item;

	list_foreach (item, node)
		if (!walk(run, object, item, finding))
			return false;
	value_foreach (entry, node) {
		if (!walk(run, object, entry->value, finding))
			return false;
		if (((entry->len == 10 &&
		      memcmp(entry->key, "containers", 10) == 0) ||
		     (entry->len == 14 &&
		      memcmp(entry->key, "initContainers", 14) == 0)) &&
		    !set_containers(run, object, entry->value, finding))
			return false;
	}
	return true;
}

bool image_places_find(struct overlay_run *run, struct accumulator *acc,
		       const struct fieldspecs *specs,
		       const struct image_visit *visit,
		       struct image_places *places)
{
	struct finding finding = { visit, places };
	const struct fieldspec_action action = { set, &finding, VALUE_NULL,
						 visit->by };
	struct fieldspec_sieve *sieve = fieldspec_sieve_new(run, specs, false);
	struct object *object;

	accumulator_foreach(object, acc)
	{
		if (strcmp(object->kind, "CustomResourceDefinition") == 0)
			continue;
		if (!walk(run, object, object->root, &finding) ||
		    !fieldspec_sieve_apply(sieve, object, &action))
			return false;
	}
	return true;
}
