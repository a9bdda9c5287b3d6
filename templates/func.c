#include "templates/func.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "templates/exec.h"
#include "templates/object.h"
#include "templates/print.h"

const struct value *call_arg(const struct call *call, size_t index)
{
	return index < call->count ? call->args[index] : NULL;
}

const struct value *call_under(struct call *call, size_t index)
{
	return object_under(call->arena, call_arg(call, index));
}

const char *call_string(const struct call *call, size_t index)
{
	return value_string_or(call_arg(call, index), "");
}

int64_t call_int(const struct call *call, size_t index)
{
	const struct value *value = call_arg(call, index);

	return value && value->kind == VALUE_INT ? value->integer : 0;
}

double call_float(const struct call *call, size_t index)
{
	const struct value *value = call_arg(call, index);

	return value && value->kind == VALUE_FLOAT ? value->real : 0;
}

bool call_bool(const struct call *call, size_t index)
{
	return value_is_true(call_arg(call, index));
}

static struct marker marker_of(const struct call *call)
{
	struct marker marker = { call->frame, call->begin, &call->origin };

	return marker;
}

/* The call itself does not outlive the action; its origin may have to. */
static const struct origin *kept_origin(struct call *call)
{
	struct origin *origin;

	if (!call->kept) {
		origin = arena_alloc(call->arena, sizeof(*origin));
		*origin = call->origin;
		call->kept = origin;
	}
	return call->kept;
}

/* The text of a value, marked as one place if it has no map. */
static struct text marked_text(struct call *call, const struct value *value)
{
	struct text text = value_text(value);
	struct segment_map *map;
	struct segment *segment;

	if (text.map || !value || !call->frame)
		return text;
	map = arena_alloc(call->arena, sizeof(*map) + sizeof(*segment));
	segment = (struct segment *)(map + 1);
	segment->at = 0;
	segment->begin = call->begin;
	segment->frame = call->frame;
	segment->from = origin_source(&value->origin) ? &value->origin
						      : kept_origin(call);
	map->segments = segment;
	map->count = 1;
	text.map = map;
	return text;
}

struct text call_text(struct call *call, size_t index)
{
	return marked_text(call, call_arg(call, index));
}

struct text call_print(struct call *call, const struct value *value)
{
	struct marker marker = marker_of(call);
	struct str str;

	marker.origin = kept_origin(call);
	str_init(&str, call->arena);
	print_value(&str, value, &marker);
	return str_finish(&str);
}

const struct value *call_fail(struct call *call, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	exec_call_failed(call, format, args);
	va_end(args);
	return NULL;
}

const struct value *call_null(struct call *call)
{
	return value_new(call->arena, VALUE_NULL, &call->origin);
}

const struct value *call_give_bool(struct call *call, bool boolean)
{
	return value_new_bool(call->arena, &call->origin, boolean);
}

const struct value *call_give_int64(struct call *call, int64_t integer)
{
	return value_new_int(call->arena, &call->origin, integer);
}

const struct value *call_give_int(struct call *call, int64_t integer)
{
	struct value *value =
		value_new_int(call->arena, &call->origin, integer);

	value->type = VALUE_TYPE_INT;
	return value;
}

const struct value *call_give_float(struct call *call, double real)
{
	return value_new_float(call->arena, &call->origin, real);
}

const struct value *call_give_text(struct call *call, const struct text *text)
{
	return value_new_text(call->arena, &call->origin, text);
}

void call_str(struct call *call, struct str *str)
{
	str_init(str, call->arena);
	if (call->frame)
		str_mark(str, call->frame, call->begin, kept_origin(call));
}

const struct value *call_give_str(struct call *call, struct str *str)
{
	struct text text = str_finish(str);

	return call_give_text(call, &text);
}

/* The first argument that somebody wrote; lists and maps lead to items. */
static const struct origin *origin_of_arguments(struct call *call)
{
	size_t i;

	for (i = 0; i < call->count; i++)
		if (origin_source(&call->args[i]->origin))
			return &call->args[i]->origin;
	return kept_origin(call);
}

const struct value *call_give_opaque(struct call *call, const char *text,
				     size_t len)
{
	struct text whole;
	struct str str;

	str_init(&str, call->arena);
	str_reserve(&str, len + 1);
	if (call->frame)
		str_mark(&str, call->frame, call->begin,
			 origin_of_arguments(call));
	str_put(&str, text, len);
	whole = str_finish(&str);
	return call_give_text(call, &whole);
}

struct value *call_new_list(struct call *call)
{
	return value_new_list(call->arena, &call->origin);
}

struct value *call_new_map(struct call *call)
{
	return value_new_map(call->arena, &call->origin);
}

/* "12.00" counts as 12 and "12.50" as nothing: cast, which Sprig uses. */
static size_t without_zero_fraction(const char *text, size_t len)
{
	size_t end = len;

	while (end && text[end - 1] == '0')
		end--;
	if (end && end < len && text[end - 1] == '.')
		return end - 1;
	return len;
}

