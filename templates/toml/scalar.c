#include "templates/toml/scalar.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/number.h"
#include "base/source.h"
#include "base/utf8.h"

static bool is_control(unsigned char byte)
{
	return (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r') ||
	       byte == 0x7f;
}

static const char *fault_at(const struct toml_reader *r, size_t at,
			    size_t *size)
{
	unsigned char byte = (unsigned char)r->text[at];
	uint32_t rune = utf8_decode(r->text + at, r->len - at, size);

	if (rune == UTF8_REPLACEMENT && *size == 1)
		return arena_printf(r->arena, "invalid UTF-8 byte: 0x%02x",
				    byte);
	if (is_control(byte) ||
	    (byte == '\r' && (at + 1 == r->len || r->text[at + 1] != '\n')))
		return arena_printf(r->arena,
				    "TOML files cannot contain control "
				    "characters: '0x%02x'",
				    byte);
	return NULL;
}

void toml_end_early(struct toml_reader *r)
{
	size_t at, size;

	for (at = r->at; at < r->len && !r->bad; at += r->bad ? 0 : size)
		r->bad = fault_at(r, at, &size);
	if (r->bad)
		r->len = at;
}

/* Whether what is at hand goes on with the byte that is none of TOML's. */
static bool comes_to_bad(const struct toml_reader *r)
{
	size_t at;

	for (at = r->at; at < r->len; at++)
		if (strchr(" \t\n,#]}", r->text[at]))
			return false;
	return r->bad;
}

bool toml_fail(struct toml_reader *r, const char *format, ...)
{
	struct line_column at = source_position(r->source, (uint32_t)r->at);
	const char *key = r->last_key
				  ? arena_printf(r->arena, " (last key \"%s\")",
						 r->last_key)
				  : "";
	va_list args;

	va_start(args, format);
	r->error = arena_printf(
		r->arena, "toml: line %u%s: %s", at.line, key,
		comes_to_bad(r) ? r->bad
				: arena_vprintf(r->arena, format, args));
	va_end(args);
	return false;
}

const char *toml_shown(struct toml_reader *r)
{
	char buf[UTF8_ROOM];
	size_t size;
	uint32_t rune;

	if (r->at >= r->len)
		return "'\\x00'";
	rune = utf8_decode(r->text + r->at, r->len - r->at, &size);
	if (rune == '\n')
		return "'\\n'";
	return arena_printf(r->arena, "'%.*s'", (int)utf8_encode(buf, rune),
			    buf);
}

/* Strings. */

static bool starts(const struct toml_reader *r, const char *what)
{
	size_t len = strlen(what);

	return r->len - r->at >= len && memcmp(r->text + r->at, what, len) == 0;
}

static bool read_code(struct toml_reader *r, struct str *out, size_t digits,
		      const char *words)
{
	uint64_t code;
	char buf[UTF8_ROOM];

	if (r->len - r->at < digits ||
	    number_parse_uint(r->text + r->at, digits, 16, &code) != NUMBER_OK)
		return toml_fail(r,
				 "expected %s hexadecimal digits after '\\%c', "
				 "but got \"\\\\%c%.*s\" instead",
				 words, r->text[r->at - 1], r->text[r->at - 1],
				 (int)(r->len - r->at < digits ? r->len - r->at
							       : digits),
				 r->text + r->at);
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return toml_fail(r,
				 "Escaped character '\\u%.*s' is not valid "
				 "UTF-8",
				 (int)digits, r->text + r->at);
	str_put(out, buf, utf8_encode(buf, (uint32_t)code));
	r->at += digits;
	return true;
}

/* A backslash at the end of a line joins it with the next text. */
static bool join_lines(struct toml_reader *r)
{
	size_t at = r->at;

	while (at < r->len && (r->text[at] == ' ' || r->text[at] == '\t' ||
			       r->text[at] == '\r'))
		at++;
	if (at >= r->len || r->text[at] != '\n')
		return false;
	while (at < r->len && strchr(" \t\r\n", r->text[at]))
		at++;
	r->at = at;
	return true;
}

static bool read_escape(struct toml_reader *r, struct str *out, bool lines)
{
	static const char letters[] = "btnfre\"\\";
	static const char codes[] = "\b\t\n\f\r\x1b\"\\";
	const char *known;

	r->at++;
	if (lines && join_lines(r))
		return true;
	known = toml_peek(r) ? strchr(letters, toml_peek(r)) : NULL;
	if (known) {
		str_putc(out, codes[known - letters]);
		r->at++;
		return true;
	}
	r->at++;
	switch (r->at <= r->len ? r->text[r->at - 1] : '\0') {
	case 'x':
		return read_code(r, out, 2, "two");
	case 'u':
		return read_code(r, out, 4, "four");
	case 'U':
		return read_code(r, out, 8, "eight");
	default:
		r->at--;
		return toml_fail(r, "invalid escape in string '\\%.*s'",
				 (int)(r->at < r->len), r->text + r->at);
	}
}

static bool read_quoted(struct toml_reader *r, const char *quote,
			struct str *out)
{
	bool lines = quote[1] == quote[0], escapes = quote[0] == '"';

	r->at += strlen(quote);
	if (lines && starts(r, "\r\n"))
		r->at++;
	if (lines && toml_peek(r) == '\n')
		r->at++;
	while (r->at < r->len) {
		char byte = r->text[r->at];

		if (starts(r, quote)) {
			r->at += strlen(quote);
			/* Up to two quotes may stand before the closing. */
			while (lines && toml_peek(r) == quote[0]) {
				str_putc(out, quote[0]);
				r->at++;
			}
			return true;
		}
		if (byte == '\n' && !lines)
			return toml_fail(r, "strings cannot contain newlines");
		if (byte == '\\' && escapes) {
			if (!read_escape(r, out, lines))
				return false;
			continue;
		}
		str_putc(out, byte);
		r->at++;
	}
	return toml_fail(r, "unexpected EOF; expected '%s'", quote);
}

bool toml_string(struct toml_reader *r, struct text *text)
{
	static const char *const quotes[] = { "\"\"\"", "'''", "\"", "'" };
	struct str out;
	size_t i = 0;

	str_init(&out, r->arena);
	while (!starts(r, quotes[i]))
		i++;
	if (!read_quoted(r, quotes[i], &out))
		return false;
	*text = str_finish(&out);
	return true;
}

/* Numbers. */

static bool is_scalar_byte(char byte)
{
	return byte && !strchr(" \t\r\n,]}#=", byte);
}

static bool has_leading_zero(const char *text, size_t len)
{
	if (len && (*text == '+' || *text == '-')) {
		text++;
		len--;
	}
	return len > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

static struct value *new_value(struct toml_reader *r, enum value_kind kind,
			       size_t begin)
{
	struct origin origin = origin_at(r->source, begin, r->at);

	return value_new(r->arena, kind, &origin);
}

static bool read_float(struct toml_reader *r, const char *text, size_t len,
		       struct value **value)
{
	double real;

	if (has_leading_zero(text, len))
		return toml_fail(r,
				 "Invalid float \"%.*s\": cannot have leading "
				 "zeroes",
				 (int)len, text);
	if (number_parse_float(text, len, &real) == NUMBER_SYNTAX)
		return toml_fail(r, "Invalid float value: \"%.*s\"", (int)len,
				 text);
	*value = new_value(r, VALUE_FLOAT, r->at - len);
	(*value)->real = real;
	return true;
}

static bool read_integer(struct toml_reader *r, const char *text, size_t len,
			 struct value **value)
{
	enum number_status status;
	int64_t integer;

	if (has_leading_zero(text, len))
		return toml_fail(r,
				 "Invalid integer \"%.*s\": cannot have "
				 "leading zeroes",
				 (int)len, text);
	status = number_parse_int(text, len, 0, &integer);
	if (status == NUMBER_RANGE)
		return toml_fail(r, "%.*s is out of range for int64", (int)len,
				 text);
	if (status != NUMBER_OK)
		return toml_fail(r, "Invalid integer \"%.*s\"%s", (int)len,
				 text,
				 memchr(text, '_', len)
					 ? ": underscores must be surrounded "
					   "by digits"
					 : "");
	*value = new_value(r, VALUE_INT, r->at - len);
	(*value)->integer = integer;
	return true;
}

/* Dates and times. */

struct clock {
	const char *at;
	const char *end;
};

/* Exactly `digits` of them; false: there are none. */
static bool take(struct clock *clock, size_t digits, int64_t *number)
{
	if ((size_t)(clock->end - clock->at) < digits ||
	    number_parse_int(clock->at, digits, 10, number) != NUMBER_OK)
		return false;
	clock->at += digits;
	return true;
}

static bool take_byte(struct clock *clock, const char *set)
{
	if (clock->at >= clock->end || !strchr(set, *clock->at))
		return false;
	clock->at++;
	return true;
}

static bool take_date(struct clock *clock, struct toml_time *time)
{
	int64_t year, month, day;

	if (!take(clock, 4, &year) || !take_byte(clock, "-") ||
	    !take(clock, 2, &month) || !take_byte(clock, "-") ||
	    !take(clock, 2, &day) || month < 1 || month > 12 || day < 1 ||
	    day > 31)
		return false;
	time->seconds += civil_days(year, month, day) * 86400;
	return true;
}

static bool take_time(struct clock *clock, struct toml_time *time)
{
	int64_t hour, minute, second = 0, unit = 100000000;

	if (!take(clock, 2, &hour) || !take_byte(clock, ":") ||
	    !take(clock, 2, &minute) || hour > 23 || minute > 59)
		return false;
	if (take_byte(clock, ":") && (!take(clock, 2, &second) || second > 59))
		return false;
	time->seconds += hour * 3600 + minute * 60 + second;
	if (!take_byte(clock, "."))
		return true;
	for (; clock->at < clock->end && *clock->at >= '0' && *clock->at <= '9';
	     clock->at++, unit /= 10)
		time->nanoseconds += (int32_t)((*clock->at - '0') * unit);
	return true;
}

static bool take_zone(struct clock *clock, struct toml_time *time)
{
	int64_t hour, minute;
	bool west;

	time->zone = "datetime-local";
	if (clock->at == clock->end)
		return true;
	time->zone = "UTC";
	if (take_byte(clock, "Zz"))
		return true;
	west = *clock->at == '-';
	time->zone = "";
	if (!take_byte(clock, "+-") || !take(clock, 2, &hour) ||
	    !take_byte(clock, ":") || !take(clock, 2, &minute))
		return false;
	time->offset = (int32_t)(hour * 3600 + minute * 60) * (west ? -1 : 1);
	time->seconds -= time->offset;
	return true;
}

static bool parse_time(const char *text, size_t len, struct toml_time *time)
{
	struct clock clock = { text, text + len };

	memset(time, 0, sizeof(*time));
	if (len > 2 && text[2] == ':') {
		time->zone = "time-local";
		/* A time of day is one of the year 0. */
		time->seconds = civil_days(0, 1, 1) * 86400;
		return take_time(&clock, time) && clock.at == clock.end;
	}
	if (!take_date(&clock, time))
		return false;
	time->zone = "date-local";
	if (clock.at == clock.end)
		return true;
	return take_byte(&clock, "Tt ") && take_time(&clock, time) &&
	       take_zone(&clock, time) && clock.at == clock.end;
}

static bool looks_like_time(const char *text, size_t len)
{
	return (len > 4 && text[4] == '-' && text[0] >= '0' &&
		text[0] <= '9') ||
	       (len > 2 && text[2] == ':');
}

static bool read_time(struct toml_reader *r, const char *text, size_t len,
		      struct value **value)
{
	struct toml_time time;

	/* A blank may stand between date and time. */
	if (len == 10 && r->at + 3 < r->len && r->text[r->at] == ' ' &&
	    r->text[r->at + 3] == ':') {
		r->at++;
		while (r->at < r->len && is_scalar_byte(r->text[r->at]))
			r->at++;
		len = (size_t)(r->text + r->at - text);
	}
	if (!parse_time(text, len, &time))
		return toml_fail(r, "invalid datetime: \"%.*s\"", (int)len,
				 text);
	if (r->times) {
		*value = r->times->make(r->times->context, &time);
		(*value)->origin = origin_at(r->source, r->at - len, r->at);
	} else {
		*value = new_value(r, VALUE_STRING, r->at - len);
		(*value)->string = arena_strndup(r->arena, text, len);
		(*value)->len = (uint32_t)len;
	}
	return true;
}

static bool is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(text, word, len) == 0;
}

static bool read_number(struct toml_reader *r, const char *text, size_t len,
			struct value **value)
{
	size_t sign = *text == '+' || *text == '-';
	bool based = len > 1 && text[0] == '0' && strchr("xob", text[1]);

	if (is_word(text + sign, len - sign, "inf") ||
	    is_word(text + sign, len - sign, "nan"))
		return read_float(r, text, len, value);
	if (sign == len || text[sign] < '0' || text[sign] > '9')
		return toml_fail(r, "expected value but found \"%.*s\" instead",
				 (int)len, text);
	if (!based && (memchr(text, '.', len) || memchr(text, 'e', len) ||
		       memchr(text, 'E', len)))
		return read_float(r, text, len, value);
	return read_integer(r, text, len, value);
}

bool toml_scalar(struct toml_reader *r, struct value **value)
{
	const char *text = r->text + r->at;
	size_t begin = r->at, len;

	while (r->at < r->len && is_scalar_byte(r->text[r->at]))
		r->at++;
	len = r->at - begin;
	if (!len)
		return toml_fail(r, "expected value but found %s instead",
				 toml_shown(r));
	/* The lexer looks for the end of the value. */
	if (r->bad && r->at == r->len)
		return toml_fail(r, "%s", r->bad);
	if (is_word(text, len, "true") || is_word(text, len, "false")) {
		*value = new_value(r, VALUE_BOOL, begin);
		(*value)->boolean = *text == 't';
		return true;
	}
	if (looks_like_time(text, len))
		return read_time(r, text, len, value);
	return read_number(r, text, len, value);
}
