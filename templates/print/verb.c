#include "templates/print/verb.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/utf8.h"
#include "model/quote.h"
#include "model/value.h"

static void put_padding(struct printer *p, int64_t count)
{
	if (count > 0)
		str_fill(p->out, p->flags.zero && !p->flags.minus ? '0' : ' ',
			 (size_t)count);
}

static int64_t missing(const struct printer *p, const char *text, size_t len)
{
	if (!p->flags.width_given || !p->flags.width)
		return 0;
	return (int64_t)p->flags.width - (int64_t)utf8_count(text, len);
}

void verb_pad(struct printer *p, const char *text, size_t len)
{
	int64_t count = missing(p, text, len);

	if (!p->flags.minus)
		put_padding(p, count);
	str_put(p->out, text, len);
	if (p->flags.minus)
		put_padding(p, count);
}

/* Where zeros are no padding: they were put among the digits. */
static void pad_blank(struct printer *p, const char *text, size_t len)
{
	bool zero = p->flags.zero;

	p->flags.zero = false;
	verb_pad(p, text, len);
	p->flags.zero = zero;
}

bool verb_bool(struct printer *p, bool boolean, uint32_t verb)
{
	if (verb != 't' && verb != 'v')
		return false;
	if (boolean)
		verb_pad(p, "true", 4);
	else
		verb_pad(p, "false", 5);
	return true;
}

/* Whole numbers. */

enum {
	DIGITS_MAX = 128
};

struct integer {
	uint64_t magnitude;
	bool negative;
	unsigned base;
	uint32_t verb;
};

static void put_digits(struct str *digits, const struct integer *n)
{
	const char *set =
		n->verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	char buf[DIGITS_MAX];
	size_t at = sizeof(buf);
	uint64_t rest = n->magnitude;

	do {
		buf[--at] = set[rest % n->base];
		rest /= n->base;
	} while (rest);
	str_put(digits, buf + at, sizeof(buf) - at);
}

/* Go asks for zeros by %.3d or %03d; with both the latter is ignored. */
static int64_t least_digits(const struct printer *p, const struct integer *n)
{
	const struct verb_flags *flags = &p->flags;

	if (flags->precision_given)
		return flags->precision;
	if (!flags->zero || flags->minus || !flags->width_given)
		return 0;
	return (int64_t)flags->width -
	       (n->negative || flags->plus || flags->space);
}

static const char *base_prefix(const struct printer *p, const struct integer *n,
			       char first)
{
	if (n->verb == 'O')
		return p->flags.sharp && first != '0' ? "0o0" : "0o";
	if (!p->flags.sharp)
		return "";
	switch (n->base) {
	case 2:
		return "0b";
	case 8:
		return first == '0' ? "" : "0";
	case 16:
		return n->verb == 'X' ? "0X" : "0x";
	default:
		return "";
	}
}

static void put_integer(struct printer *p, const struct integer *n)
{
	int64_t least = least_digits(p, n);
	struct str digits, whole;

	if (p->flags.precision_given && !p->flags.precision && !n->magnitude) {
		pad_blank(p, "", 0);
		return;
	}
	str_init(&digits, p->out->arena);
	put_digits(&digits, n);
	str_init(&whole, p->out->arena);
	if (n->negative)
		str_putc(&whole, '-');
	else if (p->flags.plus)
		str_putc(&whole, '+');
	else if (p->flags.space)
		str_putc(&whole, ' ');
	str_puts(&whole,
		 base_prefix(p, n,
			     least > (int64_t)digits.len ? '0'
							 : digits.text[0]));
	if (least > (int64_t)digits.len)
		str_fill(&whole, '0', (size_t)(least - (int64_t)digits.len));
	str_put(&whole, digits.text, digits.len);
	pad_blank(p, whole.text, whole.len);
}

static uint32_t as_rune(uint64_t number)
{
	return number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)
		       ? UTF8_REPLACEMENT
		       : (uint32_t)number;
}

static void put_character(struct printer *p, uint64_t number)
{
	char buf[UTF8_ROOM];

	verb_pad(p, buf, utf8_encode(buf, as_rune(number)));
}

/* %q of a number: the character between single quotes. */
static void put_quoted_rune(struct printer *p, uint64_t number)
{
	uint32_t rune = as_rune(number);
	struct str quoted, out;
	char buf[UTF8_ROOM];
	struct text text = text_of(buf, utf8_encode(buf, rune));

	str_init(&quoted, p->out->arena);
	str_init(&out, p->out->arena);
	str_putc(&out, '\'');
	if (rune == '\'') {
		str_puts(&out, "\\'");
	} else if (rune == '"') {
		str_putc(&out, '"');
	} else if (p->flags.plus && rune >= 0x80) {
		str_printf(&out, rune < 0x10000 ? "\\u%04x" : "\\U%08x", rune);
	} else {
		quote_put(&quoted, &text);
		str_put(&out, quoted.text + 1, quoted.len - 2);
	}
	str_putc(&out, '\'');
	verb_pad(p, out.text, out.len);
}

