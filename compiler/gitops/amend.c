/*
 * Options of deployers as changes to a kustomization.
 *
 * Flux and Argo CD edit kustomization.yaml before they build it; an option is
 * therefore not an overlay over the result but one more line of that file.
 */
#include "compiler/gitops/amend.h"

#include <string.h>

#include "base/arena.h"
#include "base/tree.h"
#include "compiler/job.h"
#include "model/bundle.h"
#include "model/value.h"

void gitops_set(struct arena *arena, struct value *document, const char *field,
		struct value *value)
{
	value_set(arena, document, field,
		  value_replace(arena, value_get(document, field), value));
}

void gitops_append(struct arena *arena, struct value *document,
		   const char *field, const struct value *items)
{
	struct value *own = value_get(document, field), *list;
	const struct value *item;

	/* What is no list is refused when the kustomization is decoded. */
	if (!value_count(items) ||
	    (own && !value_is_list(own) && !value_is_null(own)))
		return;
	list = value_new_list(arena, own ? &own->origin : &items->origin);
	list_foreach (item, own)
		value_append(arena, list, value_copy(arena, item));
	list_foreach (item, items)
		value_append(arena, list, value_copy(arena, item));
	value_set(arena, document, field, list);
}

struct value *gitops_components(struct arena *arena, struct job *job,
				const struct value *options, const char *dir)
{
	const struct value *components = value_get(options, "components");
	const struct value *item;
	bool lenient =
		value_is_true(value_get(options, "ignoreMissingComponents"));
	struct value *list =
		value_new_list(arena, components ? &components->origin : NULL);
	struct tree_stat stat;

	list_foreach (item, components) {
		const char *path = arena_printf(arena, "%s/%s", dir,
						value_string_or(item, ""));

		if (!lenient ||
		    tree_view_stat(&job->view, path, &stat) == TREE_OK)
			value_append(arena, list, value_copy(arena, item));
	}
	return list;
}

static struct value *image_named(const struct value *images, const char *name)
{
	struct value *image;

	list_foreach (image, images)
		if (value_equals_string(value_get(image, "name"), name))
			return image;
	return NULL;
}

static void set_field(struct arena *arena, struct value *image,
		      const struct value *from, const char *field)
{
	struct value *value = value_get(from, field);

	if (value)
		gitops_set(arena, image, field, value);
	else
		value_remove(image, field, strlen(field));
}

static bool has_text(const struct value *map, const char *field)
{
	return *value_string_or(value_get(map, field), "") != '\0';
}

/* Tag and digest are one choice: who sets one takes the other away. */
static void merge_image(struct arena *arena, struct value *own,
			const struct value *image)
{
	if (has_text(image, "newName"))
		set_field(arena, own, image, "newName");
	if (!has_text(image, "newTag") && !has_text(image, "digest"))
		return;
	set_field(arena, own, image, "newTag");
	set_field(arena, own, image, "digest");
}

void gitops_images(struct arena *arena, struct value *document,
		   const struct value *images)
{
	struct value *own = value_get(document, "images"), *list, *same;
	const struct value *image;

	if (!value_count(images) ||
	    (own && !value_is_list(own) && !value_is_null(own)))
		return;
	list = own ? value_copy_deep(arena, own)
		   : value_new_list(arena, &images->origin);
	if (value_is_null(list))
		list = value_new_list(arena, &images->origin);
	list_foreach (image, images) {
		same = image_named(
			list, value_string_or(value_get(image, "name"), ""));
		if (same)
			merge_image(arena, same, image);
		else
			value_append(arena, list,
				     value_copy_deep(arena, image));
	}
	value_set(arena, document, "images", list);
}

static void set_strings(struct arena *arena, struct value *metadata,
			const char *field, const struct value *strings)
{
	struct value *own = value_get(metadata, field);
	const struct value_entry *entry;

	if (!value_count(strings) ||
	    (own && !value_is_map(own) && !value_is_null(own)))
		return;
	if (value_is_null(own)) {
		own = value_new_map(arena, &strings->origin);
		value_set(arena, metadata, field, own);
	}
	value_foreach (entry, strings)
		gitops_set(arena, own, entry->key,
			   value_copy(arena, entry->value));
}

void gitops_common_metadata(struct job *job, const struct value *metadata)
{
	struct object *object;

	if (!value_is_map(metadata))
		return;
	bundle_foreach (object, job->bundle) {
		struct value *own = value_get(object->root, "metadata");

		if (!value_is_map(own))
			continue;
		set_strings(job->arena, own, "labels",
			    value_get(metadata, "labels"));
		set_strings(job->arena, own, "annotations",
			    value_get(metadata, "annotations"));
	}
}
