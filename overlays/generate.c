#include "overlays/generate.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "overlays/accumulator.h"
#include "overlays/hint.h"
#include "overlays/layer.h"
#include "overlays/marshal.h"
#include "overlays/metadata.h"
#include "overlays/node.h"
#include "overlays/node_places.h"
#include "overlays/pairs_source.h"
#include "overlays/patch.h"
#include "overlays/plugin.h"
#include "overlays/resource.h"
#include "overlays/run.h"

static const struct generator *const generators[] = {
#define GENERATOR(x) &generator_##x,
#include "overlays/generators.def"
#undef GENERATOR
	NULL
};

const struct generator *generator_of_kind(const char *kind)
{
	size_t i;

	for (i = 0; generators[i]; i++)
		if (strcmp(generators[i]->kind, kind) == 0)
			return generators[i];
	return NULL;
}

/* An id as Go's %#v prints it. */
static const char *go_id(struct overlay_run *run, const struct object *object)
{
	return overlay_text(run,
			    "id resid.ResId{Gvk:resid.Gvk{Group:\"%s\", "
			    "Version:\"%s\", Kind:\"%s\", "
			    "isClusterScoped:%s}, Name:\"%s\", "
			    "Namespace:\"%s\"}",
			    object->group, object->version, object->kind,
			    resource_of(object)->cluster ? "true" : "false",
			    object->name, object->name_space);
}

static bool conflicts(struct overlay_run *run, struct object *object,
		      const struct object *old)
{
	enum generator_behavior behavior = resource_of(object)->behavior;
	const char *native;

	if (run->options->compat == OVERLAY_5_5)
		native = overlay_text(run,
				      "%s exists; behavior must be merge or "
				      "replace",
				      go_id(run, object));
	else
		native = overlay_text(
			run,
			"%s exists; can not use behavior: '%s', behavior "
			"must be merge or replace",
			go_id(run, object),
			behavior == BEHAVIOR_CREATE ? "create" : "unspecified");
	(void)!overlay_fail(run, &object->root->origin, native,
			    "%s \"%s\" is there already; its behavior must be "
			    "merge or replace",
			    object->kind, object->name);
	diag_note(run->diags, &old->root->origin, "the one that is there");
	return false;
}

static void put_all(struct overlay_run *run, struct value *map,
		    const struct value *from, bool data)
{
	const struct value_entry *entry;

	value_foreach (entry, from) {
		const struct value *old = entry->value;
		const char *text = data && old->kind == VALUE_NULL
					   ? ""
					   : node_text(run->arena, old);
		size_t len =
			old->kind == VALUE_STRING ? old->len : strlen(text);
		struct value *next = node_scalar(run->arena, &old->origin, text,
						 len, NODE_STRING);
		struct value_entry *own =
			value_entry(map, entry->key, entry->len);

		next->origin = origin_after(run->arena, &old->origin,
					    ORIGIN_TOOK, &old->origin);
		if (own)
			next = value_replace(run->arena, own->value, next);
		node_set_text(run->arena, map, entry->key, next);
	}
}

/* What a Secret spells out is encoded when it is merged. */
static void put_encoded(struct overlay_run *run, struct value *map,
			const struct value *from)
{
	const struct value_entry *entry;

	value_foreach (entry, from) {
		/* Also where a replacement has put a text over a null. */
		bool null = node_was_null(entry->value);
		const char *text =
			null ? "" : node_text(run->arena, entry->value);
		bool string = !null && entry->value->kind == VALUE_STRING;
		const struct source_pair pair = { entry->key, text,
						  string ? entry->value->len
							 : strlen(text),
						  entry->value->origin };

		node_set_new(run->arena, map, entry->key,
			     source_base64(run, &pair));
	}
}

/*
 * Values of a map as strings, the new ones above the old ones.  False: a key
 * is empty.  To kustomize no name is the way to set a scalar: of labels or
 * annotations it then sets none, and with data it stops.
 */
static bool unite(struct overlay_run *run, struct value *new,
		  const struct value *old, const char *field)
{
	const struct value *under = value_get(old, field);
	const struct value *over = value_get(new, field);
	bool data =
		strcmp(field, "data") == 0 || strcmp(field, "binaryData") == 0;
	const struct value *spelled = strcmp(field, "data") == 0
					      ? value_get(old, "stringData")
					      : NULL;
	struct value *map = value_new_map(run->arena, &new->origin);

	map->style = VALUE_STYLE_BLOCK;
	put_all(run, map, under, data);
	if (value_equals_string(value_get(old, "kind"), "Secret") &&
	    run->options->compat == OVERLAY_5_8_2)
		put_encoded(run, map, spelled);
	put_all(run, map, over, data);
	if (value_entry(map, "", 0)) {
		map = value_new_map(run->arena, &new->origin);
		map->style = VALUE_STYLE_BLOCK;
		value_set(run->arena, new, field, map);
		return false;
	}
	if (value_count(map))
		value_set(run->arena, new, field, map);
	else
		value_remove(new, field, strlen(field));
	return true;
}

