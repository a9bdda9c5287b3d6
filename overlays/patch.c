#include "overlays/patch.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "overlays/accumulator.h"
#include "overlays/hint.h"
#include "overlays/jsonpatch.h"
#include "overlays/load.h"
#include "overlays/merge.h"
#include "overlays/merge_track.h"
#include "overlays/metadata.h"
#include "overlays/node.h"
#include "overlays/node_places.h"
#include "overlays/resource.h"
#include "overlays/run.h"
#include "overlays/schema.h"
#include "overlays/selector.h"
#include "overlays/stream.h"

const char *patch_config_text(struct overlay_run *run,
			      const struct value *config)
{
	const char *error;
	struct str out;

	str_init(&out, run->arena);
	if (!yaml_emit(&out, config, YAML_FORM_HELM, NULL, &error))
		str_puts(&out, error);
	return str_text(&out);
}

bool patch_says_nothing(const struct value *value)
{
	if (value_is_string(value))
		return !value->len;
	if (value_is_bool(value))
		return !value_is_true(value);
	return value_is_list(value) && !value_count(value);
}

struct value *patch_shown(struct overlay_run *run, const struct value *value)
{
	struct value *shown = value_copy(run->arena, value);
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_list(value))
		shown = value_new_list(run->arena, &value->origin);
	else if (value_is_map(value))
		shown = value_new_map(run->arena, &value->origin);
	list_foreach (item, value)
		value_append(run->arena, shown, patch_shown(run, item));
	value_foreach (entry, value)
		if (!patch_says_nothing(entry->value))
			value_setn(run->arena, shown, entry->key, entry->len,
				   &entry->origin,
				   patch_shown(run, entry->value));
	return shown;
}

void patch_push_config(struct overlay_run *run, const char *kind,
		       const struct value *config)
{
	native_push(run,
		    overlay_text(run,
				 "trouble configuring builtin %s with config: "
				 "`\n%s`: ",
				 kind, patch_config_text(run, config)),
		    "");
}

bool patch_load(struct overlay_run *run, const struct value *path,
		const struct value *text, const struct source **source)
{
	struct source *file;

	if (!path) {
		*source = stream_inline(
			run, text,
			origin_source(&text->origin)
				? origin_source(&text->origin)->name
				: "patch");
		return true;
	}
	if (!load_file(run, path->string, &path->origin, SOURCE_PATCH, &file))
		return false;
	*source = file;
	return true;
}

void patch_aimed(struct overlay_run *run, const struct value *entry,
		 struct accumulator *acc, const struct selector *selector,
		 size_t found)
{
	if (found) {
		fact_add(run->facts, FACT_MATCHED, &entry->origin, "%s", "");
		return;
	}
	fact_add(run->facts, FACT_PATCH_MATCHES_NOTHING, &entry->origin,
		 "this patch selects no resource");
	hint_fact(run, hint_for_selector(acc, selector));
}

struct object *patch_target(struct overlay_run *run, struct accumulator *acc,
			    const struct object *patch)
{
	const struct resource_id id = { patch->group, patch->version,
					patch->kind, patch->name,
					patch->name_space };
	const struct object_set *set = accumulator_any(acc, &id);
	const char *text = resource_text(run, patch);
	size_t i;

	if (set && set->objects.count == 1)
		return set->objects.items[0];
	(void)!overlay_fail(
		run, &patch->root->origin,
		overlay_text(run,
			     "%s for Id %s; failed to find unique target for "
			     "patch %s",
			     set ? "multiple matches" : "no matches", text,
			     text),
		set ? "several resources are or were called %s \"%s\", so the "
		      "patch could be for any"
		    : "there is no %s \"%s\" for this patch",
		patch->kind, patch->name);
	if (!set)
		hint_error(run, hint_for(acc, patch->kind, patch->name));
	for (i = 0; set && i < set->objects.count; i++)
		diag_note(run->diags, &set->objects.items[i]->root->origin,
			  "one of them");
	return NULL;
}

static void pair_up(struct overlay_run *run, struct value *metadata,
		    const char *field)
{
	struct value_entry *own = value_entry(metadata, field, strlen(field));

	if (own && !value_is_null(own->value))
		own->value = node_paired(run->arena, own->value);
}

