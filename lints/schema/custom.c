/*
 * Custom resources against their schemas (lints/schema/node.h): one walk, in
 * which parts that are Kubernetes' own go on with its definitions.
 */
#include "lints/schema/walk.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "lints/schema/bounds.h"
#include "lints/schema/node.h"
#include "lints/schema/search.h"
#include "model/object.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 200
};

/* The fields that every whole object has. */
static const struct schema_def *metadata_definition(void)
{
	const struct schema_kind *kind =
		schema_kind_find("", "v1", "Namespace");
	const struct schema_field *rows;
	size_t count;

	rows = schema_field_find(&schema_defs[kind->def], "metadata", &count);
	return schema_def_of(&schema_types[rows[0].type]);
}

static void visit_metadata(struct schema_walk *walk, struct schema_at *at)
{
	at->def = metadata_definition();
	schema_fields_of(walk, at);
}

/* True: the key is one that whole objects have. */
static bool is_common(struct schema_walk *walk, struct schema_at *child)
{
	const char *key = child->entry->key;

	if (strcmp(key, "metadata") == 0) {
		if (!value_is_null(child->value))
			visit_metadata(walk, child);
		return true;
	}
	/* What a controller writes is ignored when it is applied. */
	return strcmp(key, "apiVersion") == 0 || strcmp(key, "kind") == 0 ||
	       (!child->up->up && strcmp(key, "status") == 0);
}

static void visit_field(struct schema_walk *walk, struct schema_at *child,
			const struct schema_node *node)
{
	const struct schema_member *member =
		schema_member_find(node, child->entry->key);

	if (node->whole && is_common(walk, child))
		return;
	if (member)
		schema_custom(walk, child, member->node);
	else if (node->of)
		schema_custom(walk, child, node->of);
	/* Go's types print a time of creation that nobody gave. */
	else if (!node->open &&
		 (!value_is_null(child->value) ||
		  strcmp(child->entry->key, "creationTimestamp") != 0))
		schema_custom_unknown(walk, child->up, child->entry);
}

/* "Certificate 'web'", "spec.issuerRef" */
static const char *called(const struct schema_walk *walk,
			  const struct schema_at *at)
{
	if (at->up)
		return schema_path(walk, at);
	return arena_printf(walk->run->arena, "%s '%s'", walk->object->kind,
			    walk->object->name);
}

static struct schema_at below(const struct schema_at *at,
			      const struct value_entry *entry)
{
	return (struct schema_at){
		.up = at,
		.value = entry->value,
		.entry = entry,
		.depth = at->depth + 1,
	};
}

/* What an object within another cannot do without. */
static void check_identity(struct schema_walk *walk, struct schema_at *at)
{
	static const struct schema_type text = { .shape = SCHEMA_STRING };
	static const char *const wanted[] = { "apiVersion", "kind" };
	const struct value_entry *entry;
	struct schema_at child;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(wanted); i++) {
		entry = value_entry(at->value, wanted[i], strlen(wanted[i]));
		if (!entry || value_is_null(entry->value)) {
			schema_lacks(walk, at, called(walk, at), wanted[i]);
		} else if (!schema_is_placeholder(entry->value)) {
			child = below(at, entry);
			(void)schema_scalar(walk, &child, &text);
		}
	}
}

static void visit_object(struct schema_walk *walk, struct schema_at *at,
			 const struct schema_node *node)
{
	const struct value_entry *entry;
	size_t i;

	value_foreach (entry, at->value) {
		struct schema_at child = below(at, entry);

		visit_field(walk, &child, node);
	}
	if (node->whole && at->up)
		check_identity(walk, at);
	for (i = 0; i < node->count; i++) {
		const struct schema_member *member = &node->members[i];
		const struct value *value = value_get(at->value, member->name);

		if (member->required && value_is_null(value) &&
		    !(value && member->node->nullable) &&
		    !schema_is_hinted(walk, member->name))
			schema_lacks(walk, at, called(walk, at), member->name);
	}
}

