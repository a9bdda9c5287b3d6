#include "templates/print.h"

#include <math.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "model/value.h"
#include "templates/func.h"
#include "templates/object.h"
#include "templates/print/verb.h"

enum {
	BUDGET = 20000000,
};

void printer_init(struct printer *p, struct str *out,
		  const struct marker *marker)
{
	static const struct verb_flags none;

	p->out = out;
	p->marker = marker;
	p->flags = none;
	p->depth = 0;
	p->erroring = false;
	p->budget = BUDGET;
}

void print_mark(struct str *out, const struct value *value,
		const struct marker *marker)
{
	if (!marker || !marker->frame)
		return;
	str_mark(out, marker->frame, marker->begin,
		 value && origin_source(&value->origin) ? &value->origin
							: marker->origin);
}

void printer_put(struct printer *p, const struct value *value, uint32_t verb)
{
	if (value_is_null(value)) {
		print_mark(p->out, value, p->marker);
		if (verb == 'T' || verb == 'v')
			verb_pad(p, "<nil>", 5);
		else
			printer_bad_verb(p, value, verb);
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
		printer_bad_verb(p, value, verb);
	else
		printer_put_value(p, value, verb);
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
