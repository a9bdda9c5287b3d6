/*
 * Functions that Go's text/template brings along, but for comparisons.
 */
#include <string.h>

#include "base/arena.h"
#include "templates/ast.h"
#include "templates/exec/run.h"
#include "templates/func.h"
#include "templates/funcs/compare.h"
#include "templates/object.h"
#include "templates/print.h"

/* and, or: the executor evaluates them. */
static const struct value *fn_lazy(struct call *call)
{
	return call_null(call);
}

static const struct value *fn_not(struct call *call)
{
	return call_give_bool(call, !template_truth(call_arg(call, 0)));
}

/* len and index look through a pointer before they see that it is no good. */
static const char *pointed_type(const struct value *value)
{
	return template_type_name(value) + object_is_pointer(value);
}

static const struct value *fn_len(struct call *call)
{
	const struct value *value = call_under(call, 0);

	switch ((enum value_kind)value->kind) {
	case VALUE_STRING:
	case VALUE_BYTES:
		return call_give_int(call, value->len);
	case VALUE_LIST:
	case VALUE_MAP:
		return call_give_int(call, (int64_t)value_count(value));
	case VALUE_NULL:
		if (value->type == VALUE_TYPE_INVALID)
			return call_fail(call, "reflect: call of "
					       "reflect.Value.Type on zero "
					       "Value");
		return call_fail(call, "len of nil pointer");
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
	case VALUE_OPAQUE:
		break;
	}
	return call_fail(call, "len of type %s",
			 pointed_type(call_arg(call, 0)));
}

/* index */

static bool read_index(struct call *call, const struct value *key, size_t count,
		       const char *what, size_t *index)
{
	if (key->kind == VALUE_NULL) {
		call_fail(call, "cannot index slice/array with nil");
		return false;
	}
	if (key->kind != VALUE_INT && key->kind != VALUE_UINT) {
		call_fail(call, "cannot index slice/array with type %s",
			  template_type_name(key));
		return false;
	}
	if (key->integer < 0 || (uint64_t)key->integer > count) {
		call_fail(call, "index out of range: %lld",
			  (long long)key->integer);
		return false;
	}
	if ((uint64_t)key->integer == count) {
		call_fail(call, "reflect: %s index out of range", what);
		return false;
	}
	*index = (size_t)key->integer;
	return true;
}

static const struct value *
index_list(struct call *call, const struct value *list, const struct value *key)
{
	size_t index;

	if (!read_index(call, key, value_count(list), "slice", &index))
		return NULL;
	return value_item(list, index);
}

static const struct value *index_bytes(struct call *call,
				       const struct value *bytes,
				       const struct value *key)
{
	struct value *byte;
	size_t index;

	if (!read_index(call, key, bytes->len,
			bytes->kind == VALUE_STRING ? "string" : "slice",
			&index))
		return NULL;
	byte = value_new(call->arena, VALUE_UINT, &bytes->origin);
	byte->type = VALUE_TYPE_UINT8;
	byte->natural = (unsigned char)bytes->string[index];
	return byte;
}

static const struct value *index_map(struct call *call, const struct value *map,
				     const struct value *key)
{
	static const struct value empty = { .kind = VALUE_STRING,
					    .string = "",
					    .flags = VALUE_FLAG_READ };
	struct value *value;

	if (key->kind == VALUE_NULL)
		return call_fail(call, "value is nil; should be of type "
				       "string");
	if (key->kind != VALUE_STRING)
		return call_fail(call, "value has type %s; should be string",
				 template_type_name(key));
	value = value_getn(map, key->string, key->len);
	if (!value)
		return map->type == VALUE_TYPE_STRINGS ? &empty
						       : call_null(call);
	if (call->run->options.facts && !(value->flags & VALUE_FLAG_READ))
		value->flags |= VALUE_FLAG_READ;
	return value;
}

static const struct value *index_once(struct call *call,
				      const struct value *value,
				      const struct value *key)
{
	value = object_under(call->arena, value);
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return call_fail(call, "index of nil pointer");
	case VALUE_STRING:
	case VALUE_BYTES:
		return index_bytes(call, value, key);
	case VALUE_LIST:
		return index_list(call, value, key);
	case VALUE_MAP:
		return index_map(call, value, key);
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
	case VALUE_OPAQUE:
		break;
	}
	return call_fail(call, "can't index item of type %s",
			 pointed_type(value));
}

