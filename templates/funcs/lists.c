/*
 * Functions on lists.  They copy and never change their argument, as in Sprig;
 * the must... forms fail in the same words as the plain ones.
 */
#include "base/arena.h"
#include "base/table.h"
#include "templates/func.h"
#include "templates/funcs/capacity.h"
#include "templates/funcs/equal.h"
#include "templates/funcs/items.h"
#include "templates/funcs/shared_list.h"
#include "templates/object.h"

/*
 * Fail unless the argument is a list: "WORDS KIND" with its kind in Go.  A
 * null is the nil pointer that Sprig runs into.
 */
static bool wants_list(struct call *call, const struct value *value,
		       const char *words)
{
	if (strcmp(template_kind_name(value), "slice") == 0)
		return true;
	if (value_is_null(value))
		call_fail(call, "runtime error: invalid memory address or nil "
				"pointer dereference");
	else
		call_fail(call, "%s %s", words, template_kind_name(value));
	return false;
}

/* An argument, or the list below an object such as .APIVersions. */
static const struct value *list_at(struct call *call, size_t index)
{
	const struct value *value = call_arg(call, index);
	const struct object_class *class = object_class_of(value);

	if (!class || !class->under || strcmp(class->kind, "slice") != 0)
		return bytes_as_list(call, value);
	return class->under(call->arena, value);
}

static void add(struct call *call, struct value *list, const struct value *item)
{
	value_append(call->arena, list, value_shared(item));
}

/* A nil slice: empty, but null in JSON. */
static const struct value *nil_list(struct call *call)
{
	struct value *list = call_new_list(call);

	list->flags |= VALUE_FLAG_NIL;
	return list;
}

/* A copy of some items, as make() and a loop give it. */
static struct value *part(struct call *call, const struct value *from,
			  size_t begin, size_t end)
{
	struct value *list = shared_list_part(call, from, begin, end);

	capacity_exact(list);
	return list;
}

static const struct value *fn_list(struct call *call)
{
	struct value *list = call_new_list(call);
	size_t i;

	for (i = 0; i < call->count; i++)
		add(call, list, call_arg(call, i));
	capacity_exact(list);
	return list;
}

static const struct value *fn_append(struct call *call)
{
	const struct value *from = list_at(call, 0);
	struct value *list;

	if (!wants_list(call, from, "Cannot push on type"))
		return NULL;
	list = shared_list_append(call, from, call_arg(call, 1));
	capacity_appended(list, 1);
	return list;
}

static const struct value *fn_prepend(struct call *call)
{
	const struct value *from = list_at(call, 0);
	struct value *list;

	if (!wants_list(call, from, "Cannot prepend on type"))
		return NULL;
	list = shared_list_prepend(call, from, call_arg(call, 1));
	capacity_appended(list, (uint32_t)value_count(from));
	return list;
}

static const struct value *fn_concat(struct call *call)
{
	struct value *list = call_new_list(call);
	size_t i;

	for (i = 0; i < call->count; i++) {
		const struct value *from = list_at(call, i);

		if (strcmp(template_kind_name(from), "slice") == 0)
			list = list->list->count
				       ? shared_list_join(call, list, from)
				       : shared_list_part(call, from, 0,
							  value_count(from));
		else if (value_is_null(from))
			return wants_list(call, from, "") ? from : NULL;
		else
			return call_fail(call, "Cannot concat type %s as list",
					 template_kind_name(from));
	}
	if (!list->list->count)
		return nil_list(call);
	return list;
}

static const struct value *fn_first(struct call *call)
{
	const struct value *from = list_at(call, 0);

	if (!wants_list(call, from, "Cannot find first on type"))
		return NULL;
	return value_count(from) ? value_item(from, 0) : call_null(call);
}

static const struct value *fn_last(struct call *call)
{
	const struct value *from = list_at(call, 0);
	size_t count = value_count(from);

	if (!wants_list(call, from, "Cannot find last on type"))
		return NULL;
	return count ? value_item(from, count - 1) : call_null(call);
}

