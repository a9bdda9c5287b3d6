/*
 * Schemas of well-known custom resources from their tables, when a kind of
 * them occurs.
 */
#include "lints/schema/custom_tables.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/source.h"
#include "base/vec.h"
#include "lints/schema/node.h"
#include "model/json.h"

static const char *name_of(unsigned number)
{
	return custom_names + custom_name_at[number];
}

const struct custom_row *custom_row_find(const char *group, const char *version,
					 const char *kind)
{
	size_t low = 0, high = custom_row_count;

	while (low < high) {
		const struct custom_row *row = &custom_rows[(low + high) / 2];
		int order = strcmp(name_of(row->group), group);

		if (!order)
			order = strcmp(name_of(row->kind), kind);
		if (!order)
			order = strcmp(name_of(row->version), version);
		if (!order)
			return row;
		if (order < 0)
			low = (size_t)(row - custom_rows) + 1;
		else
			high = (size_t)(row - custom_rows);
	}
	return NULL;
}

/* "a,b": an object that has all of them. */
static const struct schema_node *having(struct arena *arena, const char *text,
					size_t len)
{
	struct schema_node *node = arena_zalloc(arena, sizeof(*node));
	const char *end = text + len;
	struct schema_member *members;
	size_t room = 1;
	const char *c;

	for (c = text; c < end; c++)
		room += *c == ',';
	members = arena_zalloc(arena, room * sizeof(*members));
	while (text < end) {
		size_t word = strcspn(text, ",|\t");

		members[node->count].name = arena_strndup(arena, text, word);
		members[node->count].node = &schema_node_any;
		members[node->count++].required = true;
		text += word + 1;
	}
	node->shape = SCHEMA_NODE_OBJECT;
	node->open = true;
	node->members = members;
	return node;
}

/* "one=a|b,c" */
static void add_group(struct arena *arena, struct schema_limits *limits,
		      const char *text, size_t len)
{
	static const struct {
		const char *name;
		enum schema_choice_kind kind;
	} rows[] = {
		{ "any=", SCHEMA_ANY_OF },
		{ "max1=", SCHEMA_AT_MOST_ONE_OF },
		{ "not=", SCHEMA_NOT },
		{ "one=", SCHEMA_ONE_OF },
	};
	const char *end = text + len, *c;
	struct schema_choice *choice;
	size_t i, at = 0, count = 1;

	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (strncmp(text, rows[i].name, strlen(rows[i].name)) == 0)
			break;
	if (i == ARRAY_COUNT(rows))
		return;
	text += strlen(rows[i].name);
	for (c = text; c < end; c++)
		count += *c == '|';
	choice = schema_choice_add(arena, limits, rows[i].kind, count);
	for (; at < count; at++) {
		size_t word = strcspn(text, "|\t");

		choice->nodes[at] = having(arena, text, word);
		text += word + 1;
	}
}

static struct value *values_of(struct arena *arena, const char *text,
			       size_t len)
{
	struct json_problem problem;
	struct source *source = source_new(
		arena, "", SOURCE_CHART, arena_strndup(arena, text, len), len);

	return json_read(arena, source, 0, len, true, &problem);
}

static double number_of(const char *text, size_t len)
{
	double number = 0;

	(void)number_parse_float(text, len, &number);
	return number;
}

static bool begins(const char **text, const char *name)
{
	size_t len = strlen(name);

	if (strncmp(*text, name, len) != 0)
		return false;
	*text += len;
	return true;
}

/* "minLen=1" */
static void add_size(struct schema_limits *limits, const char *text, size_t len)
{
	const struct {
		const char *name;
		size_t *at;
	} rows[] = {
		{ "maxItems=", &limits->most_items },
		{ "maxLen=", &limits->most_characters },
		{ "maxProps=", &limits->most_fields },
		{ "minItems=", &limits->fewest_items },
		{ "minLen=", &limits->fewest_characters },
		{ "minProps=", &limits->fewest_fields },
	};
	const char *end = text + len;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++)
		if (begins(&text, rows[i].name))
			*rows[i].at =
				(size_t)number_of(text, (size_t)(end - text));
}

