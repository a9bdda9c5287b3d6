#include "model/yaml_key.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_scalar.h"

/*
 * sigs.k8s.io/yaml prints a float key with the precision of a float32: the
 * fewest digits that read back as the same float32, %e from 1e21 on and below
 * 1e-4 as %g decides with six digits.
 */
static size_t float_key(double real, char *buf)
{
	float narrow = (float)real;
	double back;
	size_t len = 0;

	if (isnan(real))
		return (size_t)(stpcpy(buf, ".nan") - buf);
	if (isinf(narrow))
		return (size_t)(stpcpy(buf, narrow < 0 ? "-.inf" : ".inf") -
				buf);
	for (int precision = 0; precision < 12; precision++) {
		len = number_format_float(buf, narrow, 'e', precision);
		if (number_parse_float(buf, len, &back) == NUMBER_OK &&
		    (float)back == narrow)
			break;
	}
	/* The decimal is the shortest; as a double it prints as itself. */
	return number_format_float(buf, back, 'g', -1);
}

size_t yaml_key_text(const struct value *key, char *buf)
{
	switch ((enum value_kind)key->kind) {
	case VALUE_BOOL:
		return (size_t)(stpcpy(buf, key->boolean ? "true" : "false") -
				buf);
	case VALUE_INT:
		return number_format_int(buf, key->integer);
	case VALUE_UINT:
		return number_format_uint(buf, key->natural);
	case VALUE_FLOAT:
		return float_key(key->real, buf);
	case VALUE_NULL:
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	}
	buf[0] = '\0';
	return 0;
}

/* A character as strconv.Quote writes it. */
static void put_go_rune(struct str *out, const char *at, size_t size,
			uint32_t rune)
{
	static const char known[] = "\a\b\t\n\v\f\r", letters[] = "abtnvfr";
	const char *found =
		rune && rune < ' ' ? strchr(known, (int)rune) : NULL;

	if (size == 1 && (unsigned char)*at >= 0x80)
		str_printf(out, "\\x%02x", (unsigned char)*at);
	else if (rune == '"' || rune == '\\')
		str_printf(out, "\\%c", (char)rune);
	else if (rune < 0x7f ? rune >= ' ' : rune_is_print(rune))
		str_put(out, at, size);
	else if (found)
		str_printf(out, "\\%c", letters[found - known]);
	else if (rune < 0x80)
		str_printf(out, "\\x%02x", rune);
	else
		str_printf(out, rune < 0x10000 ? "\\u%04x" : "\\U%08x", rune);
}

static void put_go_string(struct str *out, const char *text, size_t len)
{
	size_t size;

	str_putc(out, '"');
	for (size_t i = 0; i < len; i += size) {
		uint32_t rune = utf8_decode(text + i, len - i, &size);

		put_go_rune(out, text + i, size, rune);
	}
	str_putc(out, '"');
}

static void put_go_number(struct str *out, const struct value *value)
{
	char buf[NUMBER_ROOM];

	if (value->kind == VALUE_INT)
		str_put(out, buf, number_format_int(buf, value->integer));
	else if (value->kind == VALUE_UINT)
		str_printf(out, "0x%llx", (unsigned long long)value->natural);
	else
		str_put(out, buf,
			number_format_float(buf, value->real, 'g', -1));
}

static void put_go_syntax(struct str *out, const struct value *value);

static bool is_number(const struct value_entry *entry)
{
	return entry->kind == VALUE_INT || entry->kind == VALUE_UINT ||
	       entry->kind == VALUE_FLOAT;
}

/* A number from the text that yaml_key_text() gave; 0: the text is none. */
static struct value key_number(const struct value_entry *entry)
{
	struct value number = { .kind = entry->kind };
	const char *key = entry->key;
	/* .nan, .inf and -.inf are the only ones that begin with a dot. */
	size_t skip = strspn(key, "-.") > 1 ? 2 : *key == '.';
	enum number_status status;

	if (entry->kind == VALUE_INT)
		status = number_parse_int(key, entry->len, 10, &number.integer);
	else if (entry->kind == VALUE_UINT)
		status =
			number_parse_uint(key, entry->len, 10, &number.natural);
	else
		status = number_parse_float(key + skip, entry->len - skip,
					    &number.real);
	if (status == NUMBER_SYNTAX)
		number.integer = 0;
	else if (skip == 2)
		number.real = -number.real;
	return number;
}

static void put_go_key(struct str *out, const struct value_entry *entry)
{
	struct value number = key_number(entry);

	if (entry->kind == VALUE_NULL)
		str_puts(out, "interface {}(nil)");
	else if (entry->kind == VALUE_STRING)
		put_go_string(out, entry->key, entry->len);
	else if (entry->kind == VALUE_UINT || entry->kind == VALUE_FLOAT)
		put_go_number(out, &number);
	else
		str_put(out, entry->key, entry->len);
}

/*
 * Where fmt prints keys of a type: it sorts by the addresses that the linker
 * gave the types, which are in this order in both versions.
 */
static int key_rank(const struct value_entry *entry)
{
	switch ((enum value_kind)entry->kind) {
	case VALUE_NULL:
		return 0;
	case VALUE_STRING:
	case VALUE_BYTES:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_OPAQUE:
		break;
	case VALUE_UINT:
		return 2;
	case VALUE_INT:
		return 3;
	case VALUE_FLOAT:
		return 4;
	case VALUE_BOOL:
		return 5;
	}
	return 1;
}

static int compare_numbers(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_INT)
		return a->integer < b->integer ? -1 : a->integer > b->integer;
	if (a->kind == VALUE_UINT)
		return a->natural < b->natural ? -1 : a->natural > b->natural;
	if (isnan(a->real) || isnan(b->real))
		return !isnan(a->real) - !isnan(b->real);
	return a->real < b->real ? -1 : a->real > b->real;
}