/* They are rewritten as strings, and left out when there are none. */
static void stringify(struct overlay_run *run, struct value *metadata,
		      const char *field)
{
	struct value_entry *entry;
	struct value *map;

	pair_up(run, metadata, field);
	map = value_get(metadata, field);
	if (map && !value_count(map) &&
	    (value_is_map(map) || value_is_null(map)))
		value_remove(metadata, field, strlen(field));
	value_foreach (entry, map) {
		const char *text = node_text(run->arena, entry->value);
		size_t len = entry->value->kind == VALUE_STRING
				     ? entry->value->len
				     : strlen(text);

		entry->kind = node_key_kind(entry->key, entry->len);
		/* With all that wrote it before: nothing is added to that. */
		entry->value = node_scalar(run->arena, &entry->value->origin,
					   text, len, NODE_STRING);
		node_quote(run->arena, entry->value);
	}
}

/*
 * To kustomize no name is the way to set a scalar: labels with such a key are
 * lost, and annotations are not looked at; so are annotations.
 */
static void stringify_pairs(struct overlay_run *run, struct value *metadata,
			    const struct patch_options *options)
{
	static const char *const fields[] = { "labels", "annotations" };
	struct value *map;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		map = value_get(metadata, fields[i]);
		stringify(run, metadata, fields[i]);
		/* Beside such a key the options cannot be noted. */
		if (!value_entry(map, "", 0) ||
		    (i && (options->name_change || options->kind_change)))
			continue;
		value_set(run->arena, metadata, fields[i],
			  value_new_map(run->arena, &map->origin));
		return;
	}
}

/* A patch that names its object has not written the name. */
static void keep_writer(struct value *value)
{
	const struct origin *prev = origin_prev(&value->origin);

	value->tag = VALUE_TAG_NONE;
	if (value->origin.step == ORIGIN_REPLACED && prev)
		value->origin = *prev;
}

/* It is written anew whatever it was, and has lost its type by that. */
static void restore(struct overlay_run *run, struct value *map, const char *key,
		    const char *text, const struct origin *by)
{
	/* A list may have no name, and then gets an empty one. */
	bool named = strcmp(key, "name") == 0;
	struct value_entry *entry = value_entry(map, key, strlen(key));

	if (!value_is_map(map))
		return;
	if (!*text && !named)
		value_remove(map, key, strlen(key));
	else if (!entry)
		node_set_new(run->arena, map, key,
			     node_scalar(run->arena, by, text, strlen(text),
					 NODE_UNTYPED));
	else if (!value_is_string(entry->value) ||
		 strcmp(entry->value->string, text) != 0)
		node_write(run->arena, &entry->value, by, text, NODE_UNTYPED);
	else
		keep_writer(entry->value);
}

/* Kind, name and namespace are not a patch's to change, unless allowed. */
static void restore_identity(struct overlay_run *run, struct object *object,
			     const struct object *patch,
			     const struct patch_options *options)
{
	const struct origin *by = &patch->root->origin;
	struct value *metadata;

	if (!options->name_change || *object->name_space)
		(void)node_member_map(run->arena, object->root, "metadata", by);
	metadata = value_get(object->root, "metadata");
	if (!options->kind_change)
		restore(run, object->root, "kind", object->kind, by);
	if (!options->name_change)
		restore(run, metadata, "name", object->name, by);
	restore(run, metadata, "namespace", object->name_space, by);
}

/* No version of the object's is one of the patch's: it comes out as null. */
static void take_api_version(struct overlay_run *run, struct value *patch,
			     const struct object *object,
			     const struct origin *by)
{
	struct value_entry *entry = value_entry(patch, "apiVersion", 10);

	if (entry)
		node_write(run->arena, &entry->value, by, object->api_version,
			   NODE_UNTYPED);
	else
		node_set_new(run->arena, patch, "apiVersion",
			     node_scalar(run->arena, by, object->api_version,
					 strlen(object->api_version),
					 NODE_UNTYPED));
}

