/*
 * Kustomize takes local objects out by their ids, and no longer makes sure
 * here that those differ: a replacement may have made two of one.
 */
#include "overlays/local.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/node.h"
#include "overlays/run.h"

static bool is_local(struct overlay_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *local =
		value_get(value_get(metadata, "annotations"),
			  "config.kubernetes.io/local-config");

	return local && strcmp(node_text(run->arena, local), "false") != 0;
}

/* Of one id: a local one beside another one stays. */
static bool settle_same(struct overlay_run *run, struct accumulator *acc,
			const struct object_set *same)
{
	const struct object *first = same->objects.items[0];
	size_t kept = 0, i;

	for (i = 0; i < same->objects.count; i++)
		kept += !resource_of(same->objects.items[i])->dropped;
	if (kept > 1)
		return accumulator_check(acc);
	if (!kept)
		return overlay_fail(run, &first->root->origin,
				    overlay_text(run,
						 "id %s not found in removal",
						 resource_text(run, first)),
				    "%s \"%s\" is here twice, and both are for "
				    "the build only",
				    first->kind, first->name);
	for (i = 0; i < same->objects.count; i++)
		resource_of(same->objects.items[i])->dropped = false;
	acc->twins = true;
	return true;
}

static bool settle_twins(struct overlay_run *run, struct accumulator *acc)
{
	struct object *object;

	accumulator_foreach(object, acc)
	{
		const struct resource_id id = { object->group, object->version,
						object->kind, object->name,
						object->name_space };
		const struct object_set *same = accumulator_current(acc, &id);

		if (same && same->objects.count > 1 &&
		    same->objects.items[0] == object &&
		    !settle_same(run, acc, same))
			return false;
	}
	return true;
}

bool local_drop(struct overlay_run *run, struct accumulator *acc)
{
	struct object *object;

	accumulator_foreach(object, acc) resource_of(object)->dropped =
		is_local(run, object);
	if (accumulator_has_twins(acc) && !settle_twins(run, acc))
		return false;
	accumulator_sweep(acc);
	return true;
}
