/*
 * fmt.Sprintf: the format, its flags, widths and argument numbers, and the
 * complaints that Go writes into the text.
 */
#include <string.h>

#include "base/utf8.h"
#include "model/value.h"
#include "templates/func.h"
#include "templates/print/verb.h"

enum {
	/* As in Go: a width that no person means counts as none. */
	NUMBER_MAX = 1000000
};

struct format {
	struct printer printer;
	const struct text *text;
	size_t at;
	const struct value *const *values;
	size_t count;
	size_t argument; /* the next one */
	bool reordered;  /* [n] was used: leftovers are no error */
	bool good;       /* the last [n] was */
	bool after_index;
};

static char here(const struct format *f)
{
	return f->at < f->text->len ? f->text->at[f->at] : '\0';
}

static bool read_number(struct format *f, size_t end, int32_t *number)
{
	size_t begin = f->at;

	*number = 0;
	for (; f->at < end && here(f) >= '0' && here(f) <= '9'; f->at++) {
		/* Looked at before the digit counts, so that one more fits. */
		if (*number > NUMBER_MAX) {
			*number = 0;
			f->at = end;
			return false;
		}
		*number = *number * 10 + (here(f) - '0');
	}
	return f->at > begin;
}

/* [n]: which argument comes next. */
static void read_index(struct format *f)
{
	size_t begin = f->at;
	const char *close;
	int32_t number;

	f->after_index = false;
	if (here(f) != '[')
		return;
	f->reordered = true;
	close = memchr(f->text->at + begin, ']', f->text->len - begin);
	if (!close || f->text->len - begin < 3) {
		f->good = false;
		f->at = begin + 1;
		return;
	}
	f->at = begin + 1;
	if (read_number(f, (size_t)(close - f->text->at), &number) &&
	    f->text->at + f->at == close) {
		f->after_index = true;
		if (number >= 1 && (size_t)number <= f->count)
			f->argument = (size_t)number - 1;
		else
			f->good = false;
	} else {
		f->good = false;
	}
	f->at = (size_t)(close - f->text->at) + 1;
}

/* The number a `*` stands for. */
static bool take_number(struct format *f, int32_t *number)
{
	const struct value *value;

	*number = 0;
	if (f->argument >= f->count)
		return false;
	value = f->values[f->argument++];
	if ((value->kind != VALUE_INT && value->kind != VALUE_UINT) ||
	    value->integer > NUMBER_MAX || value->integer < -NUMBER_MAX)
		return false;
	*number = (int32_t)value->integer;
	return true;
}

static void read_flags(struct format *f)
{
	struct verb_flags *flags = &f->printer.flags;

	for (;; f->at++) {
		switch (here(f)) {
		case '#':
			flags->sharp = true;
			break;
		case '0':
			flags->zero = true;
			break;
		case '+':
			flags->plus = true;
			break;
		case '-':
			flags->minus = true;
			break;
		case ' ':
			flags->space = true;
			break;
		default:
			return;
		}
	}
}

static void read_width(struct format *f)
{
	struct verb_flags *flags = &f->printer.flags;

	read_index(f);
	if (here(f) != '*') {
		flags->width_given =
			read_number(f, f->text->len, &flags->width);
		if (f->after_index && flags->width_given)
			f->good = false;
		return;
	}
	f->at++;
	flags->width_given = take_number(f, &flags->width);
	if (!flags->width_given)
		str_puts(f->printer.out, "%!(BADWIDTH)");
	if (flags->width < 0) {
		flags->width = -flags->width;
		flags->minus = true;
		flags->zero = false;
	}
	f->after_index = false;
}

static void read_precision(struct format *f)
{
	struct verb_flags *flags = &f->printer.flags;

	/* A point at the very end is taken for a verb. */
	if (here(f) != '.' || f->at + 1 == f->text->len)
		return;
	f->at++;
	if (f->after_index)
		f->good = false;
	read_index(f);
	if (here(f) != '*') {
		if (!read_number(f, f->text->len, &flags->precision))
			flags->precision = 0;
		flags->precision_given = true;
		return;
	}
	f->at++;
	flags->precision_given = take_number(f, &flags->precision);
	if (flags->precision < 0) {
		flags->precision = 0;
		flags->precision_given = false;
	}
	if (!flags->precision_given)
		str_puts(f->printer.out, "%!(BADPREC)");
	f->after_index = false;
}

static void put_complaint(struct format *f, uint32_t verb, const char *what)
{
	char buf[UTF8_ROOM];

	str_puts(f->printer.out, "%!");
	str_put(f->printer.out, buf, utf8_encode(buf, verb));
	str_puts(f->printer.out, what);
}

static void put_verb(struct format *f, uint32_t verb)
{
	struct verb_flags *flags = &f->printer.flags;

	if (verb == '%') {
		str_putc(f->printer.out, '%');
	} else if (!f->good) {
		put_complaint(f, verb, "(BADINDEX)");
	} else if (f->argument >= f->count) {
		put_complaint(f, verb, "(MISSING)");
	} else {
		if (verb == 'v' || verb == 'w') {
			flags->sharp_v = flags->sharp;
			flags->sharp = false;
			flags->plus_v = flags->plus;
			flags->plus = false;
		}
		printer_put(&f->printer, f->values[f->argument++], verb);
	}
}

/* A verb behind its %. */
static void read_verb(struct format *f)
{
	static const struct verb_flags none;
	uint32_t verb;
	size_t size;

	f->printer.flags = none;
	f->good = true;
	f->after_index = false;
	print_mark(f->printer.out, NULL, f->printer.marker);
	read_flags(f);
	read_width(f);
	read_precision(f);
	if (!f->after_index)
		read_index(f);
	if (f->at >= f->text->len) {
		str_puts(f->printer.out, "%!(NOVERB)");
		return;
	}
	verb = utf8_decode(f->text->at + f->at, f->text->len - f->at, &size);
	f->at += size;
	put_verb(f, verb);
}

static void put_extra(struct format *f)
{
	static const struct verb_flags none;
	struct str *out = f->printer.out;
	size_t i;

	f->printer.flags = none;
	print_mark(out, NULL, f->printer.marker);
	str_puts(out, "%!(EXTRA ");
	for (i = f->argument; i < f->count; i++) {
		if (i > f->argument)
			str_puts(out, ", ");
		if (value_is_null(f->values[i])) {
			str_puts(out, "<nil>");
			continue;
		}
		str_puts(out, template_type_name(f->values[i]));
		str_putc(out, '=');
		printer_put(&f->printer, f->values[i], 'v');
	}
	str_putc(out, ')');
}

void print_format(struct str *out, const struct text *format,
		  const struct value *const *values, size_t count,
		  const struct marker *marker)
{
	struct format f = { .text = format, .values = values, .count = count };
	uint32_t hint = 0;

	printer_init(&f.printer, out, marker);
	while (f.at < format->len) {
		const char *percent =
			memchr(format->at + f.at, '%', format->len - f.at);
		size_t end =
			percent ? (size_t)(percent - format->at) : format->len;

		/* A constant is of the action, and of nothing before it. */
		if (end > f.at && !format->map)
			print_mark(out, NULL, marker);
		str_put_slice(out, format, f.at, end, &hint);
		f.at = end + 1;
		if (percent)
			read_verb(&f);
	}
	if (!f.reordered && f.argument < count)
		put_extra(&f);
}
