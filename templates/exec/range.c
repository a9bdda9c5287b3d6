/*
 * {{range}}: over lists, maps by sorted keys, and whole numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "templates/exec.h"
#include "templates/exec/run.h"
#include "templates/object.h"
#include "templates/print.h"

/* One iteration; `key` is NULL where there is only an element. */
static enum flow iterate(struct activation *act, const struct node *node,
			 const struct cell *key, const struct cell *element)
{
	const struct node_pipe *pipe = &node->control.pipe->pipe;
	const struct cell *first = element;
	uint8_t i;

	if (pipe->declarations > 1)
		first = key;
	for (i = 0; i < pipe->declarations; i++)
		act->slots[pipe->declared[i].slot] = i ? *element : *first;
	act->dot = *element;
	if (!exec_step(act, 1))
		return FLOW_FAIL;
	return exec_list(act, &node->control.body);
}

static struct value *new_index(struct activation *act, size_t index)
{
	struct value *value =
		value_new_int(act->run->arena, NULL, (int64_t)index);

	value->type = VALUE_TYPE_INT;
	return value;
}

static enum flow range_list(struct activation *act, const struct node *node,
			    const struct value *list)
{
	bool two = node->control.pipe->pipe.declarations > 1;
	struct cell key = { NULL, false }, element;
	size_t i, count = value_count(list);

	for (i = 0; i < count && i < value_count(list); i++) {
		enum flow flow;

		if (two)
			key.value = new_index(act, i);
		element.value = value_item(list, i);
		element.boxed = list->type == VALUE_TYPE_PLAIN;
		flow = iterate(act, node, &key, &element);
		if (flow == FLOW_FAIL || flow == FLOW_BREAK)
			return flow;
	}
	return FLOW_NEXT;
}

static int compare_keys(const void *a, const void *b)
{
	const struct value_entry *one = a, *two = b;
	size_t len = one->len < two->len ? one->len : two->len;
	int order = memcmp(one->key, two->key, len);

	return order ? order : (one->len > two->len) - (one->len < two->len);
}

static enum flow range_map(struct activation *act, const struct node *node,
			   const struct value *map)
{
	bool two = node->control.pipe->pipe.declarations > 1;
	size_t i, count = value_count(map);
	size_t size = count * sizeof(struct value_entry);
	struct cell key = { NULL, false }, element;
	struct value_entry *entries;

	/* A copy, because the body may change the map with set and unset. */
	entries = memcpy(arena_alloc(act->run->arena, size), map->map->entries,
			 size);
	qsort(entries, count, sizeof(*entries), compare_keys);
	for (i = 0; i < count; i++) {
		struct text name = text_of(entries[i].key, entries[i].len);
		enum flow flow;

		if (two)
			key.value = value_new_text(act->run->arena,
						   &entries[i].origin, &name);
		element.value = entries[i].value;
		element.boxed = map->type != VALUE_TYPE_STRINGS &&
				entries[i].value->kind != VALUE_BYTES;
		flow = iterate(act, node, &key, &element);
		if (flow == FLOW_FAIL || flow == FLOW_BREAK)
			return flow;
	}
	return FLOW_NEXT;
}

static enum flow range_int(struct activation *act, const struct node *node,
			   const struct value *number)
{
	struct cell element = { NULL, false };
	int64_t i;

	for (i = 0; i < number->integer; i++) {
		struct value *value = value_new_int(act->run->arena, NULL, i);
		enum flow flow;

		value->type = number->type;
		element.value = value;
		flow = iterate(act, node, NULL, &element);
		if (flow == FLOW_FAIL || flow == FLOW_BREAK)
			return flow;
	}
	return FLOW_NEXT;
}

static const char *shown_value(struct activation *act,
			       const struct value *value)
{
	struct str out;

	str_init(&out, act->run->arena);
	print_value(&out, value, NULL);
	return str_text(&out);
}

static bool is_empty(const struct value *value)
{
	if (value->kind == VALUE_INT)
		return value->integer <= 0;
	return value->kind == VALUE_NULL || value_count(value) == 0;
}

static enum flow range_value(struct activation *act, const struct node *node,
			     const struct value *value)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_LIST:
		return range_list(act, node, value);
	case VALUE_MAP:
		return range_map(act, node, value);
	case VALUE_INT:
		return range_int(act, node, value);
	case VALUE_NULL:
	case VALUE_BOOL:
	case VALUE_UINT:
	case VALUE_FLOAT:
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		break;
	}
	return FLOW_NEXT;
}

static bool fail_range(struct activation *act, const struct value *value)
{
	const char *shown = shown_value(act, value);

	return exec_fail_plain(
		act,
		arena_printf(act->run->arena,
			     "range needs a list, a map or a whole number of "
			     "type int; this is a %s",
			     value_kind_name((enum value_kind)value->kind)),
		NULL, "range can't iterate over %s", shown);
}

/* What range sees of a value; NULL: it cannot. */
static const struct value *rangeable(struct activation *act,
				     const struct value *value)
{
	value = object_under(act->run->arena, value);
	if (value->kind == VALUE_BYTES) {
		struct value *list = value_new_list(act->run->arena, NULL);
		size_t i;

		for (i = 0; i < value->len; i++)
			value_append(
				act->run->arena, list,
				new_index(act,
					  (unsigned char)value->string[i]));
		return list;
	}
	switch ((enum value_kind)value->kind) {
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_INT:
	case VALUE_NULL:
		return value;
	case VALUE_BOOL:
	case VALUE_UINT:
	case VALUE_FLOAT:
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		break;
	}
	return NULL;
}

enum flow exec_range(struct activation *act, const struct node *node)
{
	const struct node_control *control = &node->control;
	struct cell cell, dot = act->dot;
	const struct value *value;
	enum flow flow;

	if (!eval_condition(act, control->pipe, &cell))
		return FLOW_FAIL;
	value = rangeable(act, cell.value);
	if (!value) {
		fail_range(act, cell.value);
		return FLOW_FAIL;
	}
	if (value->kind == VALUE_INT && control->pipe->pipe.declarations > 1) {
		exec_fail(act,
			  "can't use %s to iterate over more than one variable",
			  shown_value(act, value));
		return FLOW_FAIL;
	}
	if (is_empty(value))
		return exec_list(act, &control->otherwise);
	flow = range_value(act, node, value);
	act->dot = dot;
	return flow == FLOW_BREAK ? FLOW_NEXT : flow;
}