static const struct value *fn_rest(struct call *call)
{
	const struct value *from = list_at(call, 0);
	size_t count = value_count(from);

	if (!wants_list(call, from, "Cannot find rest on type"))
		return NULL;
	return count ? part(call, from, 1, count) : nil_list(call);
}

static const struct value *fn_initial(struct call *call)
{
	const struct value *from = list_at(call, 0);
	size_t count = value_count(from);

	if (!wants_list(call, from, "Cannot find initial on type"))
		return NULL;
	return count ? part(call, from, 0, count - 1) : nil_list(call);
}

static const struct value *fn_reverse(struct call *call)
{
	const struct value *from = list_at(call, 0);
	size_t i = value_count(from);
	struct value *list;

	if (!wants_list(call, from, "Cannot find reverse on type"))
		return NULL;
	list = call_new_list(call);
	while (i--)
		add(call, list, value_item(from, i));
	capacity_exact(list);
	return list;
}

static const struct value *fn_compact(struct call *call)
{
	const struct value *from = list_at(call, 0), *item;
	struct value *list;

	if (!wants_list(call, from, "Cannot compact on type"))
		return NULL;
	list = call_new_list(call);
	list_foreach (item, from) {
		if (!template_empty(item))
			add(call, list, item);
	}
	return list;
}

static const struct value *fn_uniq(struct call *call)
{
	const struct value *from = list_at(call, 0), *item;
	struct equal_set seen;
	struct value *list;

	if (!wants_list(call, from, "Cannot find uniq on type"))
		return NULL;
	list = call_new_list(call);
	equal_set_init(&seen, call->arena);
	list_foreach (item, from) {
		if (equal_set_add(&seen, item))
			add(call, list, item);
	}
	return list;
}

static const struct value *fn_without(struct call *call)
{
	const struct value *from = list_at(call, 0), *item;
	struct equal_set omitted;
	struct value *list;
	size_t i;

	if (!wants_list(call, from, "Cannot find without on type"))
		return NULL;
	list = call_new_list(call);
	equal_set_init(&omitted, call->arena);
	for (i = 1; i < call->count; i++)
		equal_set_add(&omitted, call_arg(call, i));
	list_foreach (item, from) {
		if (!equal_set_has(&omitted, item))
			add(call, list, item);
	}
	return list;
}

static const struct value *fn_has(struct call *call)
{
	const struct value *needle = call_arg(call, 0);
	const struct value *from = list_at(call, 1), *item;

	if (value_is_null(from))
		return call_give_bool(call, false);
	if (!wants_list(call, from, "Cannot find has on type"))
		return NULL;
	list_foreach (item, from) {
		if (deep_equal(needle, item))
			return call_give_bool(call, true);
	}
	return call_give_bool(call, false);
}

/* What Go finds in an array behind what was written to it. */
static const struct value *zero_item(struct call *call, enum value_type type)
{
	struct value *zero;

	switch (type) {
	case VALUE_TYPE_STRINGS:
		return value_new_cstring(call->arena, &call->origin, "");
	case VALUE_TYPE_INTS:
		return call_give_int(call, 0);
	case VALUE_TYPE_LISTS:
		zero = call_new_list(call);
		zero->flags |= VALUE_FLAG_NIL;
		return zero;
	case VALUE_TYPE_PLAIN:
	case VALUE_TYPE_INT:
	case VALUE_TYPE_INT32:
	case VALUE_TYPE_UINT8:
	case VALUE_TYPE_NAMED:
	case VALUE_TYPE_INVALID:
		break;
	}
	return call_null(call);
}

/* Items up to an end that lies behind the last one, within the array. */
static struct value *window(struct call *call, const struct value *from,
			    uint32_t begin, uint32_t end)
{
	struct value_list there;
	struct value *list;
	uint32_t i;

	there = shared_list_array(from);
	if (end <= there.count)
		return shared_list_window(call, from, begin, end);
	list = call_new_list(call);
	for (i = begin; i < end; i++)
		add(call, list,
		    i < there.count
			    ? there.items[i]
			    : zero_item(call, (enum value_type)from->type));
	return list;
}

