#include "lints/schema/store.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"
#include "lints/schema/fields.h"
#include "lints/schema/node.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

/* All definitions of a kind, in the order they were added. */
struct defined {
	VEC(struct schema_definition *) definitions;
};

struct lint_schemas {
	struct arena *arena;
	struct table defined; /* group and kind to struct defined */
	struct table known;   /* with the version, to a built-in node */
	struct table needed;  /* group and kind of objects seen */
	struct custom_nodes made;
};

static const char *key_of(struct arena *arena, const char *group,
			  const char *kind, const char *version)
{
	struct str key;

	str_init(&key, arena);
	str_puts(&key, group);
	str_putc(&key, '/');
	str_puts(&key, kind);
	str_putc(&key, '/');
	str_puts(&key, version);
	return str_text(&key);
}

struct lint_schemas *lint_schemas_new(struct arena *arena)
{
	struct lint_schemas *schemas = arena_zalloc(arena, sizeof(*schemas));

	schemas->arena = arena;
	table_init(&schemas->defined, arena);
	table_init(&schemas->known, arena);
	table_init(&schemas->needed, arena);
	return schemas;
}

static void read_version(struct schema_version *version,
			 const struct value *item, const struct value *spec)
{
	const struct value *schema = value_at(item, "schema.openAPIV3Schema");

	/* Where versions had none of their own, they share that of the spec. */
	if (!schema)
		schema = value_at(spec, "validation.openAPIV3Schema");
	version->name = value_string_or(value_get(item, "name"), "");
	version->served = !value_is_false(value_get(item, "served"));
	version->deprecated = value_is_true(value_get(item, "deprecated"));
	version->warning = value_string(value_get(item, "deprecationWarning"));
	version->schema = schema;
}

static void read_versions(struct arena *arena,
			  struct schema_definition *definition)
{
	const struct value *spec = value_get(definition->root, "spec"), *item;
	const struct value *list = value_get(spec, "versions");
	const struct value *only = value_get(spec, "version");

	definition->versions = arena_zalloc(
		arena, (value_count(list) + 1) * sizeof(*definition->versions));
	if (!value_is_list(list))
		list = NULL;
	list_foreach (item, list)
		read_version(&definition->versions[definition->count++], item,
			     spec);
	if (definition->count || !value_is_string(only))
		return;
	read_version(definition->versions, NULL, spec);
	definition->versions[0].name = only->string;
	definition->count = 1;
}

/* v1beta1 keeps unknown fields unless it is told not to. */
static bool keeps_unknown(const struct value *root)
{
	const struct value *flag = value_at(root, "spec.preserveUnknownFields");

	return value_is_true(flag) ||
	       (!flag && value_equals_string(value_get(root, "apiVersion"),
					     "apiextensions.k8s.io/v1beta1"));
}

static bool is_definition(const struct value *root)
{
	const char *api = value_string_or(value_get(root, "apiVersion"), "");

	return strncmp(api, "apiextensions.k8s.io/", 21) == 0 &&
	       value_equals_string(value_get(root, "kind"),
				   "CustomResourceDefinition");
}

void schema_definition_read(struct arena *arena, const struct value *root,
			    struct schema_definition *definition)
{
	const struct value *spec = value_get(root, "spec");

	memset(definition, 0, sizeof(*definition));
	definition->root = root;
	definition->group = value_string_or(value_get(spec, "group"), "");
	definition->kind = value_string_or(value_at(spec, "names.kind"), "");
	definition->scope =
		value_string_or(value_get(spec, "scope"), "Namespaced");
	definition->open = keeps_unknown(root);
	read_versions(arena, definition);
}

/* The same once more, as other environments have it, is made once. */
static bool is_there(const struct defined *defined, const struct bundle *bundle,
		     const struct value *root)
{
	size_t i;

	for (i = 0; i < defined->definitions.count; i++) {
		const struct schema_definition *other =
			defined->definitions.items[i];

		if (other->bundle == bundle ||
		    (!i && value_equals(value_get(other->root, "spec"),
					value_get(root, "spec"))))
			return true;
	}
	return false;
}

static void add(struct lint_schemas *schemas, const struct bundle *bundle,
		const struct value *root)
{
	const struct value *spec = value_get(root, "spec");
	const char *group = value_string_or(value_get(spec, "group"), "");
	const char *kind = value_string_or(value_at(spec, "names.kind"), "");
	const char *key = key_of(schemas->arena, group, kind, "");
	struct defined *defined = table_gets(&schemas->defined, key);
	struct schema_definition *definition;

	if (!*group || !*kind)
		return;
	if (!defined) {
		defined = arena_zalloc(schemas->arena, sizeof(*defined));
		table_puts(&schemas->defined, key, defined);
	}
	if (is_there(defined, bundle, root))
		return;
	definition = arena_alloc(schemas->arena, sizeof(*definition));
	schema_definition_read(schemas->arena, root, definition);
	definition->bundle = bundle;
	vec_push(schemas->arena, &defined->definitions, definition);
}

