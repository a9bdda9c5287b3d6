/*
 * Schemas from CustomResourceDefinitions.
 *
 * Of a node only what checks need is kept.  Schemas in allOf, anyOf, oneOf and
 * not bound values and make no field known, so that all fields are open there.
 */
#include "lints/schema/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 200
};

struct reading {
	struct arena *arena;
	size_t *rules; /* of CEL, counted */
	bool open;     /* unknown fields are kept everywhere */
};

/* A node, and the schema it is made of. */
struct making {
	struct schema_node *node;
	const struct value *schema;
	bool bounds; /* below allOf and its like */
	unsigned depth;
};

static const struct schema_node *node_of(struct reading *reading,
					 const struct value *schema,
					 bool bounds, unsigned depth);

static double number_of(const struct value *value, bool *found)
{
	*found = true;
	if (value && value->kind == VALUE_FLOAT)
		return value->real;
	if (value && value->kind == VALUE_UINT)
		return (double)value->natural;
	*found = value && value->kind == VALUE_INT;
	return *found ? (double)value->integer : 0;
}

/* A size; what is none leaves it as it is. */
static void read_size(const struct value *schema, const char *key, size_t *size)
{
	int64_t number;

	if (value_as_int(value_get(schema, key), &number) && number >= 0)
		*size = (size_t)number;
}

/* In OpenAPI 3.0 the bound itself is left out by a flag. */
static enum schema_bound read_bound(const struct value *schema, const char *key,
				    const char *open, double *bound)
{
	bool found;

	*bound = number_of(value_get(schema, key), &found);
	if (!found)
		return SCHEMA_BOUND_NONE;
	return value_is_true(value_get(schema, open)) ? SCHEMA_BOUND_OPEN
						      : SCHEMA_BOUND_CLOSED;
}

static void read_choice(struct reading *reading, const struct making *making,
			struct schema_limits *limits, const char *key,
			enum schema_choice_kind kind)
{
	const struct value *list = value_get(making->schema, key), *item;
	struct schema_choice *choice;

	if (value_is_map(list) && kind == SCHEMA_NOT) {
		choice = schema_choice_add(reading->arena, limits, kind, 1);
		choice->nodes[0] =
			node_of(reading, list, true, making->depth + 1);
		return;
	}
	if (!value_count(list) || !value_is_list(list))
		return;
	choice = schema_choice_add(reading->arena, limits, kind,
				   value_count(list));
	list_foreach (item, list)
		choice->nodes[item_at] =
			node_of(reading, item, true, making->depth + 1);
}

static void read_choices(struct reading *reading, const struct making *making,
			 struct schema_limits *limits)
{
	read_choice(reading, making, limits, "allOf", SCHEMA_ALL_OF);
	/* That it is a number or a text is what the node says already. */
	if (making->node->shape != SCHEMA_NODE_SCALAR ||
	    making->node->scalar != SCHEMA_INT_OR_STRING)
		read_choice(reading, making, limits, "anyOf", SCHEMA_ANY_OF);
	read_choice(reading, making, limits, "oneOf", SCHEMA_ONE_OF);
	read_choice(reading, making, limits, "not", SCHEMA_NOT);
}

static bool is_bounded(const struct value *schema)
{
	static const char *const keys[] = {
		"allOf",       "anyOf",     "enum",          "format",
		"maxItems",    "maxLength", "maxProperties", "maximum",
		"minItems",    "minLength", "minProperties", "minimum",
		"multipleOf",  "not",       "oneOf",         "pattern",
		"uniqueItems", NULL
	};
	const char *const *key;

	for (key = keys; *key; key++)
		if (value_get(schema, *key))
			return true;
	return false;
}

static void read_limits(struct reading *reading, const struct making *making)
{
	const struct value *schema = making->schema;
	struct schema_limits *limits;
	bool found;

	if (!is_bounded(schema))
		return;
	limits = schema_limits_new(reading->arena);
	if (value_is_list(value_get(schema, "enum")))
		limits->values = value_get(schema, "enum");
	limits->pattern = value_string(value_get(schema, "pattern"));
	limits->format = value_string(value_get(schema, "format"));
	limits->lower = read_bound(schema, "minimum", "exclusiveMinimum",
				   &limits->least);
	limits->upper = read_bound(schema, "maximum", "exclusiveMaximum",
				   &limits->greatest);
	limits->multiple = number_of(value_get(schema, "multipleOf"), &found);
	read_size(schema, "minLength", &limits->fewest_characters);
	read_size(schema, "maxLength", &limits->most_characters);
	read_size(schema, "minItems", &limits->fewest_items);
	read_size(schema, "maxItems", &limits->most_items);
	read_size(schema, "minProperties", &limits->fewest_fields);
	read_size(schema, "maxProperties", &limits->most_fields);
	limits->differ = value_is_true(value_get(schema, "uniqueItems"));
	read_choices(reading, making, limits);
	making->node->limits = limits;
}

