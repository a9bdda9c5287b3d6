#include "templates/print.h"

#include <math.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/value.h"
#include "templates/func.h"
#include "templates/object.h"
#include "templates/print_verb.h"

enum {
	/* Go would print a map that holds itself until its stack is full. */
	DEPTH_MAX = 1000,
	BUDGET = 20000000,
};

static void put_value(struct printer *p, const struct value *value,
		      uint32_t verb);

void printer_init(struct printer *p, struct str *out,
		  const struct marker *marker)
{
	static const struct verb_flags none;

	p->out = out;
	p->marker = marker;
	p->flags = none;
	p->depth = 0;
	p->budget = BUDGET;
}

void print_mark(struct str *out, const struct value *value,
		const struct marker *marker)
{
	if (!marker || !marker->frame)
		return;
	str_mark(out, marker->frame, marker->begin,
		 value && value->origin.source ? &value->origin
					       : marker->origin);
}

/* %!d(string=x) */
static void put_bad_verb(struct printer *p, const struct value *value,
			 uint32_t verb)
{
	char buf[UTF8_ROOM];

	str_puts(p->out, "%!");
	str_put(p->out, buf, utf8_encode(buf, verb));
	str_putc(p->out, '(');
	if (value_is_null(value)) {
		str_puts(p->out, "<nil>");
	} else {
		str_puts(p->out, template_type_name(value));
		str_putc(p->out, '=');
		put_value(p, value, 'v');
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
	put_value(p, item, verb);
}

static void put_list(struct printer *p, const struct value *list, uint32_t verb)
{
	bool go = p->flags.sharp_v;
	size_t i, count = value_count(list);

	if (go)
		str_puts(p->out, template_type_name(list));
	str_putc(p->out, go ? '{' : '[');
	for (i = 0; i < count; i++) {
		if (i)
			str_puts(p->out, go ? ", " : " ");
		put_nested(p, value_item(list, i), verb);
	}
	str_putc(p->out, go ? '}' : ']');
}

static void put_map(struct printer *p, const struct value *map, uint32_t verb)
{
	struct value_entry **sorted = value_sorted(p->out->arena, map);
	size_t i, count = value_count(map);
	bool go = p->flags.sharp_v;

	if (go)
		str_puts(p->out, template_type_name(map));
	str_puts(p->out, go ? "{" : "map[");
	for (i = 0; i < count; i++) {
		struct value key = { .kind = VALUE_STRING,
				     .len = sorted[i]->len,
				     .string = sorted[i]->key };

		if (i)
			str_puts(p->out, go ? ", " : " ");
		/* A key has no value of its own to lead to. */
		if (p->marker && p->marker->frame)
			str_mark(p->out, p->marker->frame, p->marker->begin,
				 sorted[i]->origin.source ? &sorted[i]->origin
							  : p->marker->origin);
		if (!verb_string(p, &(struct text){ key.string, key.len, NULL },
				 verb)) {
			const struct marker *marker = p->marker;

			p->marker = NULL;
			put_bad_verb(p, &key, verb);
			p->marker = marker;
		}
		str_putc(p->out, ':');
		put_nested(p, sorted[i]->value, verb);
	}
	str_putc(p->out, go ? '}' : ']');
}

static void put_object(struct printer *p, const struct value *value,
		       uint32_t verb)
{
	const struct object_class *class = object_class_of(value);
	struct text text;
	struct str shown;

	str_init(&shown, p->out->arena);
	if (class->model.print)
		class->model.print(&shown, value);
	else
		str_puts(&shown, class->model.go_type);
	text = str_finish(&shown);
	text.map = NULL;
	if (verb_string(p, &text, verb))
		return;
	if (class->under)
		put_value(p, class->under(p->out->arena, value), verb);
	else
		put_bad_verb(p, value, verb);
}

static void put_string(struct printer *p, const struct value *value,
		       uint32_t verb)
{
	struct text text = value_text(value);

	if (!p->marker || !p->marker->frame)
		text.map = NULL;
	if (!verb_string(p, &text, verb))
		put_bad_verb(p, value, verb);
}

static bool put_scalar(struct printer *p, const struct value *value,
		       uint32_t verb)
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
		return verb_bytes(p, &bytes, verb);
	case VALUE_STRING:
		put_string(p, value, verb);
		return true;
	case VALUE_LIST:
		put_list(p, value, verb);
		return true;
	case VALUE_MAP:
		put_map(p, value, verb);
		return true;
	case VALUE_OPAQUE:
		put_object(p, value, verb);
		return true;
	case VALUE_NULL:
		break;
	}
	return false;
}

static void put_value(struct printer *p, const struct value *value,
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
	if (!put_scalar(p, value, verb))
		put_bad_verb(p, value, verb);
	p->depth--;
}

void printer_put(struct printer *p, const struct value *value, uint32_t verb)
{
	if (value_is_null(value)) {
		print_mark(p->out, value, p->marker);
		if (verb == 'T' || verb == 'v')
			verb_pad(p, "<nil>", 5);
		else
			put_bad_verb(p, value, verb);
		return;
	}
	if (verb == 'T') {
		const char *name = template_type_name(value);
		struct text text = text_of(name, strlen(name));

		print_mark(p->out, NULL, p->marker);
		verb_string(p, &text, 's');
		return;
	}
	/* Only Errorf knows %w, so that nothing is looked into. */
	if (verb == 'w')
		put_bad_verb(p, value, verb);
	else
		put_value(p, value, verb);
}

/* The common case without flags. */
static bool print_number(struct str *out, const struct value *value,
			 const struct marker *marker)
{
	char buf[NUMBER_ROOM];
	size_t len;

	if (value->kind == VALUE_INT)
		len = number_format_int(buf, value->integer);
	else if (value->kind == VALUE_FLOAT && isfinite(value->real))
		len = number_format_float(buf, value->real, 'g', -1);
	else
		return false;
	print_mark(out, value, marker);
	str_put(out, buf, len);
	return true;
}

void print_value(struct str *out, const struct value *value,
		 const struct marker *marker)
{
	struct printer p;

	if (value && value->kind == VALUE_STRING) {
		struct text text = value_text(value);

		if (!text.map || !marker || !marker->frame) {
			print_mark(out, value, marker);
			str_put(out, text.at, text.len);
		} else {
			str_put_text(out, &text);
		}
		return;
	}
	if (value && print_number(out, value, marker))
		return;
	printer_init(&p, out, marker);
	printer_put(&p, value, 'v');
}

void print_shown(struct str *out, const struct value *value,
		 const struct marker *marker)
{
	const struct object_class *class = object_class_of(value);

	if (!value) {
		print_mark(out, NULL, marker);
		str_puts(out, "<no value>");
	} else if (class && value->kind == VALUE_OPAQUE && class->show) {
		print_mark(out, value, marker);
		class->show(out, value);
	} else {
		print_value(out, value, marker);
	}
}

static bool is_text(const struct value *value)
{
	return value && value->kind == VALUE_STRING;
}

void print_all(struct str *out, const struct value *const *values, size_t count,
	       const struct marker *marker)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (i && !is_text(values[i]) && !is_text(values[i - 1]))
			str_putc(out, ' ');
		print_value(out, values[i], marker);
	}
}

void print_line(struct str *out, const struct value *const *values,
		size_t count, const struct marker *marker)
{
	size_t i;

	print_mark(out, NULL, marker);
	for (i = 0; i < count; i++) {
		if (i)
			str_putc(out, ' ');
		print_value(out, values[i], marker);
	}
	str_putc(out, '\n');
}
