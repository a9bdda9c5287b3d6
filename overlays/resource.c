#include "overlays/resource.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "model/kinds.h"
#include "overlays/node.h"
#include "overlays/node_places.h"
#include "overlays/run.h"

struct resource *resource_of(const struct object *object)
{
	return object->overlay;
}

static const struct resource_type *
type_of(struct overlay_run *run, const char *api_version, const char *kind)
{
	const char *const parts[] = { api_version, kind };
	const char *key = overlay_join(run, parts, "\n");
	const char *slash = strchr(api_version, '/');
	struct resource_type *type = table_gets(&run->types, key);

	if (type)
		return type;
	type = arena_zalloc(run->arena, sizeof(*type));
	type->key = key;
	type->group = "";
	type->version =
		arena_strdup(run->arena, slash ? slash + 1 : api_version);
	if (slash)
		type->group = arena_strndup(run->arena, api_version,
					    (size_t)(slash - api_version));
	type->known = kinds_find(type->group, kind);
	table_puts(&run->types, key, type);
	return type;
}

static void set_type(struct overlay_run *run, struct object *object,
		     const char *api_version, const char *kind)
{
	struct resource *resource = resource_of(object);

	if (!resource->type || strcmp(object->kind, kind) != 0 ||
	    strcmp(object->api_version, api_version) != 0)
		resource->type = type_of(run, api_version, kind);
	object->api_version = api_version;
	object->kind = kind;
	object->group = resource->type->group;
	object->version = resource->type->version;
	object->known = resource->type->known;
}

void resource_refresh(struct overlay_run *run, struct object *object)
{
	const struct value *root = object->root;
	const struct value *metadata = value_get(root, "metadata");

	/* Unlike elsewhere a name may be written as a number here. */
	set_type(run, object, node_member(run->arena, root, "apiVersion"),
		 node_member(run->arena, root, "kind"));
	object->name = node_member(run->arena, metadata, "name");
	object->name_space = node_member(run->arena, metadata, "namespace");
	resource_of(object)->cluster = scope_is_cluster(
		run, object->group, object->version, object->kind);
}

struct object *resource_new(struct overlay_run *run, struct value *root)
{
	struct object *object = arena_zalloc(run->arena, sizeof(*object));
	struct resource *resource = arena_zalloc(run->arena, sizeof(*resource));

	object->root = root;
	object->overlay = resource;
	resource->object = object;
	resource_refresh(run, object);
	return object;
}

static const char *effective(bool cluster, const char *name_space)
{
	if (cluster)
		return RESOURCE_NO_NAMESPACE;
	return *name_space ? name_space : "default";
}

const char *resource_namespace(const struct object *object)
{
	return effective(resource_of(object)->cluster, object->name_space);
}

void resource_remember(struct overlay_run *run, struct object *object)
{
	/*
	 * Kustomize keeps them in annotations, separated by commas, and none
	 * where a name or a kind is empty.
	 */
	if (!*object->name || !*object->kind || strchr(object->name, ',') ||
	    strchr(object->kind, ',') || strchr(object->name_space, ','))
		run->odd_ids = true;
	/* A second copy of the newest id would say nothing. */
	node_places_noted(run, object);
	object_remember(run->arena, object);
	object->former[object->former_count - 1].name_space =
		resource_namespace(object);
	node_places_noted(run, object);
}

const char *resource_first_name(const struct object *object)
{
	return object->former_count ? object->former[0].name : object->name;
}

const char *resource_first_kind(const struct object *object)
{
	return object->former_count ? object->former[0].kind : object->kind;
}

const char *resource_first_namespace(const struct object *object)
{
	return object->former_count ? object->former[0].name_space
				    : resource_namespace(object);
}

static const char *key_of(struct overlay_run *run, const char *const parts[5])
{
	return overlay_join(run, parts, "\n\n\n\n");
}

const char *resource_key(struct overlay_run *run, const struct object *object)
{
	const char *const parts[] = { object->name, object->kind, object->group,
				      object->version,
				      resource_namespace(object) };

	return key_of(run, parts);
}

const char *resource_former_key(struct overlay_run *run,
				const struct object *object, size_t at)
{
	const struct object_former *former = &object->former[at];
	bool cluster = scope_is_cluster(run, object->group, object->version,
					former->kind);
	const char *const parts[] = { former->name, former->kind, object->group,
				      object->version,
				      effective(cluster, former->name_space) };

	return key_of(run, parts);
}

const char *resource_id_key(struct overlay_run *run,
			    const struct resource_id *id)
{
	bool cluster = scope_is_cluster(run, id->group, id->version, id->kind);
	const char *const parts[] = { id->name, id->kind, id->group,
				      id->version,
				      effective(cluster, id->name_space) };

	return key_of(run, parts);
}

static const char *or_blank(const char *text, const char *blank)
{
	return *text ? text : blank;
}

const char *resource_id_text(struct overlay_run *run,
			     const struct resource_id *id)
{
	return overlay_text(
		run, "%s.%s.%s/%s.%s", or_blank(id->kind, "[noKind]"),
		or_blank(id->version, "[noVer]"),
		or_blank(id->group, "[noGrp]"), or_blank(id->name, "[noName]"),
		or_blank(id->name_space, "[noNs]"));
}