static int by_name(const void *a, const void *b)
{
	const struct schema_member *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/*
 * Mark the fields that are demanded; the server fills in those that have a
 * default first.  What is nowhere described counts where all fields are open.
 */
static void read_demanded(struct reading *reading, const struct making *making,
			  struct schema_member *members)
{
	const struct value *fields = value_get(making->schema, "properties");
	const struct value *word;
	struct schema_node *node = making->node;
	size_t described = node->count;

	list_foreach (word, value_get(making->schema, "required")) {
		const char *name = value_string_or(word, "");
		const struct value *field = value_get(fields, name);
		struct schema_member key = { .name = name };
		struct schema_member *member =
			described ? bsearch(&key, members, described,
					    sizeof(key), by_name)
				  : NULL;

		if (member) {
			member->required =
				value_is_null(value_get(field, "default"));
		} else if (node->open) {
			key.node = &schema_node_any;
			key.required = true;
			key.name = arena_strdup(reading->arena, name);
			members[node->count++] = key;
		}
	}
	if (node->count > described)
		qsort(members, node->count, sizeof(*members), by_name);
}

static void read_object(struct reading *reading, const struct making *making)
{
	const struct value *fields = value_get(making->schema, "properties");
	const struct value *other =
		value_get(making->schema, "additionalProperties");
	struct schema_node *node = making->node;
	size_t i, count = value_is_map(fields) ? value_count(fields) : 0;
	size_t room =
		count + value_count(value_get(making->schema, "required")) + 1;
	struct schema_member *members =
		arena_zalloc(reading->arena, room * sizeof(*members));
	struct value_entry **sorted =
		count ? value_sorted(reading->arena, fields) : NULL;

	for (i = 0; i < count; i++) {
		members[i].name = sorted[i]->key;
		members[i].node = node_of(reading, sorted[i]->value,
					  making->bounds, making->depth + 1);
	}
	node->shape = SCHEMA_NODE_OBJECT;
	node->count = (uint32_t)count;
	node->members = members;
	read_demanded(reading, making, members);
	if (value_is_map(other))
		node->of = node_of(reading, other, making->bounds,
				   making->depth + 1);
	else if (value_is_true(other))
		node->of = &schema_node_any;
}

static void read_list(struct reading *reading, const struct making *making)
{
	const struct value *schema = making->schema, *key;
	const struct value *keys =
		value_get(schema, "x-kubernetes-list-map-keys");
	const struct value *kind = value_get(schema, "x-kubernetes-list-type");
	struct schema_node *node = making->node;
	const char **names = arena_zalloc(
		reading->arena, (value_count(keys) + 1) * sizeof(*names));

	node->shape = SCHEMA_NODE_LIST;
	node->of = node_of(reading, value_get(schema, "items"), making->bounds,
			   making->depth + 1);
	list_foreach (key, keys)
		names[key_at] = value_string_or(key, "");
	node->keys = names;
	if (value_equals_string(kind, "map"))
		node->items = SCHEMA_LIST_MAP;
	else if (value_equals_string(kind, "set"))
		node->items = SCHEMA_LIST_SET;
}

static void read_scalar(const struct making *making, enum schema_shape shape)
{
	making->node->shape = SCHEMA_NODE_SCALAR;
	making->node->scalar = (uint8_t)shape;
}

static void read_shape(struct reading *reading, const struct making *making)
{
	const struct value *schema = making->schema;
	const char *type = value_string_or(value_get(schema, "type"), "");
	bool small = value_equals_string(value_get(schema, "format"), "int32");

	making->node->typed = *type;
	if (value_is_true(value_get(schema, "x-kubernetes-int-or-string")))
		read_scalar(making, SCHEMA_INT_OR_STRING);
	else if (strcmp(type, "string") == 0)
		read_scalar(making, SCHEMA_STRING);
	else if (strcmp(type, "boolean") == 0)
		read_scalar(making, SCHEMA_BOOL);
	else if (strcmp(type, "number") == 0)
		read_scalar(making, SCHEMA_DOUBLE);
	else if (strcmp(type, "integer") == 0)
		read_scalar(making, small ? SCHEMA_INT32 : SCHEMA_INT64);
	else if (strcmp(type, "array") == 0)
		read_list(reading, making);
	else if (strcmp(type, "object") == 0 || making->node->whole ||
		 value_get(schema, "properties") ||
		 value_get(schema, "required"))
		read_object(reading, making);
}

static const struct schema_node *node_of(struct reading *reading,
					 const struct value *schema,
					 bool bounds, unsigned depth)
{
	struct making making = { .schema = schema,
				 .bounds = bounds,
				 .depth = depth };
	struct schema_node *node;

	if (!value_is_map(schema) || depth > DEPTH_MAX)
		return &schema_node_any;
	node = arena_zalloc(reading->arena, sizeof(*node));
	making.node = node;
	node->open = bounds || reading->open ||
		     value_is_true(value_get(
			     schema, "x-kubernetes-preserve-unknown-fields"));
	node->whole = value_is_true(
		value_get(schema, "x-kubernetes-embedded-resource"));
	node->nullable = value_is_true(value_get(schema, "nullable"));
	*reading->rules +=
		value_count(value_get(schema, "x-kubernetes-validations"));
	read_shape(reading, &making);
	read_limits(reading, &making);
	return node;
}

const struct schema_node *schema_of_crd(struct arena *arena,
					const struct value *schema, bool open,
					size_t *rules)
{
	struct reading reading = { .arena = arena,
				   .rules = rules,
				   .open = open };
	const struct schema_node *node;
	struct schema_node *root;

	if (!value_is_map(schema))
		return NULL;
	node = node_of(&reading, schema, false, 0);
	root = arena_alloc(arena, sizeof(*root));
	*root = *node;
	root->whole = true;
	return root;
}