static int compare_keys(const void *left, const void *right)
{
	const struct value_entry *a = *(struct value_entry *const *)left;
	const struct value_entry *b = *(struct value_entry *const *)right;
	int order = key_rank(a) - key_rank(b);
	struct value x, y;

	if (!order && is_number(a)) {
		x = key_number(a);
		y = key_number(b);
		order = compare_numbers(&x, &y);
	}
	if (!order)
		order = memcmp(a->key, b->key,
			       a->len < b->len ? a->len : b->len);
	return order ? order : (a->len > b->len) - (a->len < b->len);
}

static void put_go_collection(struct str *out, const struct value *value)
{
	size_t count = value_count(value);

	if (value->kind == VALUE_LIST) {
		str_puts(out, "[]interface {}{");
		for (size_t i = 0; i < count; i++) {
			if (i)
				str_puts(out, ", ");
			put_go_syntax(out, value_item(value, i));
		}
	} else {
		struct value_entry **sorted = value_sorted(out->arena, value);

		/* value_sorted gives the array, which is sorted anew. */
		if (count > 1)
			qsort(sorted, count, sizeof(*sorted), compare_keys);
		str_puts(out, "map[interface {}]interface {}{");
		for (size_t i = 0; i < count; i++) {
			if (i)
				str_puts(out, ", ");
			put_go_key(out, sorted[i]);
			str_putc(out, ':');
			put_go_syntax(out, sorted[i]->value);
		}
	}
	str_putc(out, '}');
}

/* %#v; the reader has bounded the depth. */
static void put_go_syntax(struct str *out, const struct value *value)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
	case VALUE_OPAQUE:
		str_puts(out, "interface {}(nil)");
		return;
	case VALUE_BOOL:
		str_puts(out, value->boolean ? "true" : "false");
		return;
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
		put_go_number(out, value);
		return;
	case VALUE_STRING:
	case VALUE_BYTES:
		put_go_string(out, value->string, value->len);
		return;
	case VALUE_LIST:
	case VALUE_MAP:
		put_go_collection(out, value);
		return;
	}
}

const char *yaml_key_fault(struct arena *arena, const struct value *key)
{
	struct str text;

	str_init(&text, arena);
	str_puts(&text, "invalid map key: ");
	put_go_syntax(&text, key);
	return str_text(&text);
}

struct hop {
	struct arena *arena;
	const char *key_error;
	bool unsupported; /* a number that JSON has not */
};

static void hop_value(struct hop *hop, struct value *value);

static void hop_number(struct hop *hop, struct value *value)
{
	if (value->kind == VALUE_INT)
		value->real = (double)value->integer;
	else if (value->kind == VALUE_UINT)
		value->real = (double)value->natural;
	value->kind = VALUE_FLOAT;
	if (!isfinite(value->real))
		hop->unsupported = true;
}

struct text yaml_json_text(struct arena *arena, const char *text, size_t len)
{
	struct str out;
	size_t size;

	if (utf8_valid(text, len))
		return text_of(text, len);
	str_init(&out, arena);
	for (size_t at = 0; at < len; at += size) {
		char utf8[UTF8_ROOM];
		uint32_t rune = utf8_decode(text + at, len - at, &size);

		str_put(&out, utf8, utf8_encode(utf8, rune));
	}
	return text_of(str_text(&out), out.len);
}

static void hop_string(struct hop *hop, struct value *value)
{
	struct text text;

	if (value->tag != VALUE_TAG_BINARY)
		return;
	text = yaml_json_text(hop->arena, value->string, value->len);
	value->string = text.at;
	value->len = (uint32_t)text.len;
}

/* What JSON has no name for: a null, or a number above all int64. */
static const char *unsupported_key(struct arena *arena,
				   const struct value_entry *entry)
{
	struct str text;

	str_init(&text, arena);
	str_puts(&text, "unsupported map key of type: ");
	if (entry->kind == VALUE_NULL)
		str_puts(&text, "%!s(<nil>), key: <nil>");
	else
		str_printf(&text, "uint64, key: %s", entry->key);
	str_puts(&text, ", value: ");
	if (entry->value->kind == VALUE_NULL)
		str_puts(&text, "<nil>");
	else
		put_go_syntax(&text, entry->value);
	return str_text(&text);
}

static void hop_map(struct hop *hop, struct value *map)
{
	struct value_entry *entry;

	value_foreach (entry, map) {
		if (!hop->key_error &&
		    (entry->kind == VALUE_NULL || entry->kind == VALUE_UINT))
			hop->key_error = unsupported_key(hop->arena, entry);
		entry->kind = VALUE_STRING;
		hop_value(hop, entry->value);
	}
}

static void hop_value(struct hop *hop, struct value *value)
{
	struct value *item;

	switch ((enum value_kind)value->kind) {
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
		hop_number(hop, value);
		return;
	case VALUE_MAP:
		hop_map(hop, value);
		return;
	case VALUE_LIST:
		list_foreach (item, value) {
			hop_value(hop, item);
		}
		return;
	case VALUE_STRING:
		hop_string(hop, value);
		return;
	case VALUE_NULL:
	case VALUE_BOOL:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		return;
	}
}

/* Go looks at all keys before it prints the first number, in their order. */
bool yaml_json_numbers(struct arena *arena, struct value *value,
		       const char **error)
{
	struct hop hop = { .arena = arena };
	struct str text;

	hop_value(&hop, value);
	*error = hop.key_error;
	if (hop.key_error || !hop.unsupported)
		return !hop.key_error;
	str_init(&text, arena);
	return json_write(&text, value, NULL, NULL, error);
}
