#include "overlays/validate.h"

#include <string.h>

#include "base/arena.h"
#include "model/object.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/resource.h"
#include "overlays/run.h"

struct kept {
	const struct object *object;
	const struct value *root;
	const char *id;
	size_t notes;
};

struct validation {
	struct overlay_run *run;
	VEC(struct kept) all;
};

static size_t count_texts(const struct resource_texts *texts)
{
	size_t count = 0, i;

	for (i = 0; i < texts->count; i++)
		count += *texts->items[i] != '\0';
	return count;
}

static size_t count_notes(const struct object *object)
{
	const struct resource *resource = resource_of(object);

	return object->former_count + count_texts(&resource->prefixes) +
	       count_texts(&resource->suffixes);
}

struct validation *validation_begin(struct overlay_run *run,
				    struct accumulator *acc)
{
	struct validation *before = arena_zalloc(run->arena, sizeof(*before));
	struct object *object;

	before->run = run;
	accumulator_foreach(object, acc)
	{
		const struct kept kept = {
			object, value_copy_deep(run->arena, object->root),
			resource_text(run, object), count_notes(object)
		};

		vec_push(run->arena, &before->all, kept);
		resource_of(object)->rewritten = false;
	}
	return before;
}

static bool is_same(const struct value *one, const struct value *two);

static bool same_entries(const struct value *one, const struct value *two)
{
	size_t i;

	if (value_count(one) != value_count(two))
		return false;
	for (i = 0; i < value_count(one); i++) {
		const struct value_entry *a = value_entry_at(one, i);
		const struct value_entry *b = value_entry_at(two, i);

		if (strcmp(a->key, b->key) != 0 || !is_same(a->value, b->value))
			return false;
	}
	return true;
}

static bool same_items(const struct value *one, const struct value *two)
{
	const struct value *item;

	if (value_count(one) != value_count(two))
		return false;
	list_foreach (item, one)
		if (!is_same(item, value_item(two, item_at)))
			return false;
	return true;
}

/*
 * Whether it is the node it was; one that had no line before has lost none.
 * The trees are no deeper than what was read.
 */
static bool is_same(const struct value *one, const struct value *two)
{
	if (one->kind != two->kind || one->style != two->style)
		return false;
	if (value_is_map(one))
		return same_entries(one, two);
	if (value_is_list(one))
		return same_items(one, two);
	return memcmp(&one->origin, &two->origin, sizeof(one->origin)) == 0 ||
	       (one->origin.linked && one->tag == two->tag &&
		value_equals(one, two));
}

/* The label goes again, and the labels with it if there were none before. */
static const struct value *without_label(struct overlay_run *run,
					 const struct value *root)
{
	struct value *copy = value_copy_deep(run->arena, root);
	struct value *metadata = value_get(copy, "metadata");
	struct value *labels = value_get(metadata, "labels");

	if (value_count(labels) != 1 || !value_get(labels, "validated-by"))
		return root;
	(void)value_remove(metadata, "labels", strlen("labels"));
	return copy;
}

static bool was_left(struct overlay_run *run, const struct kept *kept,
		     const struct object *object)
{
	return object == kept->object && !resource_of(object)->rewritten &&
	       count_notes(object) == kept->notes &&
	       (is_same(kept->root, object->root) ||
		is_same(kept->root, without_label(run, object->root)));
}

static bool refuse(struct overlay_run *run, struct accumulator *acc,
		   const struct kept *kept, const struct object *changed)
{
	const char *why = overlay_text(
		run, "id in self missing from other; id: %s", kept->id);
	struct object *object;

	accumulator_foreach(object, acc)
	{
		if (strcmp(resource_text(run, object), kept->id) == 0)
			why = "nodes unequal";
	}
	return overlay_fail(run, &changed->root->origin,
			    overlay_text(run,
					 "validator shouldn't modify the "
					 "resource map: %s",
					 why),
			    "a validator changed %s \"%s\"", changed->kind,
			    changed->name);
}

bool validation_end(struct validation *before, struct accumulator *acc)
{
	struct overlay_run *run = before->run;
	struct object *object;
	size_t i = 0;

	accumulator_foreach(object, acc)
	{
		if (i >= before->all.count)
			break;
		if (!was_left(run, &before->all.items[i], object))
			return refuse(run, acc, &before->all.items[i], object);
		i++;
	}
	if (before->all.count == acc->objects.count)
		return true;
	return overlay_fail(run, NULL,
			    "validator shouldn't modify the resource map: "
			    "lists have different number of entries",
			    "a validator added or removed resources");
}