/* "min=1", "xmax=10" */
static bool add_bound(struct schema_limits *limits, const char *text,
		      size_t len)
{
	const char *end = text + len;
	bool open = *text == 'x';

	text += open;
	if (begins(&text, "min=")) {
		limits->lower = open ? SCHEMA_BOUND_OPEN : SCHEMA_BOUND_CLOSED;
		limits->least = number_of(text, (size_t)(end - text));
		return true;
	}
	if (begins(&text, "max=")) {
		limits->upper = open ? SCHEMA_BOUND_OPEN : SCHEMA_BOUND_CLOSED;
		limits->greatest = number_of(text, (size_t)(end - text));
		return true;
	}
	return false;
}

static void add_limit(struct arena *arena, struct schema_node *node,
		      struct schema_limits *limits, const char *text,
		      size_t len)
{
	const char *end = text + len;

	if (len == 4 && memcmp(text, "null", len) == 0) {
		node->nullable = true;
	} else if (len == 4 && memcmp(text, "uniq", len) == 0) {
		limits->differ = true;
	} else if (begins(&text, "enum=")) {
		limits->values = values_of(arena, text, (size_t)(end - text));
	} else if (begins(&text, "pat=")) {
		limits->pattern =
			arena_strndup(arena, text, (size_t)(end - text));
	} else if (begins(&text, "fmt=")) {
		limits->format =
			arena_strndup(arena, text, (size_t)(end - text));
	} else if (begins(&text, "mult=")) {
		limits->multiple = number_of(text, (size_t)(end - text));
	} else if (!add_bound(limits, text, len)) {
		add_size(limits, text, len);
	}
}

static void add_limits(struct arena *arena, struct schema_node *node,
		       const char *text, const char *groups)
{
	struct schema_limits *limits;

	if (!*text && !*groups)
		return;
	limits = schema_limits_new(arena);
	for (; *text; text += strcspn(text, "\t"), text += *text == '\t')
		add_limit(arena, node, limits, text, strcspn(text, "\t"));
	for (; *groups;
	     groups += strcspn(groups, "\t"), groups += *groups == '\t')
		add_group(arena, limits, groups, strcspn(groups, "\t"));
	node->limits = limits;
}

static const char *const *keys_of(struct arena *arena, const char *text)
{
	VEC(const char *) keys = { 0 };

	for (; *text; text += strcspn(text, ","), text += *text == ',')
		vec_push(arena, &keys,
			 arena_strndup(arena, text, strcspn(text, ",")));
	vec_push(arena, &keys, NULL);
	return keys.items;
}

static struct schema_node *node_of(struct arena *arena,
				   struct custom_nodes *made, unsigned type);

/* The node of a field's list, with what makes its items differ. */
static const struct schema_node *listed(struct arena *arena,
					const struct schema_node *node,
					const struct custom_field *field)
{
	unsigned items = field->flags & (CUSTOM_LIST_MAP | CUSTOM_LIST_SET);
	struct schema_node *copy;

	if (!items || node->shape != SCHEMA_NODE_LIST)
		return node;
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = *node;
	copy->items = (uint8_t)items;
	copy->keys =
		keys_of(arena, custom_key_text + custom_key_at[field->keys]);
	return copy;
}

static void fill_object(struct arena *arena, struct custom_nodes *made,
			struct schema_node *node, const struct custom_def *def)
{
	struct schema_member *members =
		arena_alloc(arena, (def->count + 1u) * sizeof(*members));
	size_t i;

	node->shape = SCHEMA_NODE_OBJECT;
	node->open = def->flags & CUSTOM_OPEN;
	node->whole = def->flags & CUSTOM_WHOLE;
	node->count = def->count;
	node->members = members;
	for (i = 0; i < def->count; i++) {
		const struct custom_field *field =
			&custom_fields[def->fields + i];

		members[i].name = name_of(field->name);
		members[i].required = field->flags & CUSTOM_REQUIRED;
		members[i].node =
			listed(arena, node_of(arena, made, field->type), field);
	}
}