void lint_schemas_add(struct lint_schemas *schemas, const struct value *root)
{
	const struct value *item;

	if (is_definition(root))
		add(schemas, NULL, root);
	list_foreach (item, value_get(root, "items"))
		if (is_definition(item))
			add(schemas, NULL, item);
}

void lint_schemas_add_bundle(struct lint_schemas *schemas,
			     const struct bundle *bundle)
{
	const struct object *object;

	bundle_foreach (object, bundle)
		if (is_definition(object->root))
			add(schemas, bundle, object->root);
}

static void make(struct lint_schemas *schemas,
		 struct schema_definition *definition)
{
	size_t i;

	for (i = 0; i < definition->count && !definition->used; i++) {
		struct schema_version *version = &definition->versions[i];

		version->node =
			schema_of_crd(schemas->arena, version->schema,
				      definition->open, &version->rules);
	}
	definition->used = true;
}

static void need(struct lint_schemas *schemas, const char *group,
		 const char *version, const char *kind)
{
	const char *key = key_of(schemas->arena, group, kind, version);
	const struct defined *defined;
	const struct custom_row *row;
	size_t i;

	if (table_find(&schemas->known, key, strlen(key)))
		return;
	row = custom_row_find(group, version, kind);
	table_puts(&schemas->known, key,
		   row ? (void *)custom_row_schema(schemas->arena,
						   &schemas->made, row)
		       : NULL);
	defined = table_gets(&schemas->defined,
			     key_of(schemas->arena, group, kind, ""));
	for (i = 0; defined && i < defined->definitions.count; i++)
		make(schemas, defined->definitions.items[i]);
}

/* Whole objects inside of others, wherever they stand. */
static void need_embedded(struct lint_schemas *schemas,
			  const struct value *value, unsigned depth)
{
	enum {
		DEPTH_MAX = 30
	};
	const struct value_entry *entry;
	const struct value *item;
	struct object *object;

	if (depth > DEPTH_MAX)
		return;
	if (value_is_map(value) && value_get(value, "apiVersion") &&
	    value_get(value, "kind")) {
		object = object_new(schemas->arena, (struct value *)value);
		if (!schema_kind_find(object->group, object->version,
				      object->kind))
			need(schemas, object->group, object->version,
			     object->kind);
	}
	value_foreach (entry, value)
		need_embedded(schemas, entry->value, depth + 1);
	list_foreach (item, value)
		need_embedded(schemas, item, depth + 1);
}

void lint_schemas_need(struct lint_schemas *schemas,
		       const struct bundle *bundle)
{
	const struct object *object;

	bundle_foreach (object, bundle)
		if (!schema_kind_find(object->group, object->version,
				      object->kind))
			need_embedded(schemas, object->root, 0);
}

const struct schema_definition *
lint_schemas_definition(const struct lint_schemas *schemas,
			const struct bundle *bundle, const char *group,
			const char *kind)
{
	const struct schema_definition *best = NULL;
	const struct defined *defined;
	size_t i;

	defined = table_gets(&schemas->defined,
			     key_of(bundle->arena, group, kind, ""));
	for (i = 0; defined && i < defined->definitions.count; i++) {
		const struct schema_definition *other =
			defined->definitions.items[i];

		if (other->bundle == bundle)
			return other;
		if (!best || (best->bundle && !other->bundle))
			best = other;
	}
	return best;
}

const struct schema_version *
schema_version_find(const struct schema_definition *definition,
		    const char *version)
{
	size_t i;

	for (i = 0; i < definition->count; i++)
		if (strcmp(definition->versions[i].name, version) == 0)
			return &definition->versions[i];
	return NULL;
}

const struct schema_node *lint_schemas_find(const struct lint_schemas *schemas,
					    const struct bundle *bundle,
					    const struct object *object)
{
	const struct schema_definition *definition = lint_schemas_definition(
		schemas, bundle, object->group, object->kind);
	const struct schema_version *version;

	if (!definition)
		return table_gets(&schemas->known,
				  key_of(bundle->arena, object->group,
					 object->kind, object->version));
	version = schema_version_find(definition, object->version);
	return version ? version->node : NULL;
}

size_t lint_schemas_rules(const struct lint_schemas *schemas,
			  const struct bundle *bundle)
{
	const struct object *object;
	struct table seen;
	size_t count = 0;

	table_init(&seen, bundle->arena);
	bundle_foreach (object, bundle) {
		const struct schema_definition *definition;
		const struct schema_version *version;
		const char *key;

		if (object->known)
			continue;
		definition = lint_schemas_definition(
			schemas, bundle, object->group, object->kind);
		version = definition ? schema_version_find(definition,
							   object->version)
				     : NULL;
		key = key_of(bundle->arena, object->group, object->kind,
			     object->version);
		if (version && !table_puts(&seen, key, (void *)version))
			count += version->rules;
	}
	return count;
}
