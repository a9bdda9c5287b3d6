/*
 * Lists, maps and structs under one verb of Go's fmt, which goes on to what
 * they hold.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "model/value.h"
#include "templates/func.h"
#include "templates/object.h"
#include "templates/print/verb.h"

enum {
	/* Go would print a map that holds itself until its stack is full. */
	DEPTH_MAX = 1000,
};

/* %!d(string=x): nothing in there is asked for its String(). */
void printer_bad_verb(struct printer *p, const struct value *value,
		      uint32_t verb)
{
	bool erroring = p->erroring;
	uint32_t depth = p->depth;
	char buf[UTF8_ROOM];

	str_puts(p->out, "%!");
	str_put(p->out, buf, utf8_encode(buf, verb));
	str_putc(p->out, '(');
	if (value_is_null(value)) {
		str_puts(p->out, "<nil>");
	} else {
		p->erroring = true;
		p->depth = 0;
		str_puts(p->out, template_type_name(value));
		str_putc(p->out, '=');
		printer_put_value(p, value, 'v');
		p->erroring = erroring;
		p->depth = depth;
	}
	str_putc(p->out, ')');
}

static void put_nested(struct printer *p, const struct value *item,
		       uint32_t verb)
{
	if (value_is_null(item)) {
		print_mark(p->out, item, p->marker);
		if (p->flags.sharp_v)
			str_puts(p->out, "interface {}(nil)");
		else
			str_puts(p->out, "<nil>");
		return;
	}
	printer_put_value(p, item, verb);
}

/* With %#v the type stands in front, and a nil one says so. */
static bool put_type(struct printer *p, const struct value *value,
		     const char *type)
{
	if (!p->flags.sharp_v)
		return true;
	str_puts(p->out, type);
	if (!(value->flags & VALUE_FLAG_NIL))
		return true;
	str_puts(p->out, "(nil)");
	return false;
}

static void put_list(struct printer *p, const struct value *list,
		     const char *type, uint32_t verb)
{
	bool go = p->flags.sharp_v;
	size_t i, count = value_count(list);

	if (!put_type(p, list, type))
		return;
	str_putc(p->out, go ? '{' : '[');
	for (i = 0; i < count; i++) {
		if (i)
			str_puts(p->out, go ? ", " : " ");
		put_nested(p, value_item(list, i), verb);
	}
	str_putc(p->out, go ? '}' : ']');
}

/* A key has no value of its own to lead to. */
static void put_key(struct printer *p, const struct value_entry *entry,
		    uint32_t verb)
{
	struct value key = { .kind = VALUE_STRING,
			     .len = entry->len,
			     .string = entry->key };
	const struct marker *marker = p->marker;

	if (marker && marker->frame)
		str_mark(p->out, marker->frame, marker->begin,
			 origin_source(&entry->origin) ? &entry->origin
						       : marker->origin);
	if (verb_string(p, &(struct text){ key.string, key.len, NULL }, verb))
		return;
	p->marker = NULL;
	printer_bad_verb(p, &key, verb);
	p->marker = marker;
}

static void put_map(struct printer *p, const struct value *map,
		    const char *type, uint32_t verb)
{
	struct value_entry **sorted = value_sorted(p->out->arena, map);
	size_t i, count = value_count(map);
	bool go = p->flags.sharp_v;

	if (!put_type(p, map, type))
		return;
	str_puts(p->out, go ? "{" : "map[");
	for (i = 0; i < count; i++) {
		if (i)
			str_puts(p->out, go ? ", " : " ");
		put_key(p, sorted[i], verb);
		str_putc(p->out, ':');
		put_nested(p, sorted[i]->value, verb);
	}
	str_putc(p->out, go ? '}' : ']');
}

static bool is_plain(const struct verb_flags *flags, uint32_t verb)
{
	static const struct verb_flags none;

	return (verb == 'v' || verb == 'd') &&
	       memcmp(flags, &none, sizeof(none)) == 0;
}

/*
 * [1 22 255] in one pass: `dict $ "x"` prints the whole context as a key, and
 * with it each byte of the chart's files.
 */