static void take_name(struct overlay_run *run, struct value *new,
		      const struct value *old, const char *field)
{
	const struct value *value = value_get(old, field);
	const struct value *own = value_get(new, field);
	const char *text = node_member(run->arena, old, field);
	struct value *name;

	if (!*text && strcmp(field, "name") != 0) {
		value_remove(new, field, strlen(field));
		return;
	}
	/* Set anew it has no type; what is quoted then was quoted before. */
	name = node_scalar(run->arena, value ? &value->origin : &old->origin,
			   text, strlen(text), NODE_UNTYPED);
	if (!own) {
		node_set_new(run->arena, new, field, name);
		return;
	}
	name->style = own->style;
	value_set(run->arena, new, field, name);
}

/* Name, namespace, labels, annotations and past of what was there. */
static void take_metadata(struct overlay_run *run, struct object *object,
			  const struct object *old)
{
	struct resource *new_resource = resource_of(object);
	const struct resource *resource = resource_of(old);
	struct value *metadata = value_get(object->root, "metadata");
	const struct value *former = value_get(old->root, "metadata");

	if (unite(run, metadata, former, "labels")) {
		(void)unite(run, metadata, former, "annotations");
		new_resource->needs_hash =
			new_resource->needs_hash && resource->needs_hash;
		/* Kustomize's notes are those of what was there. */
		if (!resource->generated_by)
			new_resource->generated_by = NULL;
	}
	take_name(run, metadata, former, "name");
	take_name(run, metadata, former, "namespace");
	new_resource->prefixes = resource->prefixes;
	new_resource->suffixes = resource->suffixes;
	object->former = old->former;
	object->former_count = old->former_count;
	object->former_room = old->former_room;
	resource_refresh(run, object);
}

static bool unite_data(struct overlay_run *run, struct object *object,
		       const struct object *old, const char *field)
{
	const struct value *map = value_get(old->root, field);

	if (unite(run, object->root, old->root, field))
		return true;
	/* What is around this kustomize leaves out: it ends there and then. */
	run->natives.count = 0;
	return overlay_fail(run, &map->origin,
			    node_wrong_kind(run->arena,
					    value_get(object->root, field),
					    "ScalarNode"),
			    "an empty key in %s, which nothing can be merged "
			    "into",
			    field);
}

/* It is looked for once more, now by what the one that is there is today. */
static bool finds_itself(struct overlay_run *run, struct accumulator *acc,
			 struct object *object, const struct object *old)
{
	const struct resource_id id = { object->group, object->version,
					object->kind, object->name,
					object->name_space };
	const struct object_set *set;
	const char *native = "unexpected target index in replacement";

	if (strcmp(resource_key(run, object), resource_key(run, old)) == 0)
		return true;
	set = accumulator_current(acc, &id);
	if (!set)
		native = overlay_text(run,
				      "cannot find resource with id %s to "
				      "replace",
				      resource_text(run, object));
	(void)!overlay_fail(run, &object->root->origin, native,
			    "%s \"%s\" cannot be merged into or replaced, "
			    "since it is something else by now",
			    object->kind, object->name);
	diag_note(run->diags, &old->root->origin, "what it is now");
	return false;
}

/* A patch may have left none; then kustomize leaves out what is around it. */
static bool has_name(struct overlay_run *run, const struct object *old)
{
	if (!resource_of(old)->unnamed || *old->name)
		return true;
	run->natives.count = 0;
	return stream_validate(run, resource_annotated(run, old));
}

static bool is_spelled(struct overlay_run *run, const struct object *old,
		       const struct value *spelled)
{
	const struct value_entry *entry;

	if (!value_is_map(spelled))
		return overlay_fail(
			run, &spelled->origin,
			overlay_text(run, "read stringData: %s",
				     node_wrong_kind(run->arena, spelled,
						     "MappingNode")),
			"stringData of %s \"%s\" has to be a map", old->kind,
			old->name);
	value_foreach (entry, spelled)
		if (!node_is_scalar(entry->value))
			return overlay_fail(
				run, &entry->value->origin,
				overlay_text(run,
					     "read stringData: stringData "
					     "value for key \"%s\" must be a "
					     "scalar",
					     entry->key),
				"%s in stringData of %s \"%s\" has to be a "
				"text",
				diag_quote(run->arena, entry->key, entry->len),
				old->kind, old->name);
	return true;
}