/* A part of a []byte is one, too. */
static const struct value *bytes_between(struct call *call, uint32_t begin,
					 uint32_t end)
{
	struct value *part = value_copy(call->arena, call_arg(call, 0));

	part->string += begin;
	part->len = end - begin;
	return part;
}

/*
 * The result has the type of the argument; of an empty list it is null.  Go
 * looks for the end in the array below, not in the list.
 */
static const struct value *fn_slice(struct call *call)
{
	const struct value *from = list_at(call, 0);
	int64_t count = (int64_t)value_count(from), begin = 0, end = count;
	struct value *list;
	uint32_t room;

	if (!wants_list(call, from,
			"list should be type of slice or "
			"array but"))
		return NULL;
	if (!count)
		return call_null(call);
	if (call->count > 1)
		begin = call_to_int64(call_arg(call, 1));
	if (call->count > 2)
		end = call_to_int64(call_arg(call, 2));
	room = call_arg(call, 0)->kind == VALUE_BYTES ? (uint32_t)count
						      : capacity_of(from);
	if (begin < 0 || end < begin || end > room)
		return call_fail(call, "reflect.Value.Slice: slice index out "
				       "of bounds");
	if (call_arg(call, 0)->kind == VALUE_BYTES)
		return bytes_between(call, (uint32_t)begin, (uint32_t)end);
	list = window(call, from, (uint32_t)begin, (uint32_t)end);
	list->type = from->type;
	list->len = room - (uint32_t)begin;
	return list;
}

static const struct value *fn_chunk(struct call *call)
{
	int64_t size = call_int(call, 0), at, count;
	const struct value *from = list_at(call, 1);
	struct value *list;

	if (!wants_list(call, from, "Cannot chunk type"))
		return NULL;
	count = (int64_t)value_count(from);
	/* A size below zero passes where no chunk would get that length. */
	if (size == 0 || (size == -1 && count < 2) ||
	    (size < 0 && (count == 0 || count - 1 > -size)))
		return call_fail(call,
				 "runtime error: makeslice: len out of range");
	list = call_new_list(call);
	list->type = VALUE_TYPE_LISTS;
	if (size < 0) {
		count = count == 1;
		size = 1;
	}
	for (at = 0; at < count; at += size)
		add(call, list,
		    part(call, from, (size_t)at,
			 (size_t)(count - at < size ? count : at + size)));
	capacity_exact(list);
	return list;
}