static const struct value *fn_index(struct call *call)
{
	const struct value *value = call_arg(call, 0);
	size_t i;

	if (value->kind == VALUE_NULL)
		return call_fail(call, "index of untyped nil");
	for (i = 1; value && i < call->count; i++)
		value = index_once(call, value, call_arg(call, i));
	return value;
}

/*
 * No value of a chart is a function, so that a call always fails; Go names
 * the argument as it stands in the template.
 */
static const struct value *fn_call(struct call *call)
{
	const struct value *value = call_arg(call, 0);
	struct str name;

	if (value->kind == VALUE_NULL)
		return call_fail(call, "call of nil");
	str_init(&name, call->arena);
	if (call->node->kind == NODE_COMMAND && call->node->command.count > 1)
		node_print(&name, call->node->command.items[1],
			   call->run->top->tree->source);
	else if (value->kind == VALUE_STRING)
		str_put(&name, value->string, value->len);
	else
		str_printf(&name, "<%s Value>", template_type_name(value));
	return call_fail(call, "non-function %s of type %s", str_text(&name),
			 template_type_name(value));
}

/* Printing. */

static struct marker marker_of(struct call *call, struct str *out)
{
	struct marker marker = { call->frame, call->begin, NULL };

	call_str(call, out);
	marker.origin = call->kept;
	return marker;
}

static const struct value *fn_print(struct call *call)
{
	struct str out;
	struct marker marker = marker_of(call, &out);

	print_all(&out, call->args, call->count, &marker);
	return call_give_str(call, &out);
}

static const struct value *fn_println(struct call *call)
{
	struct str out;
	struct marker marker = marker_of(call, &out);

	print_line(&out, call->args, call->count, &marker);
	return call_give_str(call, &out);
}

static const struct value *fn_printf(struct call *call)
{
	struct str out;
	struct marker marker = marker_of(call, &out);
	struct text format = value_text(call_arg(call, 0));

	print_format(&out, &format, call->args + 1, call->count - 1, &marker);
	return call_give_str(call, &out);
}

/* The text that html, js and urlquery work on: nil is "<no value>" there. */
static struct text escapable(struct call *call)
{
	static const struct value no_value = { .kind = VALUE_STRING,
					       .string = "<no value>",
					       .len = 10 };
	const struct value **shown =
		arena_alloc(call->arena, call->count * sizeof(*shown));
	struct str out;
	struct marker marker = marker_of(call, &out);
	bool before = true;
	size_t i;

	for (i = 0; i < call->count; i++) {
		const struct value *value = call->args[i];
		bool text = value->kind == VALUE_STRING;

		/* The blanks are those of the values as they came. */
		shown[i] = value_is_null(value) ? &no_value : value;
		text = text || value_is_null(value);
		if (i && !text && !before)
			str_putc(&out, ' ');
		print_value(&out, shown[i], &marker);
		before = text;
	}
	return str_finish(&out);
}

static void escape_html(struct str *out, const struct text *text, size_t at)
{
	switch (text->at[at]) {
	case '\0':
		str_puts(out, "\xEF\xBF\xBD");
		break;
	case '"':
		str_puts(out, "&#34;");
		break;
	case '\'':
		str_puts(out, "&#39;");
		break;
	case '&':
		str_puts(out, "&amp;");
		break;
	case '<':
		str_puts(out, "&lt;");
		break;
	case '>':
		str_puts(out, "&gt;");
		break;
	default:
		str_put(out, text->at + at, 1);
	}
}

static const struct value *fn_html(struct call *call)
{
	struct text text = escapable(call);
	uint32_t hint = 0;
	struct str out;
	size_t at, run = 0;

	call_str(call, &out);
	for (at = 0; at < text.len; at++) {
		if (text.at[at] && !strchr("\"'&<>", text.at[at]))
			continue;
		str_put_slice(&out, &text, run, at, &hint);
		escape_html(&out, &text, at);
		run = at + 1;
	}
	str_put_slice(&out, &text, run, text.len, &hint);
	return call_give_str(call, &out);
}

