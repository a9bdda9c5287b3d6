/*
 * Functions that join values into a text, or split a text into a list.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "model/quote.h"
#include "templates/func.h"
#include "templates/funcs/capacity.h"
#include "templates/funcs/items.h"
#include "templates/funcs/strings.h"
#include "templates/object.h"

/* Nulls vanish, the blank beside them too. */
static const struct value *fn_quote(struct call *call)
{
	struct str out;
	size_t i;

	call_str(call, &out);
	for (i = 0; i < call->count; i++) {
		struct text text;

		if (value_is_null(call_arg(call, i)))
			continue;
		if (out.len)
			str_putc(&out, ' ');
		text = call_strval(call, call_arg(call, i));
		quote_put(&out, &text);
	}
	return call_give_str(call, &out);
}

static const struct value *fn_squote(struct call *call)
{
	struct str out;
	size_t i;

	call_str(call, &out);
	for (i = 0; i < call->count; i++) {
		struct text text;

		if (value_is_null(call_arg(call, i)))
			continue;
		if (out.len)
			str_putc(&out, ' ');
		text = call_print(call, call_arg(call, i));
		str_mark_front(&out, &text);
		str_putc(&out, '\'');
		str_put_text(&out, &text);
		str_putc(&out, '\'');
	}
	return call_give_str(call, &out);
}

static const struct value *fn_cat(struct call *call)
{
	bool first = true;
	struct str out;
	size_t i;

	call_str(call, &out);
	for (i = 0; i < call->count; i++) {
		struct text text;

		if (value_is_null(call_arg(call, i)))
			continue;
		if (!first)
			str_putc(&out, ' ');
		first = false;
		text = call_print(call, call_arg(call, i));
		str_put_text(&out, &text);
	}
	return call_give_str(call, &out);
}

static const struct value *fn_to_string(struct call *call)
{
	struct text text = call_strval(call, call_arg(call, 0));

	return call_give_text(call, &text);
}

void strings_add(struct call *call, struct value *list, struct text text)
{
	const struct value *item = call_give_text(call, &text);

	value_append(call->arena, list, value_shared(item));
}

/* Sprig's list of strings: null items vanish, a scalar is a list of one. */
static struct value *strings_of(struct call *call, const struct value *value)
{
	const struct value *under = bytes_as_list(
				   call, object_under(call->arena, value)),
			   *item;
	struct value *list = call_new_list(call);

	list->type = VALUE_TYPE_STRINGS;
	if (!value_is_list(under)) {
		if (!value_is_null(value))
			strings_add(call, list, call_strval(call, value));
		return list;
	}
	list_foreach (item, under) {
		if (!value_is_null(item))
			strings_add(call, list, call_strval(call, item));
	}
	if (under->type == VALUE_TYPE_STRINGS)
		list->flags |= under->flags & VALUE_FLAG_NIL;
	list->len = under->type == VALUE_TYPE_STRINGS
			    ? capacity_of(under)
			    : (uint32_t)value_count(under);
	return list;
}

static const struct value *fn_to_strings(struct call *call)
{
	return strings_of(call, call_arg(call, 0));
}

static const struct value *fn_join(struct call *call)
{
	struct text separator = call_text(call, 0);
	const struct value *list = strings_of(call, call_arg(call, 1));
	const struct value *item;
	struct str out;

	call_str(call, &out);
	list_foreach (item, list) {
		struct text text = value_text(item);

		if (item_at)
			str_put_text(&out, &separator);
		str_put_text(&out, &text);
	}
	return call_give_str(call, &out);
}

static int compare_texts(const void *a, const void *b)
{
	const struct value *x = *(struct value *const *)a;
	const struct value *y = *(struct value *const *)b;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = len ? memcmp(x->string, y->string, len) : 0;

	if (order)
		return order;
	return x->len < y->len ? -1 : x->len > y->len;
}

/* What is no list becomes the one item of a list, null too. */
static const struct value *fn_sort_alpha(struct call *call)
{
	const struct value *value = call_arg(call, 0);
	struct value *list;

	if (!value_is_list(object_under(call->arena, value)) &&
	    value->kind != VALUE_BYTES) {
		list = call_new_list(call);
		list->type = VALUE_TYPE_STRINGS;
		strings_add(call, list, call_strval(call, value));
		return list;
	}
	list = strings_of(call, value);
	if (value_count(list) > 1)
		qsort(list->list->items, list->list->count,
		      sizeof(*list->list->items), compare_texts);
	return list;
}

