#include "overlays/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/schema_crd.h"

enum {
	REFERENCES_MAX = 50 /* of definitions that only name another one */
};

/* A custom openapi document: definitions by kind, scopes by kind. */
struct schema_set {
	const struct value *definitions;
	struct table kinds;  /* group/version/kind to a definition */
	struct table scopes; /* group/version/kind to whether namespaced */
};

static const bool is_namespaced = true, is_cluster = false;

static const char *key_of(struct overlay_run *run, const char *group,
			  const char *version, const char *kind)
{
	return overlay_text(run, "%s\n%s\n%s", group, version, kind);
}

static void get_ready(struct overlay_run *run)
{
	struct schema_state *state = &run->schema;

	if (state->ready)
		return;
	state->ready = true;
	if (!run->schemas)
		state->builtin = SCHEMA_UNDER;
	else if (state->builtin == SCHEMA_WANTED)
		state->builtin = SCHEMA_OVER;
}

static bool has_builtin(const struct overlay_run *run)
{
	return run->schema.builtin == SCHEMA_UNDER ||
	       run->schema.builtin == SCHEMA_OVER;
}

/* Definitions name one another as "#/definitions/NAME". */
static const struct value *followed(struct overlay_run *run,
				    const struct value *node)
{
	static const char prefix[] = "#/definitions/";
	int left = REFERENCES_MAX;

	while (node && run->schemas && left--) {
		const char *reference = value_string(value_get(node, "$ref"));

		if (!reference ||
		    strncmp(reference, prefix, sizeof(prefix) - 1) != 0)
			break;
		node = value_get(run->schemas->definitions,
				 reference + sizeof(prefix) - 1);
	}
	return node;
}

/* What a document names and does not hold may be a definition built in. */
static struct schema settled(struct overlay_run *run, const struct value *node,
			     bool crd)
{
	static const char prefix[] = "#/definitions/";
	struct schema schema = { .node = node };
	const char *reference = value_string(value_get(node, "$ref"));

	if (!value_is_map(node))
		schema.node = NULL;
	else if (reference && !followed(run, node) && has_builtin(run) &&
		 strncmp(reference, prefix, sizeof(prefix) - 1) == 0) {
		schema.node = NULL;
		schema.type = schema_definition(reference + sizeof(prefix) - 1);
	}
	schema.crd = crd && schema.node;
	return schema;
}

struct schema schema_of_kind(struct overlay_run *run, const char *group,
			     const char *version, const char *kind)
{
	struct schema schema = { .type = NULL };

	get_ready(run);
	if (run->schemas && run->schema.builtin != SCHEMA_OVER)
		schema.node = table_gets(&run->schemas->kinds,
					 key_of(run, group, version, kind));
	if (!schema.node && has_builtin(run))
		schema.type = schema_builtin(group, version, kind);
	if (!schema.type && run->schemas)
		schema.node = table_gets(&run->schemas->kinds,
					 key_of(run, group, version, kind));
	if (!schema.node && !schema.type) {
		schema.node = schema_crd_find(run, group, version, kind);
		schema.crd = schema.node != NULL;
	}
	return schema;
}

struct schema schema_member(struct overlay_run *run,
			    const struct schema *schema, const char *key)
{
	struct schema member = { .type = NULL };
	const struct schema_field *field;

	if (schema->node) {
		const struct value *node = followed(run, schema->node);
		const struct value *own =
			value_get(value_get(node, "properties"), key);

		if (!own)
			own = value_get(node, "additionalProperties");
		return settled(run, own, schema->crd);
	}
	if (!schema->type)
		return member;
	for (field = schema->type->fields; field->name; field++)
		if (strcmp(field->name, key) == 0) {
			member.field = field;
			member.type = field->key ? NULL : field->type;
			break;
		}
	return member;
}

struct schema schema_element(struct overlay_run *run,
			     const struct schema *schema)
{
	struct schema element = { .type = NULL };

	if (schema->node)
		return settled(run,
			       value_get(followed(run, schema->node), "items"),
			       schema->crd);
	if (schema->field)
		element.type = schema->field->type;
	return element;
}

/* An extension stands beside a reference or behind it. */
static const struct value *extension(struct overlay_run *run,
				     const struct value *node, const char *name)
{
	const struct value *value = value_get(node, name);

	return value ? value : value_get(followed(run, node), name);
}