/* Shapes of scalars have the numbers of enum schema_shape's order. */
static void fill_scalar(struct schema_node *node, unsigned shape)
{
	static const uint8_t scalars[] = {
		[CUSTOM_STRING] = SCHEMA_STRING,
		[CUSTOM_BOOL] = SCHEMA_BOOL,
		[CUSTOM_INT32] = SCHEMA_INT32,
		[CUSTOM_INT64] = SCHEMA_INT64,
		[CUSTOM_DOUBLE] = SCHEMA_DOUBLE,
		[CUSTOM_DATE_TIME] = SCHEMA_DATE_TIME,
		[CUSTOM_BYTE] = SCHEMA_BYTE,
		[CUSTOM_QUANTITY] = SCHEMA_QUANTITY,
		[CUSTOM_INT_OR_STRING] = SCHEMA_INT_OR_STRING,
	};

	node->shape = SCHEMA_NODE_SCALAR;
	node->scalar = scalars[shape];
}

static void fill(struct arena *arena, struct custom_nodes *made,
		 struct schema_node *node, const struct custom_type *type)
{
	switch ((enum custom_shape)type->shape) {
	case CUSTOM_ANY:
		break;
	case CUSTOM_PRUNED:
		node->shape = SCHEMA_NODE_OBJECT;
		break;
	case CUSTOM_RESOURCE:
		node->shape = SCHEMA_NODE_RESOURCE;
		break;
	case CUSTOM_LIST:
		node->shape = SCHEMA_NODE_LIST;
		node->of = node_of(arena, made, type->of);
		break;
	case CUSTOM_MAP:
		node->shape = SCHEMA_NODE_OBJECT;
		node->of = node_of(arena, made, type->of);
		break;
	case CUSTOM_OBJECT:
		fill_object(arena, made, node, &custom_defs[type->of]);
		break;
	case CUSTOM_CORE:
		node->shape = SCHEMA_NODE_CORE;
		node->core = &schema_defs[type->of];
		break;
	case CUSTOM_STRING:
	case CUSTOM_BOOL:
	case CUSTOM_INT32:
	case CUSTOM_INT64:
	case CUSTOM_DOUBLE:
	case CUSTOM_DATE_TIME:
	case CUSTOM_BYTE:
	case CUSTOM_QUANTITY:
	case CUSTOM_INT_OR_STRING:
		fill_scalar(node, type->shape);
		break;
	}
}

/* Each type once: definitions may lead to themselves. */
static struct schema_node *node_of(struct arena *arena,
				   struct custom_nodes *made, unsigned number)
{
	const struct custom_type *type = &custom_types[number];
	struct schema_node *node = made->types[number];
	const char *groups = "";

	if (node)
		return node;
	node = arena_zalloc(arena, sizeof(*node));
	made->types[number] = node;
	fill(arena, made, node, type);
	if (type->shape == CUSTOM_OBJECT)
		groups = custom_group_text +
			 custom_group_at[custom_defs[type->of].groups];
	add_limits(arena, node,
		   custom_limit_text + custom_limit_at[type->limits], groups);
	return node;
}

const struct schema_node *custom_row_schema(struct arena *arena,
					    struct custom_nodes *made,
					    const struct custom_row *row)
{
	struct schema_node *node;

	if (row->def == CUSTOM_NO_DEF)
		return NULL;
	if (!made->types)
		made->types = arena_zalloc(arena, custom_type_count *
							  sizeof(*made->types));
	node = arena_zalloc(arena, sizeof(*node));
	fill_object(arena, made, node, &custom_defs[row->def]);
	add_limits(arena, node, "",
		   custom_group_text +
			   custom_group_at[custom_defs[row->def].groups]);
	node->whole = true;
	return node;
}