static void visit_list(struct schema_walk *walk, struct schema_at *at,
		       const struct schema_node *node)
{
	const struct value *item;

	list_foreach (item, at->value) {
		struct schema_at child = {
			.up = at,
			.value = item,
			.index = item_at,
			.depth = at->depth + 1,
		};

		schema_custom(walk, &child, node->of);
	}
	if (node->items)
		schema_custom_items(walk, at, node);
}

/* The API server takes any whole number here, not only small ones. */
static bool visit_scalar(struct schema_walk *walk, struct schema_at *at,
			 const struct schema_node *node)
{
	const struct schema_type type = { .shape = node->scalar };
	int64_t number;

	if (schema_is_placeholder(at->value))
		return false;
	if (node->scalar == SCHEMA_INT_OR_STRING &&
	    value_as_int(at->value, &number))
		return true;
	return schema_scalar(walk, at, &type);
}

static void visit_resource(struct schema_walk *walk, struct schema_at *at)
{
	struct schema_walk inner = *walk;
	const struct object *object;

	check_identity(walk, at);
	if (!value_is_string(value_get(at->value, "apiVersion")) ||
	    !value_is_string(value_get(at->value, "kind")) ||
	    schema_is_placeholder(value_get(at->value, "kind")))
		return;
	object = object_new(walk->run->arena, (struct value *)at->value);
	inner.custom = false;
	schema_whole(&inner, at, object);
}

/* False: it has another type, and is not looked at any further. */
static bool visit(struct schema_walk *walk, struct schema_at *at,
		  const struct schema_node *node)
{
	switch ((enum schema_node_shape)node->shape) {
	case SCHEMA_NODE_ANY:
		break;
	case SCHEMA_NODE_SCALAR:
		return visit_scalar(walk, at, node);
	case SCHEMA_NODE_LIST:
		if (value_is_list(at->value)) {
			visit_list(walk, at, node);
			break;
		}
		if (!schema_is_placeholder(at->value))
			schema_wrong_type(walk, at, "list");
		return false;
	case SCHEMA_NODE_OBJECT:
		if (value_is_map(at->value)) {
			visit_object(walk, at, node);
			break;
		}
		if (!schema_is_placeholder(at->value) && node->typed)
			schema_wrong_type(walk, at, "map");
		return false;
	case SCHEMA_NODE_CORE:
		at->def = node->core;
		if (!schema_is_placeholder(at->value))
			schema_fields_of(walk, at);
		break;
	case SCHEMA_NODE_RESOURCE:
		if (value_is_map(at->value))
			visit_resource(walk, at);
		break;
	}
	return true;
}

static void check_bounds(struct schema_walk *walk, struct schema_at *at,
			 const struct schema_limits *limits)
{
	struct schema_refusal refusal;

	if (!schema_is_refused(walk->run, limits, at->value, &refusal))
		return;
	/* Another version of the operator may know a word more. */
	walk->soft = walk->known && refusal.unlike;
	if (schema_report(walk, refusal.rule, at, "%s: %s %s",
			  schema_path(walk, at), schema_shown(walk, at),
			  refusal.reason) &&
	    refusal.help)
		lint_help(walk->run, "%s", refusal.help);
	walk->soft = false;
}

static void check_search(struct schema_walk *walk, const struct schema_at *at)
{
	const char *limit = schema_search_limit(walk->run);

	if (limit)
		(void)schema_report(walk, LINT_RULE_schema_invalid, at,
				    "%s: %s", schema_path(walk, at), limit);
}

void schema_custom(struct schema_walk *walk, struct schema_at *at,
		   const struct schema_node *node)
{
	if (value_is_null(at->value) || at->depth > DEPTH_MAX)
		return;
	at->node = node;
	if (!visit(walk, at, node) || !node->limits)
		return;
	check_bounds(walk, at, node->limits);
	if (!schema_searched_enough(walk->run))
		schema_choices(walk, at, node);
	check_search(walk, at);
}
