/*
 * Whether a value is what a schema in allOf, anyOf, oneOf or not wants:
 * nothing is reported from here, and unknown fields do not matter.
 */
#include "lints/schema/bounds.h"

#include "lints/schema/node.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 60
};

static bool holds(struct lint_run *run, const struct schema_node *node,
		  const struct value *value, unsigned depth);

static bool is_scalar(const struct schema_node *node, const struct value *value)
{
	int64_t integer;

	switch ((enum schema_shape)node->scalar) {
	case SCHEMA_STRING:
	case SCHEMA_DATE_TIME:
	case SCHEMA_BYTE:
		return value_is_string(value);
	case SCHEMA_BOOL:
		return value_is_bool(value);
	case SCHEMA_INT32:
	case SCHEMA_INT64:
		return value_as_int(value, &integer);
	case SCHEMA_DOUBLE:
		return value_is_number(value);
	case SCHEMA_QUANTITY:
		return value_is_string(value) || value_is_number(value);
	case SCHEMA_INT_OR_STRING:
		return value_is_string(value) || value_as_int(value, &integer);
	case SCHEMA_ANY:
	case SCHEMA_LIST:
	case SCHEMA_MAP:
	case SCHEMA_OBJECT:
		break;
	}
	return true;
}

static bool is_object(struct lint_run *run, const struct schema_node *node,
		      const struct value *value, unsigned depth)
{
	const struct value_entry *entry;
	size_t i;

	for (i = 0; i < node->count; i++) {
		const struct schema_member *member = &node->members[i];
		const struct value *own = value_get(value, member->name);

		if (value_is_null(own)
			    ? member->required
			    : !holds(run, member->node, own, depth + 1))
			return false;
	}
	if (!node->of || node->of == &schema_node_any)
		return true;
	value_foreach (entry, value)
		if (!schema_member_find(node, entry->key) &&
		    !holds(run, node->of, entry->value, depth + 1))
			return false;
	return true;
}

static bool is_shape(struct lint_run *run, const struct schema_node *node,
		     const struct value *value, unsigned depth)
{
	const struct value *item;

	switch ((enum schema_node_shape)node->shape) {
	case SCHEMA_NODE_ANY:
	case SCHEMA_NODE_CORE:
	case SCHEMA_NODE_RESOURCE:
		break;
	case SCHEMA_NODE_SCALAR:
		return is_scalar(node, value);
	case SCHEMA_NODE_LIST:
		if (!value_is_list(value))
			return false;
		list_foreach (item, value)
			if (!holds(run, node->of, item, depth + 1))
				return false;
		break;
	case SCHEMA_NODE_OBJECT:
		if (!value_is_map(value))
			return !node->typed;
		return is_object(run, node, value, depth);
	}
	return true;
}

static bool choice_holds(struct lint_run *run,
			 const struct schema_choice *choice,
			 const struct value *value, unsigned depth)
{
	size_t i, count = 0;

	for (i = 0; i < choice->count; i++)
		count += holds(run, choice->nodes[i], value, depth + 1);
	switch (choice->kind) {
	case SCHEMA_ALL_OF:
		return count == choice->count;
	case SCHEMA_ANY_OF:
		return count > 0;
	case SCHEMA_ONE_OF:
		return count == 1;
	case SCHEMA_AT_MOST_ONE_OF:
		return count <= 1;
	case SCHEMA_NOT:
		break;
	}
	return count == 0;
}

static bool holds(struct lint_run *run, const struct schema_node *node,
		  const struct value *value, unsigned depth)
{
	struct schema_refusal refusal;
	size_t i;

	if (depth > DEPTH_MAX || schema_is_placeholder(value))
		return true;
	if (value_is_null(value))
		return node->nullable || node->shape == SCHEMA_NODE_ANY;
	if (!is_shape(run, node, value, depth))
		return false;
	if (!node->limits)
		return true;
	if (schema_is_refused(run, node->limits, value, &refusal))
		return false;
	for (i = 0; i < node->limits->choice_count; i++)
		if (!choice_holds(run, &node->limits->choices[i], value, depth))
			return false;
	return true;
}

bool schema_holds(struct lint_run *run, const struct schema_node *node,
		  const struct value *value)
{
	return holds(run, node, value, 0);
}