static const struct value *fn_urlquery(struct call *call)
{
	struct text text = escapable(call);
	struct str out;
	size_t at;

	str_init(&out, call->arena);
	for (at = 0; at < text.len; at++) {
		unsigned char byte = (unsigned char)text.at[at];

		if ((byte >= '0' && byte <= '9') ||
		    (byte >= 'a' && byte <= 'z') ||
		    (byte >= 'A' && byte <= 'Z') ||
		    (byte && strchr("-_.~", byte)))
			str_putc(&out, (char)byte);
		else if (byte == ' ')
			str_putc(&out, '+');
		else
			str_printf(&out, "%%%02X", byte);
	}
	return call_give_opaque(call, str_text(&out), out.len);
}

static const struct value *fn_js(struct call *call)
{
	struct text text = escapable(call);
	struct str out;

	str_init(&out, call->arena);
	escape_js(&out, text.at, text.len);
	return call_give_opaque(call, str_text(&out), out.len);
}

const struct func template_funcs_builtin[] = {
	{ .name = "and",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .lazy = true,
	  .run = fn_lazy,
	  .usage = "and VALUE...",
	  .help = "The first VALUE that is empty, else the last one. What "
		  "follows it is not evaluated." },
	{ .name = "call",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_call,
	  .usage = "call FUNCTION VALUE...",
	  .help = "The result of a function; no value of a chart is one." },
	{ .name = "eq",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = compare_eq,
	  .usage = "eq VALUE OTHER...",
	  .help = "Whether VALUE equals one of the others. Both have to be of "
		  "the same type: a number from values is a float, one in a "
		  "template without a point an int." },
	{ .name = "ge",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = compare_ge,
	  .usage = "ge A B",
	  .help = "Whether A is greater than B or equal." },
	{ .name = "gt",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = compare_gt,
	  .usage = "gt A B",
	  .help = "Whether A is greater than B." },
	{ .name = "html",
	  .rest = ARG_ANY,
	  .run = fn_html,
	  .usage = "html VALUE...",
	  .help = "The values as text, escaped for HTML." },
	{ .name = "index",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .run = fn_index,
	  .usage = "index VALUE KEY...",
	  .help = "The item of a list or map, or of one inside it." },
	{ .name = "js",
	  .rest = ARG_ANY,
	  .run = fn_js,
	  .usage = "js VALUE...",
	  .help = "The values as text, escaped for JavaScript." },
	{ .name = "le",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = compare_le,
	  .usage = "le A B",
	  .help = "Whether A is less than B or equal." },
	{ .name = "len",
	  .takes = { ARG_ANY },
	  .run = fn_len,
	  .usage = "len VALUE",
	  .help = "The items of a list or map, or the bytes of a string." },
	{ .name = "lt",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = compare_lt,
	  .usage = "lt A B",
	  .help = "Whether A is less than B." },
	{ .name = "ne",
	  .takes = { ARG_ANY, ARG_ANY },
	  .run = compare_ne,
	  .usage = "ne A B",
	  .help = "Whether A and B differ." },
	{ .name = "not",
	  .takes = { ARG_ANY },
	  .run = fn_not,
	  .usage = "not VALUE",
	  .help = "Whether VALUE is empty." },
	{ .name = "or",
	  .takes = { ARG_ANY },
	  .rest = ARG_ANY,
	  .lazy = true,
	  .run = fn_lazy,
	  .usage = "or VALUE...",
	  .help = "The first VALUE that is not empty, else the last one. What "
		  "follows it is not evaluated." },
	{ .name = "print",
	  .rest = ARG_ANY,
	  .run = fn_print,
	  .usage = "print VALUE...",
	  .help = "The values as text, with blanks between those of which "
		  "neither is a string." },
	{ .name = "printf",
	  .takes = { ARG_STRING },
	  .rest = ARG_ANY,
	  .run = fn_printf,
	  .usage = "printf FORMAT VALUE...",
	  .help = "FORMAT with its verbs replaced, as in Go." },
	{ .name = "println",
	  .rest = ARG_ANY,
	  .run = fn_println,
	  .usage = "println VALUE...",
	  .help = "The values as text, with blanks between them and a line "
		  "feed behind." },
	{ .name = "urlquery",
	  .rest = ARG_ANY,
	  .run = fn_urlquery,
	  .usage = "urlquery VALUE...",
	  .help = "The values as text, escaped for the query of a URL." },
	{ .name = NULL }
};