static void put_code_point(struct printer *p, uint64_t number)
{
	int least = p->flags.precision_given && p->flags.precision > 4
			    ? p->flags.precision
			    : 4;
	char buf[UTF8_ROOM + 1] = "";
	struct str out;

	str_init(&out, p->out->arena);
	str_printf(&out, "U+%0*llX", least, (unsigned long long)number);
	if (p->flags.sharp && number <= 0x10FFFF &&
	    rune_is_print((uint32_t)number)) {
		buf[utf8_encode(buf, (uint32_t)number)] = '\0';
		str_printf(&out, " '%s'", buf);
	}
	pad_blank(p, out.text, out.len);
}

static bool put_sharp_hex(struct printer *p, const struct value *value)
{
	bool sharp = p->flags.sharp;

	p->flags.sharp = true;
	verb_int(p, value, 'x');
	p->flags.sharp = sharp;
	return true;
}

bool verb_int(struct printer *p, const struct value *value, uint32_t verb)
{
	struct integer n = { value->natural, false, 10, verb };

	switch (verb) {
	case 'v':
		/* %#v of an unsigned number. */
		if (p->flags.sharp_v && value->kind == VALUE_UINT)
			return put_sharp_hex(p, value);
		break;
	case 'd':
		break;
	case 'b':
		n.base = 2;
		break;
	case 'o':
	case 'O':
		n.base = 8;
		break;
	case 'x':
	case 'X':
		n.base = 16;
		break;
	case 'c':
		put_character(p, value->natural);
		return true;
	case 'q':
		put_quoted_rune(p, value->natural);
		return true;
	case 'U':
		put_code_point(p, value->natural);
		return true;
	default:
		return false;
	}
	if (value->kind == VALUE_INT && value->integer < 0) {
		n.negative = true;
		n.magnitude = 0 - value->natural;
	}
	put_integer(p, &n);
	return true;
}

/* Floats. */

/* %#g keeps zeros, and %#e and %#f their point. */
static size_t force_point(char *num, size_t len, char verb, int precision)
{
	int digits = verb == 'g' || verb == 'G' || verb == 'x'
			     ? (precision < 0 ? 6 : precision)
			     : 0;
	bool point = false, nonzero = false;
	char tail[16];
	size_t tail_len = 0, i;

	for (i = 1; i < len; i++) {
		if (num[i] == '.') {
			point = true;
		} else if (strchr("pP", num[i]) ||
			   (strchr("eE", num[i]) && !strchr("xX", verb))) {
			tail_len = len - i;
			memcpy(tail, num + i, tail_len);
			len = i;
		} else {
			nonzero = nonzero || num[i] != '0';
			digits -= nonzero;
		}
	}
	if (!point) {
		digits -= len == 2 && num[1] == '0';
		num[len++] = '.';
	}
	while (digits-- > 0 && len + tail_len < NUMBER_ROOM)
		num[len++] = '0';
	memcpy(num + len, tail, tail_len);
	return len + tail_len;
}

static void put_signed(struct printer *p, const char *num, size_t len)
{
	const struct verb_flags *flags = &p->flags;

	if (!flags->plus && num[0] == '+') {
		verb_pad(p, num + 1, len - 1);
		return;
	}
	/* The sign stands before the zeros. */
	if (flags->zero && !flags->minus && flags->width_given &&
	    flags->width > (int64_t)len) {
		str_putc(p->out, num[0]);
		put_padding(p, flags->width - (int64_t)len);
		str_put(p->out, num + 1, len - 1);
		return;
	}
	verb_pad(p, num, len);
}

/* Hexadecimal floats are longer than others only by their precision. */
static size_t format_float(char *buf, double real, char verb, int precision)
{
	struct arena *arena;
	struct str bits;
	size_t len;

	if (!strchr("bxX", verb))
		return number_format_float(buf, real, verb, precision);
	if (precision > NUMBER_PRECISION)
		precision = NUMBER_PRECISION;
	arena = arena_new();
	str_init(&bits, arena);
	if (print_bits(&bits, real, verb, precision)) {
		len = bits.len;
		memcpy(buf, bits.text, len);
	} else {
		len = number_format_float(buf, real, 'g', -1);
	}
	arena_free(arena);
	return len;
}

static void put_float(struct printer *p, double real, char verb, int precision)
{
	char buf[2 * NUMBER_ROOM + 2], *num = buf;
	size_t len;

	if (p->flags.precision_given)
		precision = p->flags.precision;
	len = 1 + format_float(buf + 1, real, verb, precision);
	if (buf[1] == '-' || buf[1] == '+') {
		num = buf + 1;
		len--;
	} else {
		buf[0] = '+';
	}
	if (p->flags.space && num[0] == '+' && !p->flags.plus)
		num[0] = ' ';
	if (num[1] == 'I' || num[1] == 'N') {
		bool bare = num[1] == 'N' && !p->flags.space && !p->flags.plus;

		pad_blank(p, num + bare, len - bare);
		return;
	}
	if (p->flags.sharp && verb != 'b')
		len = force_point(num, len, verb, precision);
	put_signed(p, num, len);
}

