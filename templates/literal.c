#include "templates/literal.h"

#include <string.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/number.h"
#include "base/str.h"
#include "base/utf8.h"
#include "templates/object.h"

/* Digits of \x, \u, \U and octal escapes; false: too few, or no digits. */
static bool read_digits(const char *text, size_t len, size_t count, int base,
			uint32_t *code)
{
	size_t i;

	*code = 0;
	if (len < count)
		return false;
	for (i = 0; i < count; i++) {
		int digit = hex_digit(text[i]);

		if (digit < 0 || digit >= base)
			return false;
		*code = *code * (uint32_t)base + (uint32_t)digit;
	}
	return true;
}

struct escape {
	uint32_t code;
	size_t size; /* of the escape behind its backslash */
	bool byte;   /* \x and octal: a byte and no character */
};

static bool read_simple(char letter, char quote, uint32_t *code)
{
	static const char letters[] = "abfnrtv\\";
	static const char codes[] = "\a\b\f\n\r\t\v\\";
	const char *at = letter ? strchr(letters, letter) : NULL;

	if (at)
		*code = (uint32_t)(unsigned char)codes[at - letters];
	else if (letter == quote)
		*code = (uint32_t)quote;
	return at || letter == quote;
}

/* `text` begins behind the backslash. */
static bool read_escape(const char *text, size_t len, char quote,
			struct escape *escape)
{
	static const size_t sizes[] = { ['x'] = 2, ['u'] = 4, ['U'] = 8 };
	char letter = len ? text[0] : '\0';
	size_t count;

	escape->byte = false;
	escape->size = 1;
	if (len && read_simple(letter, quote, &escape->code))
		return true;
	if (letter >= '0' && letter <= '7') {
		escape->byte = true;
		escape->size = 3;
		return read_digits(text, len, 3, 8, &escape->code) &&
		       escape->code <= 255;
	}
	if (letter != 'x' && letter != 'u' && letter != 'U')
		return false;
	count = sizes[(unsigned char)letter];
	escape->byte = letter == 'x';
	escape->size = 1 + count;
	if (!read_digits(text + 1, len - 1, count, 16, &escape->code))
		return false;
	return escape->byte ||
	       (escape->code <= 0x10FFFF &&
		(escape->code < 0xD800 || escape->code > 0xDFFF));
}

static void put_escape(struct str *out, const struct escape *escape)
{
	char buf[UTF8_ROOM];

	if (escape->byte)
		str_putc(out, (char)escape->code);
	else
		str_put(out, buf, utf8_encode(buf, escape->code));
}

static bool unquote_raw(struct arena *arena, const char *text, size_t len,
			struct word *result)
{
	struct str out;
	size_t i;

	result->at = text;
	result->len = (uint32_t)len;
	if (!memchr(text, '\r', len))
		return true;
	/* Go drops carriage returns from raw strings. */
	str_init(&out, arena);
	for (i = 0; i < len; i++)
		if (text[i] != '\r')
			str_putc(&out, text[i]);
	result->at = str_text(&out);
	result->len = (uint32_t)out.len;
	return true;
}

bool literal_unquote(struct arena *arena, const char *text, size_t len,
		     struct word *result)
{
	struct escape escape;
	struct str out;
	size_t i;

	if (len < 2)
		return false;
	if (text[0] == '`')
		return unquote_raw(arena, text + 1, len - 2, result);
	text++;
	len -= 2;
	result->at = text;
	result->len = (uint32_t)len;
	if (!memchr(text, '\\', len))
		return true;
	str_init(&out, arena);
	for (i = 0; i < len; i++) {
		if (text[i] != '\\') {
			str_putc(&out, text[i]);
			continue;
		}
		if (!read_escape(text + i + 1, len - i - 1, '"', &escape))
			return false;
		put_escape(&out, &escape);
		i += escape.size;
	}
	result->at = str_text(&out);
	result->len = (uint32_t)out.len;
	return true;
}

static void set_int(struct node_literal *literal, int64_t integer)
{
	literal->is_int = true;
	literal->integer = integer;
	literal->value.kind = VALUE_INT;
	literal->value.type = VALUE_TYPE_INT;
	literal->value.integer = integer;
}

static const char *read_rune(struct arena *arena, const char *text, size_t len,
			     struct node_literal *literal)
{
	size_t size = 0;
	uint32_t rune;