const struct func template_funcs_lists[] = {
	{ .name = "append",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_append,
	  .usage = "append LIST VALUE",
	  .help = "A copy of LIST with VALUE behind it." },
	{ .name = "chunk",
	  .takes = { ARG_INT, ARG_ANY },
	  .run = fn_chunk,
	  .usage = "chunk SIZE LIST",
	  .help = "LIST in lists of SIZE items." },
	{ .name = "compact",
	  .takes = { ARG_ANY },
	  .run = fn_compact,
	  .usage = "compact LIST",
	  .help = "LIST without its empty items." },
	{ .name = "concat",
	  .rest = ARG_ANY,
	  .run = fn_concat,
	  .usage = "concat LIST ...",
	  .help = "The items of all lists in one." },
	{ .name = "first",
	  .takes = { ARG_ANY },
	  .run = fn_first,
	  .usage = "first LIST",
	  .help = "The first item, or null if there is none." },
	{ .name = "has",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_has,
	  .usage = "has VALUE LIST",
	  .help = "Whether VALUE is an item of LIST; types have to be equal "
		  "too." },
	{ .name = "initial",
	  .takes = { ARG_ANY },
	  .run = fn_initial,
	  .usage = "initial LIST",
	  .help = "LIST without its last item." },
	{ .name = "last",
	  .takes = { ARG_ANY },
	  .run = fn_last,
	  .usage = "last LIST",
	  .help = "The last item, or null if there is none." },
	{ .name = "list",
	  .rest = ARG_ANY,
	  .run = fn_list,
	  .usage = "list VALUE ...",
	  .help = "A list of the values." },
	{ .name = "mustAppend",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_append,
	  .usage = "mustAppend LIST VALUE",
	  .help = "The same as append." },
	{ .name = "mustChunk",
	  .takes = { ARG_INT, ARG_ANY },
	  .run = fn_chunk,
	  .usage = "mustChunk SIZE LIST",
	  .help = "The same as chunk." },
	{ .name = "mustCompact",
	  .takes = { ARG_ANY },
	  .run = fn_compact,
	  .usage = "mustCompact LIST",
	  .help = "The same as compact." },
	{ .name = "mustFirst",
	  .takes = { ARG_ANY },
	  .run = fn_first,
	  .usage = "mustFirst LIST",
	  .help = "The same as first." },
	{ .name = "mustHas",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_has,
	  .usage = "mustHas VALUE LIST",
	  .help = "The same as has." },
	{ .name = "mustInitial",
	  .takes = { ARG_ANY },
	  .run = fn_initial,
	  .usage = "mustInitial LIST",
	  .help = "The same as initial." },
	{ .name = "mustLast",
	  .takes = { ARG_ANY },
	  .run = fn_last,
	  .usage = "mustLast LIST",
	  .help = "The same as last." },
	{ .name = "mustPrepend",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_prepend,
	  .usage = "mustPrepend LIST VALUE",
	  .help = "The same as prepend." },
	{ .name = "mustPush",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_append,
	  .usage = "mustPush LIST VALUE",
	  .help = "The same as append." },
	{ .name = "mustRest",
	  .takes = { ARG_ANY },
	  .run = fn_rest,
	  .usage = "mustRest LIST",
	  .help = "The same as rest." },
	{ .name = "mustReverse",
	  .takes = { ARG_ANY },
	  .run = fn_reverse,
	  .usage = "mustReverse LIST",
	  .help = "The same as reverse." },
	{ .name = "mustSlice",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_slice,
	  .usage = "mustSlice LIST START END",
	  .help = "The same as slice." },
	{ .name = "mustUniq",
	  .takes = { ARG_ANY },
	  .run = fn_uniq,
	  .usage = "mustUniq LIST",
	  .help = "The same as uniq." },
	{ .name = "mustWithout",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_without,
	  .usage = "mustWithout LIST VALUE ...",
	  .help = "The same as without." },
	{ .name = "prepend",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_prepend,
	  .usage = "prepend LIST VALUE",
	  .help = "A copy of LIST with VALUE before it." },
	{ .name = "push",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = fn_append,
	  .usage = "push LIST VALUE",
	  .help = "The same as append." },
	{ .name = "rest",
	  .takes = { ARG_ANY },
	  .run = fn_rest,
	  .usage = "rest LIST",
	  .help = "LIST without its first item." },
	{ .name = "reverse",
	  .takes = { ARG_ANY },
	  .run = fn_reverse,
	  .usage = "reverse LIST",
	  .help = "LIST from its end to its beginning." },
	{ .name = "slice",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_slice,
	  .usage = "slice LIST START END",
	  .help = "Items START up to END of LIST; both may be left out." },
	{ .name = "tuple",
	  .rest = ARG_ANY,
	  .run = fn_list,
	  .usage = "tuple VALUE ...",
	  .help = "The same as list." },
	{ .name = "uniq",
	  .takes = { ARG_ANY },
	  .run = fn_uniq,
	  .usage = "uniq LIST",
	  .help = "LIST with each value once; types have to be equal too." },
	{ .name = "without",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_without,
	  .usage = "without LIST VALUE ...",
	  .help = "LIST without the values." },
	{ .name = NULL }
};