const char *resource_text(struct overlay_run *run, const struct object *object)
{
	const struct resource_id id = { object->group, object->version,
					object->kind, object->name,
					object->name_space };

	return resource_id_text(run, &id);
}

#define INTERNAL "internal.config.kubernetes.io/"

static void annotate(struct overlay_run *run, struct value *annotations,
		     const char *key, const struct str *text)
{
	if (text->len)
		value_set(run->arena, annotations, key,
			  node_scalar(run->arena, NULL, text->text, text->len,
				      NODE_STRING));
}

/* "a,b"; nothing is put where there is nothing. */
static void put_item(struct str *out, const char *text)
{
	if (*text)
		str_printf(out, "%s%s", out->len ? "," : "", text);
}

static void annotate_list(struct overlay_run *run, struct value *annotations,
			  const char *key, const struct resource_texts *texts,
			  bool commas)
{
	struct str text;
	size_t i;

	str_init(&text, run->arena);
	for (i = 0; i < texts->count; i++)
		if (commas)
			put_item(&text, texts->items[i]);
		else
			str_puts(&text, texts->items[i]);
	annotate(run, annotations, key, &text);
}

static void annotate_former(struct overlay_run *run, struct value *annotations,
			    const struct object *object)
{
	struct str kinds, names, spaces;
	size_t i;

	str_init(&kinds, run->arena);
	str_init(&names, run->arena);
	str_init(&spaces, run->arena);
	for (i = 0; i < object->former_count; i++) {
		put_item(&kinds, object->former[i].kind);
		put_item(&names, object->former[i].name);
		put_item(&spaces, object->former[i].name_space);
	}
	annotate(run, annotations, INTERNAL "previousNames", &names);
	annotate(run, annotations, INTERNAL "previousNamespaces", &spaces);
	annotate(run, annotations, INTERNAL "previousKinds", &kinds);
}

/* What kustomize notes of the object, in the order in which it does. */
static void annotate_all(struct overlay_run *run, struct value *annotations,
			 const struct object *object)
{
	const struct resource *resource = resource_of(object);
	struct str origin;

	str_init(&origin, run->arena);
	str_puts(&origin, resource->origin ? resource->origin : "");
	annotate(run, annotations, "config.kubernetes.io/origin", &origin);
	annotate_list(run, annotations,
		      "alpha.config.kubernetes.io/transformations",
		      &resource->transformations, false);
	annotate_list(run, annotations, INTERNAL "prefixes",
		      &resource->prefixes, true);
	annotate_list(run, annotations, INTERNAL "suffixes",
		      &resource->suffixes, true);
	annotate_former(run, annotations, object);
}

struct value *resource_annotated(struct overlay_run *run,
				 const struct object *object)
{
	struct value *root = value_copy_deep(run->arena, object->root);
	const struct resource *resource = resource_of(object);
	struct value *metadata, *annotations = NULL;

	if (!object->former_count && !resource->prefixes.count &&
	    !resource->suffixes.count && !resource->origin)
		return root;
	metadata = node_member_map(run->arena, root, "metadata", NULL);
	if (metadata)
		annotations = node_member_map(run->arena, metadata,
					      "annotations", NULL);
	if (annotations)
		annotate_all(run, annotations, object);
	return root;
}

static void annotate_flag(struct overlay_run *run, struct value *annotations,
			  const char *key, bool flag)
{
	struct str text;

	str_init(&text, run->arena);
	str_puts(&text, flag ? "enabled" : "");
	annotate(run, annotations, key, &text);
}

static void annotate_generated(struct overlay_run *run,
			       struct value *annotations,
			       const struct resource *resource)
{
	static const char *const behaviors[] = {
		[BEHAVIOR_UNSPECIFIED] = "unspecified",
		[BEHAVIOR_CREATE] = "create",
		[BEHAVIOR_REPLACE] = "replace",
		[BEHAVIOR_MERGE] = "merge",
	};
	struct str text;

	str_init(&text, run->arena);
	str_puts(&text, behaviors[resource->behavior]);
	annotate(run, annotations, INTERNAL "generatorBehavior", &text);
	annotate_flag(run, annotations, INTERNAL "needsHashSuffix",
		      resource->needs_hash);
	annotate_flag(run, annotations, INTERNAL "allowKindChange",
		      resource->kind_freed);
	annotate_flag(run, annotations, INTERNAL "allowNameChange",
		      resource->name_freed);
}

struct value *resource_annotations(struct overlay_run *run,
				   const struct object *object)
{
	struct value *map = value_new_map(run->arena, NULL);
	const struct value_entry *entry;

	value_foreach (entry, value_get(value_get(object->root, "metadata"),
					"annotations"))
		value_setn(run->arena, map, entry->key, entry->len,
			   &entry->origin, entry->value);
	if (resource_of(object)->generated_by)
		annotate_generated(run, map, resource_of(object));
	annotate_all(run, map, object);
	return map;
}
