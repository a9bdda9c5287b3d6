#include "overlays/accumulator.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/run.h"
#include "overlays/specs.h"
#include "overlays/vars.h"

struct accumulator *accumulator_new(struct overlay_run *run)
{
	struct accumulator *acc = arena_zalloc(run->arena, sizeof(*acc));

	acc->run = run;
	acc->specs = specs_new(run);
	return acc;
}

/* An object stands once in a set, however often its former ids repeat. */
static void add(struct accumulator *acc, struct table *table, const char *key,
		struct object *object)
{
	struct object_set *set = table_gets(table, key);

	if (!set) {
		set = arena_zalloc(acc->run->arena, sizeof(*set));
		table_puts(table, key, set);
	}
	if (!set->objects.count || *vec_last(&set->objects) != object)
		vec_push(acc->run->arena, &set->objects, object);
}

static void index_current(struct accumulator *acc)
{
	struct object *object;

	if (acc->has_current)
		return;
	table_init(&acc->current, acc->run->arena);
	accumulator_foreach(object, acc)
		add(acc, &acc->current, resource_key(acc->run, object), object);
	acc->has_current = true;
}

static void add_to_all(struct accumulator *acc, struct object *object)
{
	size_t i;

	add(acc, &acc->all, resource_key(acc->run, object), object);
	for (i = 0; i < object->former_count; i++)
		add(acc, &acc->all, resource_former_key(acc->run, object, i),
		    object);
	add(acc, &acc->names, object->name, object);
	for (i = 0; i < object->former_count; i++)
		add(acc, &acc->names, object->former[i].name, object);
}

static void index_all(struct accumulator *acc)
{
	struct object *object;

	if (acc->has_all)
		return;
	table_init(&acc->all, acc->run->arena);
	table_init(&acc->names, acc->run->arena);
	accumulator_foreach(object, acc) add_to_all(acc, object);
	acc->has_all = true;
}

void accumulator_changed(struct accumulator *acc)
{
	acc->has_current = false;
	acc->has_all = false;
	acc->moved = true;
}

static bool holds(const struct object_set *set, const struct object *object)
{
	size_t i;

	for (i = 0; set && i < set->objects.count; i++)
		if (set->objects.items[i] == object)
			return true;
	return false;
}

void accumulator_touched(struct accumulator *acc, struct object *object)
{
	const char *key = resource_key(acc->run, object);

	if (acc->has_current && !holds(table_gets(&acc->current, key), object))
		acc->has_current = false;
	acc->moved = acc->moved || !acc->has_current;
	if (acc->has_all && !holds(table_gets(&acc->all, key), object))
		acc->has_all = false;
}

static bool conflict(struct accumulator *acc, const struct object *object,
		     const struct object *other)
{
	struct overlay_run *run = acc->run;

	(void)!overlay_fail(run, &object->root->origin,
			    overlay_text(run,
					 "may not add resource with an already "
					 "registered id: %s",
					 resource_text(run, object)),
			    "%s \"%s\" is here already; two objects of one "
			    "kustomization cannot have the same id",
			    object->kind, object->name);
	diag_note(run->diags, &other->root->origin, "the other one");
	return false;
}

bool accumulator_check(struct accumulator *acc)
{
	struct object *object;

	accumulator_changed(acc);
	index_current(acc);
	accumulator_foreach(object, acc)
	{
		const struct object_set *same = table_gets(
			&acc->current, resource_key(acc->run, object));

		if (same->objects.items[0] != object)
			return conflict(acc, object, same->objects.items[0]);
	}
	acc->moved = false;
	return true;
}

bool accumulator_rebuild(struct accumulator *acc)
{
	accumulator_sweep(acc);
	return !acc->moved || accumulator_check(acc);
}

bool accumulator_append(struct accumulator *acc, struct object *object)
{
	struct overlay_run *run = acc->run;
	const char *key = resource_key(run, object);
	const struct object_set *same;

	index_current(acc);
	same = table_gets(&acc->current, key);
	if (same)
		return conflict(acc, object, same->objects.items[0]);
	object->index = (uint32_t)acc->objects.count;
	vec_push(run->arena, &acc->objects, object);
	add(acc, &acc->current, key, object);
	if (acc->has_all)
		add_to_all(acc, object);
	return true;
}

bool accumulator_merge(struct accumulator *acc, struct accumulator *from)
{
	struct object *object;
	size_t i;

	accumulator_foreach(object, from)
	{
		if (!accumulator_append(acc, object))
			return false;
	}
	if (!specs_merge(acc->run, acc->specs, from->specs))
		return false;
	for (i = 0; i < from->vars.count; i++)
		if (!vars_add(acc->run, acc, from->vars.items[i]))
			return false;
	return true;
}

bool accumulator_has_twins(struct accumulator *acc)
{
	index_current(acc);
	return acc->current.count != acc->objects.count;
}

void accumulator_sweep(struct accumulator *acc)
{
	size_t i, kept = 0;

	for (i = 0; i < acc->objects.count; i++) {
		struct object *object = acc->objects.items[i];

		if (resource_of(object)->dropped)
			continue;
		object->index = (uint32_t)kept;
		acc->objects.items[kept++] = object;
	}
	if (kept != acc->objects.count) {
		acc->has_current = false;
		acc->has_all = false;
	}
	acc->objects.count = kept;
}

const struct object_set *accumulator_current(struct accumulator *acc,
					     const struct resource_id *id)
{
	index_current(acc);
	return table_gets(&acc->current, resource_id_key(acc->run, id));
}

const struct object_set *accumulator_any(struct accumulator *acc,
					 const struct resource_id *id)
{
	index_all(acc);
	return table_gets(&acc->all, resource_id_key(acc->run, id));
}

const struct object_set *accumulator_named(struct accumulator *acc,
					   const char *name)
{
	index_all(acc);
	return table_gets(&acc->names, name);
}
