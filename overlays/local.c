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

static size_t count_kept(const struct object_set *same)
{
	size_t kept = 0, i;

	for (i = 0; i < same->objects.count; i++)
		kept += !resource_of(same->objects.items[i])->dropped;
	return kept;
}

/*
 * A local one beside another one stays.  Here, and only here, no namespace is
 * another one than "default".
 */
static bool settle_one(struct overlay_run *run, struct accumulator *acc,
		       const struct object_set *same, struct object *object)
{
	size_t twins = 0, i;

	for (i = 0; i < same->objects.count; i++) {
		const struct object *other = same->objects.items[i];

		if (strcmp(other->name_space, object->name_space) != 0)
			continue;
		if (!resource_of(other)->dropped) {
			resource_of(object)->dropped = false;
			acc->twins = true;
			return true;
		}
		twins++;
	}
	return twins == 1 ||
	       overlay_fail(run, &object->root->origin,
			    overlay_text(run, "id %s not found in removal",
					 resource_text(run, object)),
			    "%s \"%s\" is here twice, and both are for the "
			    "build only",
			    object->kind, object->name);
}

/* The objects of one id. */
static bool settle_same(struct overlay_run *run, struct accumulator *acc,
			const struct object_set *same)
{
	size_t i;

	if (count_kept(same) > 1)
		return accumulator_check(acc);
	for (i = 0; i < same->objects.count; i++)
		if (resource_of(same->objects.items[i])->dropped &&
		    !settle_one(run, acc, same, same->objects.items[i]))
			return false;
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