/* Where the next piece ends: an empty separator cuts behind a character. */
static size_t piece_end(const struct text *text, size_t at,
			const struct text *separator)
{
	size_t size, end;

	if (separator->len) {
		end = text_find(text, at, separator);
		return end == TEXT_NOT_FOUND ? text->len : end;
	}
	utf8_decode(text->at + at, text->len - at, &size);
	return at + size;
}

/* strings.SplitN of Go into a []string; fewer than 0 pieces are all. */
static struct value *split(struct call *call, const struct text *text,
			   const struct text *separator, int64_t pieces)
{
	struct value *list = call_new_list(call);
	size_t at = 0, end;

	list->type = VALUE_TYPE_STRINGS;
	if (!pieces || (!separator->len && !text->len))
		return list;
	for (;;) {
		end = --pieces ? piece_end(text, at, separator) : text->len;
		strings_add(call, list, text_slice(call->arena, text, at, end));
		if (end == text->len)
			break;
		at = end + separator->len;
	}
	return list;
}

static const struct value *number_pieces(struct call *call,
					 const struct value *list)
{
	struct value *map = call_new_map(call);
	const struct value *item;

	map->type = VALUE_TYPE_STRINGS;
	list_foreach (item, list) {
		const char *key = arena_printf(call->arena, "_%zu", item_at);

		value_set(call->arena, map, key, value_shared(item));
	}
	return map;
}

static const struct value *fn_split(struct call *call)
{
	struct text separator = call_text(call, 0), text = call_text(call, 1);

	return number_pieces(call, split(call, &text, &separator, -1));
}

static const struct value *fn_splitn(struct call *call)
{
	struct text separator = call_text(call, 0), text = call_text(call, 2);

	return number_pieces(call,
			     split(call, &text, &separator, call_int(call, 1)));
}

static const struct value *fn_split_list(struct call *call)
{
	struct text separator = call_text(call, 0), text = call_text(call, 1);

	struct value *list = split(call, &text, &separator, -1);

	capacity_exact(list);
	return list;
}

const struct func template_funcs_strings_join[] = {
	{ .name = "cat",
	  .rest = ARG_ANY,
	  .run = fn_cat,
	  .usage = "cat VALUE ...",
	  .help = "The values with a space between them; nulls are left "
		  "out." },
	{ .name = "join",
	  .takes = { ARG_STRING, ARG_ANY },
	  .run = fn_join,
	  .usage = "join SEPARATOR LIST",
	  .help = "The items of LIST with SEPARATOR between them." },
	{ .name = "quote",
	  .rest = ARG_ANY,
	  .run = fn_quote,
	  .usage = "quote VALUE ...",
	  .help = "The values in double quotes with escapes; nulls are left "
		  "out." },
	{ .name = "sortAlpha",
	  .takes = { ARG_ANY },
	  .run = fn_sort_alpha,
	  .usage = "sortAlpha LIST",
	  .help = "The items of LIST as texts, sorted by their bytes." },
	{ .name = "split",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_split,
	  .usage = "split SEPARATOR TEXT",
	  .help = "The pieces of TEXT as a map with the keys _0, _1 ..." },
	{ .name = "splitList",
	  .takes = { ARG_STRING, ARG_STRING },
	  .run = fn_split_list,
	  .usage = "splitList SEPARATOR TEXT",
	  .help = "The pieces of TEXT as a list." },
	{ .name = "splitn",
	  .takes = { ARG_STRING, ARG_INT, ARG_STRING },
	  .run = fn_splitn,
	  .usage = "splitn SEPARATOR COUNT TEXT",
	  .help = "At most COUNT pieces of TEXT as a map with the keys _0, "
		  "_1 ..." },
	{ .name = "squote",
	  .rest = ARG_ANY,
	  .run = fn_squote,
	  .usage = "squote VALUE ...",
	  .help = "The values in single quotes without escapes; nulls are "
		  "left out." },
	{ .name = "toString",
	  .takes = { ARG_ANY },
	  .run = fn_to_string,
	  .usage = "toString VALUE",
	  .help = "VALUE as a text." },
	{ .name = "toStrings",
	  .takes = { ARG_ANY },
	  .run = fn_to_strings,
	  .usage = "toStrings LIST",
	  .help = "The items of LIST as texts; nulls are left out." },
	{ .name = NULL }
};