static int64_t float_to_int64(double real)
{
	/* What the processors that Go runs on make of numbers too large. */
	if (isnan(real) || real >= 9223372036854775808.0 ||
	    real < -9223372036854775808.0)
		return INT64_MIN;
	return (int64_t)real;
}

int64_t call_to_int64(const struct value *value)
{
	const struct object_class *class = object_class_of(value);
	int64_t integer;

	/* A month is a number to cast, a duration is none. */
	if (class && value->kind == VALUE_OPAQUE && class->kind &&
	    strcmp(class->kind, "int") == 0)
		return *(const int *)value->data;
	if (!value)
		return 0;
	switch ((enum value_kind)value->kind) {
	case VALUE_BOOL:
		return value->boolean;
	case VALUE_INT:
	case VALUE_UINT:
		return value->integer;
	case VALUE_FLOAT:
		return float_to_int64(value->real);
	case VALUE_STRING:
		if (number_parse_int(
			    value->string,
			    without_zero_fraction(value->string, value->len), 0,
			    &integer) == NUMBER_OK)
			return integer;
		return 0;
	case VALUE_NULL:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	}
	return 0;
}

double call_to_float(const struct value *value)
{
	double real;

	if (!value)
		return 0;
	switch ((enum value_kind)value->kind) {
	case VALUE_BOOL:
		return value->boolean;
	case VALUE_INT:
		return (double)value->integer;
	case VALUE_UINT:
		return (double)value->natural;
	case VALUE_FLOAT:
		return value->real;
	case VALUE_STRING:
		if (number_parse_float(value->string, value->len, &real) ==
		    NUMBER_OK)
			return real;
		return 0;
	case VALUE_NULL:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	}
	return 0;
}

struct text call_strval(struct call *call, const struct value *value)
{
	struct text text;
	struct str str;

	if (value_is_string(value))
		return marked_text(call, value);
	if (value && value->kind == VALUE_BYTES) {
		str_init(&str, call->arena);
		if (call->frame)
			str_mark(&str, call->frame, call->begin,
				 origin_source(&value->origin)
					 ? &value->origin
					 : kept_origin(call));
		str_put(&str, value->string, value->len);
		text = str_finish(&str);
		return text;
	}
	return call_print(call, value);
}

bool template_truth(const struct value *value)
{
	const struct object_class *class;

	if (!value)
		return false;
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return value->boolean;
	case VALUE_INT:
	case VALUE_UINT:
		return value->natural != 0;
	case VALUE_FLOAT:
		return value->real != 0;
	case VALUE_STRING:
	case VALUE_BYTES:
		return value->len != 0;
	case VALUE_LIST:
	case VALUE_MAP:
		return value_count(value) != 0;
	case VALUE_OPAQUE:
		break;
	}
	class = object_class_of(value);
	return !class->truth || class->truth(value);
}

/* Go's isTrue and Sprig's empty agree on everything that values can be. */
bool template_empty(const struct value *value)
{
	return !template_truth(value);
}

static const char *named_type(const struct value *value)
{
	return value->class ? value->class->go_type : "chartutil.Values";
}

const char *template_type_name(const struct value *value)
{
	if (!value)
		return "<nil>";
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		return "<nil>";
	case VALUE_BOOL:
		return "bool";
	case VALUE_INT:
		return value->type == VALUE_TYPE_INT     ? "int"
		       : value->type == VALUE_TYPE_INT32 ? "int32"
							 : "int64";
	case VALUE_UINT:
		return value->type == VALUE_TYPE_UINT8 ? "uint8" : "uint64";
	case VALUE_FLOAT:
		return "float64";
	case VALUE_STRING:
		return "string";
	case VALUE_BYTES:
		return "[]uint8";
	case VALUE_LIST:
		return value->type == VALUE_TYPE_STRINGS ? "[]string"
		       : value->type == VALUE_TYPE_INTS  ? "[]int"
		       : value->type == VALUE_TYPE_LISTS ? "[][]interface {}"
							 : "[]interface {}";
	case VALUE_MAP:
		return value->type == VALUE_TYPE_STRINGS ? "map[string]string"
		       : value->type == VALUE_TYPE_NAMED
			       ? named_type(value)
			       : "map[string]interface {}";
	case VALUE_OPAQUE:
		break;
	}
	return value->class->go_type;
}

const char *template_kind_name(const struct value *value)
{
	static const char *const names[] = {
		"invalid", "bool",  "int64", "uint64", "float64",
		"string",  "slice", "slice", "map",    "struct",
	};

	if (!value)
		return "invalid";
	if (value->kind == VALUE_INT || value->kind == VALUE_UINT)
		return template_type_name(value);
	if (value->kind == VALUE_OPAQUE && object_class_of(value)->kind)
		return object_class_of(value)->kind;
	return names[value->kind];
}

static const struct func *const families[] = {
#define FUNCS(family) template_funcs_##family,
#include "templates/funcs.def"
#undef FUNCS
	NULL
};

const struct func *template_func_next(size_t *family, size_t *row)
{
	while (families[*family]) {
		const struct func *func = &families[*family][*row];

		if (func->name) {
			++*row;
			return func;
		}
		++*family;
		*row = 0;
	}
	return NULL;
}