	if (len > 2 && text[1] == '\\') {
		struct escape escape;

		if (!read_escape(text + 2, len - 2, '\'', &escape))
			return "invalid syntax";
		rune = escape.code;
		size = 1 + escape.size;
	} else {
		rune = utf8_decode(text + 1, len - 1, &size);
		if (rune == '\'')
			return "invalid syntax";
	}
	if (size + 2 != len)
		return arena_printf(arena, "malformed character constant: %.*s",
				    (int)len, text);
	set_int(literal, rune);
	literal->is_float = true;
	literal->real = rune;
	return NULL;
}

static void print_complex(struct str *out, const struct value *value)
{
	const double *parts = value->data;
	char buf[NUMBER_ROOM];

	str_putc(out, '(');
	str_put(out, buf, number_format_float(buf, parts[0], 'g', -1));
	if (!(parts[1] < 0))
		str_putc(out, '+');
	str_put(out, buf, number_format_float(buf, parts[1], 'g', -1));
	str_puts(out, "i)");
}

static bool complex_truth(const struct value *value)
{
	const double *parts = value->data;

	return parts[0] != 0 || parts[1] != 0;
}

static const struct object_class complex_class = {
	.model = { .go_type = "complex128", .print = print_complex },
	.kind = "complex128",
	.truth = complex_truth,
};

/* Nobody writes these in a chart, but {{ 2i }} parses and prints. */
static const char *read_complex(struct arena *arena, const char *text,
				size_t len, struct node_literal *literal)
{
	double *parts = arena_zalloc(arena, 2 * sizeof(*parts));
	size_t split = len - 1;

	while (split > 0 && !((text[split] == '+' || text[split] == '-') &&
			      !strchr("eEpP", text[split - 1])))
		split--;
	if ((split &&
	     number_parse_float(text, split, &parts[0]) != NUMBER_OK) ||
	    number_parse_float(text + split, len - 1 - split, &parts[1]) !=
		    NUMBER_OK)
		return arena_printf(arena, "illegal number syntax: \"%.*s\"",
				    (int)len, text);
	literal->value.kind = VALUE_OPAQUE;
	literal->value.class = &complex_class.model;
	literal->value.data = parts;
	if (parts[1] == 0) {
		literal->is_float = true;
		literal->real = parts[0];
		literal->is_int = (double)(int64_t)parts[0] == parts[0];
		literal->integer = (int64_t)parts[0];
	}
	return NULL;
}

static bool looks_real(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strchr(".eEpP", text[i]))
			return true;
	return false;
}

static bool is_hexadecimal(const char *text, size_t len)
{
	return len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

static const char *read_float(struct arena *arena, const char *text, size_t len,
			      struct node_literal *literal)
{
	double real;

	if (number_parse_float(text, len, &real) != NUMBER_OK)
		return arena_printf(arena, "illegal number syntax: \"%.*s\"",
				    (int)len, text);
	if (!looks_real(text, len))
		return arena_printf(arena, "integer overflow: \"%.*s\"",
				    (int)len, text);
	literal->is_float = true;
	literal->real = real;
	if (real >= -9.2e18 && real <= 9.2e18 &&
	    (double)(int64_t)real == real) {
		literal->is_int = true;
		literal->integer = (int64_t)real;
	}
	/* A hexadecimal float that is whole counts as an int where any will. */
	if (is_hexadecimal(text, len) && !memchr(text, 'p', len) &&
	    !memchr(text, 'P', len)) {
		set_int(literal, literal->integer);
	} else {
		literal->value.kind = VALUE_FLOAT;
		literal->value.real = real;
	}
	return NULL;
}

const char *literal_number(struct arena *arena, const char *text, size_t len,
			   struct node_literal *literal)
{
	uint64_t natural;
	int64_t integer;

	if (text[0] == '\'')
		return read_rune(arena, text, len, literal);
	if (text[len - 1] == 'i')
		return read_complex(arena, text, len, literal);
	if (number_parse_int(text, len, 0, &integer) == NUMBER_OK) {
		set_int(literal, integer);
		literal->is_float = true;
		literal->real = (double)integer;
		return NULL;
	}
	if (number_parse_uint(text, len, 0, &natural) == NUMBER_OK) {
		literal->overflows = true;
		literal->is_float = true;
		literal->real = (double)natural;
		return NULL;
	}
	return read_float(arena, text, len, literal);
}