bool patch_merge(struct overlay_run *run, struct object *object,
		 const struct object *patch,
		 const struct patch_options *options)
{
	struct value *copy = value_copy_deep(run->arena, patch->root);
	struct value *metadata = value_get(copy, "metadata"), *root;
	struct schema schema = schema_of_kind(run, object->group,
					      object->version, object->kind);
	struct merge_track track = { .object = object };
	bool merged;

	resource_of(object)->rewritten = true;

	/* An unknown kind is merged as what the patch says it is. */
	if (!schema.type && !schema.node)
		schema = schema_of_kind(run, object->group, object->version,
					patch->kind);
	node_places_lent(run, object, copy, patch->root, options);
	if (options->strings) {
		take_api_version(run, copy, object, &patch->root->origin);
		stringify_pairs(run, metadata, options);
	}
	if (options->name_change || options->kind_change) {
		/* The options are annotations to kustomize: all are rewritten.
		 */
		stringify(run, metadata, "annotations");
		resource_remember(run, object);
	}
	root = object->root;
	if (!object->known && !schema.type && (!schema.node || schema.crd))
		run->track = &track;
	merged = merge_patch(run, &object->root, copy, &schema);
	run->track = NULL;
	if (!merged)
		return false;
	/* A replaced root is lost: kustomize looks at the old one only. */
	if (object->root && object->root->map != root->map)
		object->root = root;
	if (!object->root || !value_count(object->root)) {
		resource_of(object)->dropped = true;
		return true;
	}
	restore_identity(run, object, patch, options);
	resource_of(object)->kind_freed |= options->kind_change;
	resource_of(object)->name_freed |= options->name_change;
	node_places_merged(run, object, options);
	resource_refresh(run, object);
	return true;
}

bool patch_keep_annotations(struct overlay_run *run, struct object *object,
			    bool strict)
{
	struct value *metadata = value_get(object->root, "metadata");
	const struct value *old = value_get(metadata, "annotations");
	struct value *none;

	if (!value_entry(old, "", 0) || (!strict && !object->former_count))
		return true;
	none = value_new_map(run->arena, &old->origin);
	value_set(run->arena, metadata, "annotations", none);
	return !strict ||
	       overlay_fail(run, &old->origin,
			    node_wrong_kind(run->arena, none, "ScalarNode"),
			    "an annotation with an empty key, beside which "
			    "nothing can be written here");
}

/* Whether an operation takes or tests all annotations, maybe with others. */
static bool meets_notes(struct overlay_run *run, const struct value *operations)
{
	static const char *const fields[] = { "path", "from" };
	const struct value *operation;
	size_t i;

	list_foreach (operation, operations) {
		const char *name = node_member(run->arena, operation, "op");

		i = strcmp(name, "copy") == 0 || strcmp(name, "move") == 0;
		if (i || strcmp(name, "test") == 0) {
			const char *at =
				node_member(run->arena, operation, fields[i]);

			if (strcmp(at, "/metadata") == 0 ||
			    strcmp(at, "/metadata/annotations") == 0)
				return true;
		}
	}
	return false;
}

/* Kustomize's notes are annotations, and a patch that copies them sees them. */
static bool operate_on_notes(struct overlay_run *run, struct object *object,
			     const struct value *operations)
{
	struct value *metadata = value_get(object->root, "metadata");
	struct value *map = value_get(metadata, "annotations");
	struct value *notes = resource_annotations(run, object);
	const struct value_entry *entry;

	value_foreach (entry, map)
		value_remove(notes, entry->key, entry->len);
	value_foreach (entry, notes)
		if (value_is_map(map))
			value_setn(run->arena, map, entry->key, entry->len,
				   &entry->origin, entry->value);
	if (!jsonpatch_apply(run, &object->root, operations))
		return false;
	metadata = value_get(object->root, "metadata");
	map = value_get(metadata, "annotations");
	value_foreach (entry, notes)
		if (value_is_map(map))
			value_remove(map, entry->key, entry->len);
	return true;
}

bool patch_operate(struct overlay_run *run, struct object *object,
		   const struct value *operations)
{
	metadata_show(run, object);
	if (!(meets_notes(run, operations)
		      ? operate_on_notes(run, object, operations)
		      : jsonpatch_apply(run, &object->root, operations))) {
		diag_note(run->diags, &object->root->origin,
			  "what is to be patched");
		return false;
	}
	resource_refresh(run, object);
	node_places_printed(run, object);
	resource_of(object)->rewritten = true;
	resource_of(object)->patched = true;
	resource_of(object)->unnamed = !*object->name;
	if (value_is_map(object->root))
		return true;
	return overlay_fail(run, &object->root->origin,
			    "json: cannot unmarshal array into Go value of "
			    "type map[string]interface {}",
			    "a patch made this something that is no map");
}

void patch_annotations_anew(struct overlay_run *run, struct object *object)
{
	stringify(run, value_get(object->root, "metadata"), "annotations");
	node_places_annotated(run, object);
}
