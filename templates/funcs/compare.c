/*
 * eq, ne, lt, le, gt and ge.
 *
 * Only values of one kind compare; signed and unsigned numbers may mix, whole
 * numbers and floats may not, which is the classic trap of numbers that come
 * from values.
 */
#include "templates/funcs/compare.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "templates/func.h"
#include "templates/funcs/equal.h"
#include "templates/object.h"
#include "templates/print.h"

enum basic_kind {
	BASIC_NONE, /* not comparable, or no value */
	BASIC_BOOL,
	BASIC_INT,
	BASIC_UINT,
	BASIC_FLOAT,
	BASIC_STRING,
	BASIC_COMPLEX,
};

static enum basic_kind basic_kind(const struct value *value)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_BOOL:
		return BASIC_BOOL;
	case VALUE_INT:
		return BASIC_INT;
	case VALUE_UINT:
		return BASIC_UINT;
	case VALUE_FLOAT:
		return BASIC_FLOAT;
	case VALUE_STRING:
		return BASIC_STRING;
	case VALUE_OPAQUE:
		return strcmp(template_kind_name(value), "complex128") == 0
			       ? BASIC_COMPLEX
			       : BASIC_NONE;
	case VALUE_NULL:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	return BASIC_NONE;
}

static bool both_ints(enum basic_kind one, enum basic_kind two)
{
	return (one == BASIC_INT || one == BASIC_UINT) &&
	       (two == BASIC_INT || two == BASIC_UINT);
}

static int compare_ints(const struct value *a, const struct value *b)
{
	bool a_below = a->kind == VALUE_INT && a->integer < 0;
	bool b_below = b->kind == VALUE_INT && b->integer < 0;

	if (a_below != b_below)
		return a_below ? -1 : 1;
	return (a->natural > b->natural) - (a->natural < b->natural);
}

static int compare_strings(const struct value *a, const struct value *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->string, b->string, len);

	return order ? order : (a->len > b->len) - (a->len < b->len);
}

static const char *shown(struct call *call, const char *verb,
			 const struct value *value)
{
	struct text format = text_of(verb, 2);
	struct str out;

	str_init(&out, call->arena);
	print_format(&out, &format, &value, 1, NULL);
	return str_text(&out);
}

static bool fail_types(struct call *call, const struct value *a,
		       const struct value *b)
{
	call_fail(call, "incompatible types for comparison: %s and %s",
		  template_type_name(a), template_type_name(b));
	return false;
}

/* A nil list or map, as null is. */
static bool is_nil(const struct value *value)
{
	return value_is_null(value) || (value->flags & VALUE_FLAG_NIL);
}

/* == of Go on structs and pointers; false: it does not do for this type. */
static bool equal_objects(struct arena *arena, const struct value *a,
			  const struct value *b, bool *equal)
{
	const struct object_class *class = object_class_of(a);
	const struct object_part *one, *two;

	*equal = class == object_class_of(b);
	if (object_is_pointer(a)) {
		if (*equal && class->identity)
			*equal = class->identity(a) == class->identity(b);
		else if (*equal)
			*equal = a->data == b->data;
		return true;
	}
	one = object_parts(arena, a);
	two = *equal ? object_parts(arena, b) : one;
	for (; one && one->name; one++, two++) {
		const struct value *x = object_under(arena, one->value);
		bool same = true;

		if (value_is_list(x) || value_is_map(x))
			return false;
		if (x && two->value && x->kind == VALUE_OPAQUE) {
			if (!equal_objects(arena, x, two->value, &same))
				return false;
		} else {
			same = deep_equal(one->value, two->value);
		}
		*equal = *equal && same;
	}
	return true;
}

/* Neither is of a basic kind: nil, collections, objects. */
static bool equal_others(struct call *call, const struct value *a,
			 const struct value *b, bool *equal)
{
	const struct value *x = object_under(call->arena, a);
	const struct value *y = object_under(call->arena, b);

	*equal = false;
	if (is_nil(x) || is_nil(y)) {
		*equal = is_nil(x) && is_nil(y);
		if (value_is_null(x) || value_is_null(y) || x->kind == y->kind)
			return true;
	}
	if (strcmp(template_kind_name(a), template_kind_name(b)) != 0) {
		call_fail(call, "non-comparable types %s: %s, %s: %s",
			  shown(call, "%s", a), template_type_name(a),
			  template_type_name(b), shown(call, "%v", b));
		return false;
	}
	if (y->kind == VALUE_OPAQUE && equal_objects(call->arena, a, b, equal))
		return true;
	call_fail(call, "non-comparable type %s: %s", shown(call, "%s", b),
		  template_type_name(b));
	return false;
}