bool verb_float(struct printer *p, double real, uint32_t verb)
{
	switch (verb) {
	case 'v':
		put_float(p, real, 'g', -1);
		return true;
	case 'g':
	case 'G':
	case 'b':
	case 'x':
	case 'X':
		put_float(p, real, (char)verb, -1);
		return true;
	case 'e':
	case 'E':
	case 'f':
		put_float(p, real, (char)verb, 6);
		return true;
	case 'F':
		put_float(p, real, 'f', 6);
		return true;
	default:
		return false;
	}
}

/* Texts. */

/* Bytes of as many characters as the precision lets through. */
static size_t truncated(const struct printer *p, const struct text *text)
{
	size_t at = 0, size;
	int32_t i;

	if (!p->flags.precision_given)
		return text->len;
	for (i = 0; i < p->flags.precision && at < text->len; i++) {
		utf8_decode(text->at + at, text->len - at, &size);
		at += size;
	}
	return at;
}

static void put_text(struct printer *p, const struct text *text)
{
	size_t len = truncated(p, text);
	int64_t count = missing(p, text->at, len);

	if (!p->flags.minus)
		put_padding(p, count);
	str_put_slice(p->out, text, 0, len, NULL);
	if (p->flags.minus)
		put_padding(p, count);
}

static bool can_backquote(const char *text, size_t len)
{
	size_t at, size;

	for (at = 0; at < len; at += size) {
		uint32_t rune = utf8_decode(text + at, len - at, &size);

		if ((rune == UTF8_REPLACEMENT && size == 1) || rune == 0xFEFF ||
		    (rune < 0x20 && rune != '\t') || rune == '`' ||
		    rune == 0x7F)
			return false;
	}
	return true;
}

static void quote_ascii(struct str *out, const char *text, size_t len)
{
	size_t at, size;

	str_putc(out, '"');
	for (at = 0; at < len; at += size) {
		uint32_t rune = utf8_decode(text + at, len - at, &size);
		struct text one = text_of(text + at, size);
		struct str quoted;

		if (rune >= 0x80 && !(size == 1 && rune == UTF8_REPLACEMENT)) {
			str_printf(out, rune < 0x10000 ? "\\u%04x" : "\\U%08x",
				   rune);
			continue;
		}
		str_init(&quoted, out->arena);
		quote_put(&quoted, &one);
		str_put(out, quoted.text + 1, quoted.len - 2);
	}
	str_putc(out, '"');
}

static void put_quoted(struct printer *p, const struct text *text)
{
	size_t len = truncated(p, text);
	struct text part = text_slice(p->out->arena, text, 0, len), whole;
	struct str quoted;

	str_init(&quoted, p->out->arena);
	if (p->flags.sharp && can_backquote(part.at, part.len)) {
		str_mark_front(&quoted, &part);
		str_putc(&quoted, '`');
		str_put_text(&quoted, &part);
		str_putc(&quoted, '`');
	} else if (p->flags.plus) {
		quote_ascii(&quoted, part.at, part.len);
	} else {
		quote_put(&quoted, &part);
	}
	whole = str_finish(&quoted);
	part.len = missing(p, whole.at, whole.len) > 0;
	if (part.len && !p->flags.minus)
		put_padding(p, missing(p, whole.at, whole.len));
	str_put_text(p->out, &whole);
	if (part.len && p->flags.minus)
		put_padding(p, missing(p, whole.at, whole.len));
}

static void put_hexadecimal(struct printer *p, const struct text *text,
			    uint32_t verb)
{
	const struct verb_flags *flags = &p->flags;
	const char *digits =
		verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	const char *prefix = verb == 'X' ? "0X" : "0x";
	size_t len = text->len, i;
	struct str out;

	if (flags->precision_given && (size_t)flags->precision < len)
		len = (size_t)flags->precision;
	str_init(&out, p->out->arena);
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text->at[i];

		if (flags->space && i)
			str_putc(&out, ' ');
		if (flags->sharp && (flags->space || !i))
			str_puts(&out, prefix);
		str_putc(&out, digits[byte >> 4]);
		str_putc(&out, digits[byte & 15]);
	}
	verb_pad(p, str_text(&out), out.len);
}

bool verb_string(struct printer *p, const struct text *text, uint32_t verb)
{
	switch (verb) {
	case 'v':
		if (p->flags.sharp_v)
			put_quoted(p, text);
		else
			put_text(p, text);
		return true;
	case 's':
		put_text(p, text);
		return true;
	case 'x':
	case 'X':
		put_hexadecimal(p, text, verb);
		return true;
	case 'q':
		put_quoted(p, text);
		return true;
	default:
		return false;
	}
}