static enum schema_list custom_list(struct overlay_run *run,
				    const struct schema *schema,
				    const char *keys[SCHEMA_KEYS],
				    size_t *count)
{
	const char *strategy = value_string(
		extension(run, schema->node, "x-kubernetes-patch-strategy"));
	const struct value *list =
		extension(run, schema->node, "x-kubernetes-list-map-keys");
	const char *key = value_string(
		extension(run, schema->node, "x-kubernetes-patch-merge-key"));
	const struct value *item;

	*count = 0;
	if (!strategy || !strstr(strategy, "merge"))
		return SCHEMA_REPLACED;
	list_foreach (item, list)
		if (value_is_string(item) && *count < SCHEMA_KEYS)
			keys[(*count)++] = item->string;
	if (!*count && key && *key)
		keys[(*count)++] = key;
	return *count ? SCHEMA_KEYED : SCHEMA_PRIMITIVE;
}

enum schema_list schema_list(struct overlay_run *run,
			     const struct schema *schema,
			     const char *keys[SCHEMA_KEYS], size_t *count)
{
	const struct schema_field *field = schema->field;

	*count = 0;
	if (schema->crd)
		return schema_crd_list(run, schema->node, keys, count);
	if (schema->node)
		return custom_list(run, schema, keys, count);
	if (!field || !field->key)
		return SCHEMA_REPLACED;
	if (!*field->key)
		return SCHEMA_PRIMITIVE;
	keys[(*count)++] = field->key;
	if (field->second_key)
		keys[(*count)++] = field->second_key;
	return SCHEMA_KEYED;
}

bool schema_scope(struct overlay_run *run, const char *group,
		  const char *version, const char *kind, bool *namespaced)
{
	const bool *scope;

	if (!run->schema.ready && !run->schemas &&
	    run->schema.builtin == SCHEMA_UNREAD)
		run->schema.builtin = SCHEMA_WANTED;
	if (!run->schemas)
		return false;
	get_ready(run);
	scope = table_gets(&run->schemas->scopes,
			   key_of(run, group, version, kind));
	if (scope)
		*namespaced = *scope;
	return scope != NULL;
}

static void index_kinds(struct overlay_run *run, struct schema_set *set)
{
	const struct value_entry *entry;

	value_foreach (entry, set->definitions) {
		const struct value *kinds = value_get(
			entry->value, "x-kubernetes-group-version-kind");
		const struct value *kind;

		list_foreach (kind, kinds)
			table_puts(
				&set->kinds,
				key_of(run,
				       node_member(run->arena, kind, "group"),
				       node_member(run->arena, kind, "version"),
				       node_member(run->arena, kind, "kind")),
				entry->value);
	}
}

/* A kind that can be read below a namespace is namespaced. */
static void index_scopes(struct overlay_run *run, struct schema_set *set,
			 const struct value *paths)
{
	const struct value_entry *entry;

	value_foreach (entry, paths) {
		const struct value *kind =
			value_get(value_get(entry->value, "get"),
				  "x-kubernetes-group-version-kind");
		const bool *scope = strstr(entry->key, "namespaces/{namespace}")
					    ? &is_namespaced
					    : &is_cluster;
		const char *key;

		if (!kind)
			continue;
		key = key_of(run, node_member(run->arena, kind, "group"),
			     node_member(run->arena, kind, "version"),
			     node_member(run->arena, kind, "kind"));
		if (scope == &is_namespaced || !table_gets(&set->scopes, key))
			table_puts(&set->scopes, key, (void *)scope);
	}
}

static bool read_document(struct overlay_run *run, const struct value *path)
{
	struct schema_set *set = arena_zalloc(run->arena, sizeof(*set));
	const struct value *document;

	if (!load_document(run, path, false, &document))
		return false;
	set->definitions = value_get(document, "definitions");
	table_init(&set->kinds, run->arena);
	table_init(&set->scopes, run->arena);
	index_kinds(run, set);
	index_scopes(run, set, value_get(document, "paths"));
	run->schemas = set;
	return true;
}

bool schema_use(struct overlay_run *run)
{
	const struct value *field = value_get(run->layer->fields, "openapi");
	const struct value *path = value_get(field, "path");
	const struct value *version = value_get(field, "version");

	if (!path && !version)
		return true;
	if (path && version)
		return overlay_fail(run, &field->origin,
				    "builtin version and custom schema "
				    "provided, cannot use both",
				    "openapi has both a path and a version; "
				    "one of them is needed");
	if (version && !value_equals_string(version, "v1.21.2"))
		return overlay_fail(run, &version->origin,
				    "the specified OpenAPI version is not "
				    "built in",
				    "openapi version \"%s\" is not built in; "
				    "v1.21.2 is",
				    value_string_or(version, ""));
	/* The root's setting wins; a base's counts if there is none yet. */
	if (run->schema_set)
		return true;
	run->schema_set = true;
	run->schema.ready = false;
	return !path || read_document(run, path);
}