static void put_plain_bytes(struct str *out, const struct value *bytes)
{
	char digits[256][4];
	uint8_t lens[256];
	unsigned byte;
	const char *from = bytes->string, *end = from + bytes->len;
	char *begin, *to;

	for (byte = 0; byte < ARRAY_COUNT(lens); byte++) {
		size_t len = 0;

		digits[byte][len++] = ' ';
		if (byte >= 100)
			digits[byte][len++] = (char)('0' + byte / 100);
		if (byte >= 10)
			digits[byte][len++] = (char)('0' + byte / 10 % 10);
		digits[byte][len++] = (char)('0' + byte % 10);
		lens[byte] = (uint8_t)len;
	}
	str_reserve(out, (size_t)bytes->len * sizeof(digits[0]) + 2);
	begin = to = out->text + out->len;
	while (from < end) {
		byte = (unsigned char)*from++;
		memcpy(to, digits[byte], sizeof(digits[byte]));
		to += lens[byte];
	}
	/* In place of the first blank. */
	*begin = '[';
	to += to == begin;
	*to++ = ']';
	out->len += (size_t)(to - begin);
}

/* The elements of []byte one by one. */
static void put_bytes(struct printer *p, const struct value *bytes,
		      uint32_t verb)
{
	struct value byte = { .kind = VALUE_UINT, .type = VALUE_TYPE_UINT8 };
	bool go = p->flags.sharp_v;
	uint32_t i;

	if (is_plain(&p->flags, verb)) {
		put_plain_bytes(p->out, bytes);
		return;
	}
	if (go)
		str_puts(p->out, p->depth > 1 ? "[]uint8" : "[]byte");
	str_putc(p->out, go ? '{' : '[');
	for (i = 0; i < bytes->len; i++) {
		if (i)
			str_puts(p->out, go ? ", " : " ");
		byte.natural = (unsigned char)bytes->string[i];
		if (!verb_int(p, &byte, verb))
			printer_bad_verb(p, &byte, verb);
	}
	str_putc(p->out, go ? '}' : ']');
}

/* Of the verbs for numbers a pointer has these. */
static bool points(uint32_t verb)
{
	return verb && strchr("bdoxX", (int)verb);
}

/*
 * Inside of something else fmt shows where a pointer leads to and not what is
 * there.  Of Go's some are others in each run and some in each build; ours are
 * all the same.
 */
static void put_address(struct printer *p, const struct value *object,
			uint32_t verb)
{
	struct value address = { .kind = VALUE_UINT, .natural = 0xc000000000 };
	bool sharp = p->flags.sharp;

	if (verb == 'v' || verb == 'p') {
		p->flags.sharp = true;
		verb_int(p, &address, 'x');
		p->flags.sharp = sharp;
	} else if (!points(verb) || !verb_int(p, &address, verb)) {
		printer_bad_verb(p, object, verb);
	}
}

static void put_nil(struct printer *p, const char *type, uint32_t verb)
{
	static const struct value zero = { .kind = VALUE_UINT };
	char buf[UTF8_ROOM + 1] = "";

	buf[utf8_encode(buf, verb)] = '\0';
	if (verb == 'v' && p->flags.sharp_v) {
		str_printf(p->out, "(%s)(nil)", type);
	} else if (verb == 'v') {
		verb_pad(p, "<nil>", 5);
	} else if (verb == 'p') {
		verb_pad(p, "0x0", 3);
	} else if (!points(verb) || !verb_int(p, &zero, verb)) {
		str_printf(p->out, "%%!%s(%s=", buf, type);
		verb_pad(p, "<nil>", 5);
		str_putc(p->out, ')');
	}
}

/* (1+2i): the sign in the middle is always there. */
static bool put_complex(struct printer *p, const double *parts, uint32_t verb)
{
	bool plus = p->flags.plus;

	if (!verb || !strchr("vbgGxXfFeE", (int)verb))
		return false;
	str_putc(p->out, '(');
	verb_float(p, parts[0], verb);
	p->flags.plus = true;
	verb_float(p, parts[1], verb);
	p->flags.plus = plus;
	str_puts(p->out, "i)");
	return true;
}

static void put_part(struct printer *p, const struct object_part *part,
		     uint32_t verb)
{
	if (p->flags.sharp_v || p->flags.plus_v) {
		str_puts(p->out, part->name);
		str_putc(p->out, ':');
	}
	if (part->value)
		printer_put_value(p, part->value, verb);
	else
		put_nil(p, part->type, verb);
}

static void put_struct(struct printer *p, const struct object_part *parts,
		       const char *type, uint32_t verb)
{
	const char *between = p->flags.sharp_v ? ", " : " ";
	size_t i;

	if (p->flags.sharp_v)
		str_puts(p->out, type);
	str_putc(p->out, '{');
	for (i = 0; parts[i].name; i++) {
		if (i)
			str_puts(p->out, between);
		put_part(p, &parts[i], verb);
	}
	str_putc(p->out, '}');
}