/* Since 5.8.2 what a Secret spells out is looked at before it is encoded. */
static bool check_spelled(struct overlay_run *run, const struct object *old)
{
	const struct value *spelled = value_get(old->root, "stringData");

	if (node_was_null(spelled) || strcmp(old->kind, "Secret") != 0 ||
	    run->options->compat != OVERLAY_5_8_2)
		return true;
	native_push(run,
		    overlay_text(run, "failed to normalize stringData for %s: ",
				 resource_text(run, old)),
		    "");
	if (!is_spelled(run, old, spelled))
		return false;
	native_pop(run);
	return true;
}

static bool merge(struct overlay_run *run, struct accumulator *acc,
		  struct object *object, struct object *old)
{
	enum generator_behavior behavior = resource_of(object)->behavior;

	if (behavior != BEHAVIOR_MERGE && behavior != BEHAVIOR_REPLACE)
		return conflicts(run, object, old);
	if (!has_name(run, old) ||
	    (behavior == BEHAVIOR_MERGE && !check_spelled(run, old)))
		return false;
	take_metadata(run, object, old);
	if (behavior == BEHAVIOR_MERGE) {
		if (!unite_data(run, object, old, "data") ||
		    !unite_data(run, object, old, "binaryData"))
			return false;
		resource_of(object)->origin = resource_of(old)->origin;
	}
	if (!finds_itself(run, acc, object, old))
		return false;
	resource_of(object)->transformations =
		resource_of(old)->transformations;
	resource_of(object)->behavior = resource_of(old)->behavior;
	node_places_annotated(run, object);
	resource_of(old)->successor = object;
	object->index = old->index;
	acc->objects.items[old->index] = object;
	accumulator_changed(acc);
	return true;
}

static bool nothing_to_merge(struct overlay_run *run, struct accumulator *acc,
			     const struct object *object)
{
	(void)!overlay_fail(run, &object->root->origin,
			    overlay_text(run,
					 "%s does not exist; cannot merge or "
					 "replace",
					 go_id(run, object)),
			    "there is no %s \"%s\" to merge into or to replace",
			    object->kind, object->name);
	hint_error(run, hint_for(acc, object->kind, object->name));
	return false;
}

bool generate_absorb(struct overlay_run *run, struct accumulator *acc,
		     struct object *object)
{
	enum generator_behavior behavior = resource_of(object)->behavior;
	const struct resource_id id = { object->group, object->version,
					object->kind, object->name,
					object->name_space };
	const struct object_set *same = accumulator_any(acc, &id);

	node_places_annotated(run, object);
	if (same && same->objects.count > 1)
		return overlay_fail(run, &object->root->origin,
				    overlay_text(run,
						 "found multiple objects that "
						 "could accept merge of %s",
						 resource_text(run, object)),
				    "several objects are or were called %s "
				    "\"%s\"",
				    object->kind, object->name);
	if (same)
		return merge(run, acc, object, same->objects.items[0]);
	if (behavior == BEHAVIOR_MERGE || behavior == BEHAVIOR_REPLACE)
		return nothing_to_merge(run, acc, object);
	return accumulator_append(acc, object);
}

static bool absorb(struct overlay_run *run, struct accumulator *acc,
		   const struct generator *generator, const struct value *args)
{
	struct stream_objects objects = { 0 };
	size_t i;

	if (!generator->generate(run, args, &objects))
		return false;
	native_push(run, "merging from generator &{0xc000000000 <nil>}: ", "");
	for (i = 0; i < objects.count; i++) {
		metadata_generated(run, objects.items[i], generator->kind, args,
				   NULL);
		if (!generate_absorb(run, acc, objects.items[i]))
			return false;
	}
	native_pop(run);
	return true;
}

/* What the kustomization asks of it; NULL: nothing, or it has no field. */
static const struct value *asked(const struct overlay_run *run,
				 const struct generator *generator)
{
	return generator->field
		       ? value_get(run->layer->fields, generator->field)
		       : NULL;
}

static bool check(struct overlay_run *run, const struct generator *generator,
		  const struct value *args)
{
	bool fine;

	if (!generator->check)
		return true;
	patch_push_config(run, generator->kind, generator->shown(run, args));
	fine = generator->check(run, args);
	native_pop(run);
	return fine;
}

bool generate_all(struct overlay_run *run, struct accumulator *acc)
{
	struct stream_objects configs = { 0 };
	const struct value *args;
	size_t i;

	for (i = 0; generators[i]; i++)
		list_foreach (args, asked(run, generators[i]))
			if (!check(run, generators[i], args))
				return false;
	if (!plugin_generators_load(run, &configs))
		return false;
	for (i = 0; generators[i]; i++)
		list_foreach (args, asked(run, generators[i]))
			if (!marshal_hop(run, generators[i]->kind, &args) ||
			    !absorb(run, acc, generators[i], args))
				return false;
	return plugin_generators_run(run, acc, &configs);
}