static bool equal_values(struct call *call, size_t one_at, size_t two_at,
			 bool *equal)
{
	const struct value *a = call_under(call, one_at);
	const struct value *b = call_under(call, two_at);
	enum basic_kind one = basic_kind(a), two = basic_kind(b);

	if (both_ints(one, two)) {
		*equal = compare_ints(a, b) == 0;
		return true;
	}
	if (one != two) {
		*equal = false;
		return value_is_null(a) || value_is_null(b) ||
		       fail_types(call, call_arg(call, one_at),
				  call_arg(call, two_at));
	}
	switch (one) {
	case BASIC_BOOL:
		*equal = a->boolean == b->boolean;
		return true;
	case BASIC_FLOAT:
		*equal = a->real == b->real;
		return true;
	case BASIC_STRING:
		*equal = compare_strings(a, b) == 0;
		return true;
	case BASIC_COMPLEX:
		*equal = deep_equal(a, b);
		return true;
	case BASIC_NONE:
	case BASIC_INT:
	case BASIC_UINT:
		break;
	}
	return equal_others(call, call_arg(call, one_at),
			    call_arg(call, two_at), equal);
}

static bool less(struct call *call, bool *result)
{
	const struct value *a = call_under(call, 0), *b = call_under(call, 1);
	enum basic_kind one = basic_kind(a), two = basic_kind(b);

	if (one == BASIC_NONE || two == BASIC_NONE ||
	    (one == two && (one == BASIC_BOOL || one == BASIC_COMPLEX))) {
		call_fail(call, "invalid type for comparison");
		return false;
	}
	if (both_ints(one, two))
		*result = compare_ints(a, b) < 0;
	else if (one != two)
		return fail_types(call, call_arg(call, 0), call_arg(call, 1));
	else if (one == BASIC_FLOAT)
		*result = a->real < b->real;
	else
		*result = compare_strings(a, b) < 0;
	return true;
}

const struct value *compare_eq(struct call *call)
{
	bool equal = false;
	size_t i;

	if (call->count < 2)
		return call_fail(call, "missing argument for comparison");
	for (i = 1; i < call->count && !equal; i++)
		if (!equal_values(call, 0, i, &equal))
			return NULL;
	return call_give_bool(call, equal);
}

const struct value *compare_ne(struct call *call)
{
	bool equal;

	if (!equal_values(call, 0, 1, &equal))
		return NULL;
	return call_give_bool(call, !equal);
}

const struct value *compare_lt(struct call *call)
{
	bool result;

	if (!less(call, &result))
		return NULL;
	return call_give_bool(call, result);
}

/* Less or equal, and not "not greater": that matters for NaN. */
static bool less_or_equal(struct call *call, bool *result)
{
	return less(call, result) &&
	       (*result || equal_values(call, 0, 1, result));
}

const struct value *compare_le(struct call *call)
{
	bool result;

	if (!less_or_equal(call, &result))
		return NULL;
	return call_give_bool(call, result);
}

const struct value *compare_gt(struct call *call)
{
	bool result;

	if (!less_or_equal(call, &result))
		return NULL;
	return call_give_bool(call, !result);
}

const struct value *compare_ge(struct call *call)
{
	bool result;

	if (!less(call, &result))
		return NULL;
	return call_give_bool(call, !result);
}

void escape_js(struct str *out, const char *text, size_t len)
{
	size_t at, size;

	for (at = 0; at < len; at += size) {
		uint32_t rune = utf8_decode(text + at, len - at, &size);

		if (rune == '\\' || rune == '\'' || rune == '"') {
			str_putc(out, '\\');
			str_putc(out, (char)rune);
		} else if (rune == '<' || rune == '>' || rune == '&' ||
			   rune == '=' || rune < 0x20 ||
			   (rune >= 0x80 && !rune_is_print(rune))) {
			str_printf(out, "\\u%04X", rune);
		} else {
			str_put(out, text + at, size);
		}
	}
}