static void put_text_of(struct printer *p, const struct value *value,
			void (*print)(struct str *, const struct value *),
			uint32_t verb)
{
	struct text text;
	struct str shown;

	str_init(&shown, p->out->arena);
	print(&shown, value);
	text = str_finish(&shown);
	text.map = NULL;
	if (!verb_string(p, &text, verb))
		printer_bad_verb(p, value, verb);
}

/* Its String() or GoString(), if the verb is one that asks for it. */
static bool put_own_text(struct printer *p, const struct value *value,
			 uint32_t verb)
{
	const struct object_class *class = object_class_of(value);

	if (p->erroring)
		return false;
	if (p->flags.sharp_v) {
		if (class->go_string)
			put_text_of(p, value, class->go_string, 's');
		return class->go_string != NULL;
	}
	if (!class->stringer || !verb || !strchr("vsxXq", (int)verb))
		return false;
	put_text_of(p, value, class->model.print, verb);
	return true;
}

static bool put_any(struct printer *p, const struct value *value,
		    uint32_t verb);

static void put_object(struct printer *p, const struct value *value,
		       uint32_t verb)
{
	const struct object_class *class = object_class_of(value);
	const char *type = class->model.go_type;
	const struct value *under;

	if (put_own_text(p, value, verb))
		return;
	if (object_is_pointer(value) && (p->depth > 1 || !class->parts)) {
		put_address(p, value, verb);
	} else if (class->parts) {
		if (*type == '*') {
			str_putc(p->out, '&');
			type++;
		}
		put_struct(p, class->parts(p->out->arena, value), type, verb);
	} else if (class->under) {
		under = class->under(p->out->arena, value);
		if (value_is_list(under))
			put_list(p, under, type, verb);
		else if (value_is_map(under))
			put_map(p, under, type, verb);
		else if (!put_any(p, under, verb))
			printer_bad_verb(p, value, verb);
	} else if (strcmp(type, "complex128") == 0) {
		if (!put_complex(p, value->data, verb))
			printer_bad_verb(p, value, verb);
	} else {
		put_text_of(p, value, class->model.print, verb);
	}
}

static void put_string(struct printer *p, const struct value *value,
		       uint32_t verb)
{
	struct text text = value_text(value);

	if (!p->marker || !p->marker->frame)
		text.map = NULL;
	if (!verb_string(p, &text, verb))
		printer_bad_verb(p, value, verb);
}

static bool put_any(struct printer *p, const struct value *value, uint32_t verb)
{
	struct text bytes;

	switch ((enum value_kind)value->kind) {
	case VALUE_BOOL:
		return verb_bool(p, value->boolean, verb);
	case VALUE_INT:
	case VALUE_UINT:
		return verb_int(p, value, verb);
	case VALUE_FLOAT:
		return verb_float(p, value->real, verb);
	case VALUE_BYTES:
		bytes = text_of(value->string, value->len);
		if (verb == 'v' || !verb_string(p, &bytes, verb))
			put_bytes(p, value, verb);
		return true;
	case VALUE_STRING:
		put_string(p, value, verb);
		return true;
	case VALUE_LIST:
		put_list(p, value, template_type_name(value), verb);
		return true;
	case VALUE_MAP:
		put_map(p, value, template_type_name(value), verb);
		return true;
	case VALUE_OPAQUE:
		put_object(p, value, verb);
		return true;
	case VALUE_NULL:
		break;
	}
	return false;
}

/* Whether %p of an operand shows an address: it does not look inside. */
static bool refers(const struct value *value)
{
	return value->kind == VALUE_LIST || value->kind == VALUE_MAP ||
	       value->kind == VALUE_BYTES || object_is_pointer(value);
}

void printer_put_value(struct printer *p, const struct value *value,
		       uint32_t verb)
{
	if (p->depth >= DEPTH_MAX || !p->budget) {
		str_puts(p->out, "...");
		return;
	}
	p->budget--;
	p->depth++;
	if (value->kind != VALUE_STRING || !value->segments)
		print_mark(p->out, value, p->marker);
	if (verb == 'p' && p->depth == 1 && refers(value))
		put_address(p, value, verb);
	else if ((verb == 'p' && p->depth == 1) || !put_any(p, value, verb))
		printer_bad_verb(p, value, verb);
	p->depth--;
}
