#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/value.h"

/* The depth encoding/json allows is 10000; ours is that of YAML. */
enum {
	DEPTH_MAX = 1000,
	KEY_MAX = (1 << 24) - 1
};

struct reader {
	struct arena *arena;
	const struct source *source;
	const char *text;
	size_t at;
	size_t end;
	size_t depth;
	bool keep_integers;
	struct json_problem *problem;
	/* Go looks at the whole text before it decodes a number. */
	struct json_problem range;
};

static struct value *read_value(struct reader *reader);

static bool fail_at(struct reader *reader, size_t at, const char *text)
{
	reader->problem->offset = at;
	reader->problem->text = text;
	return false;
}

/* How Go's messages quote a byte: taken as a character of Latin 1. */
static void quote_byte(char *buf, size_t room, unsigned char byte)
{
	static const char names[] = "\aa\bb\ff\nn\rr\tt\vv\\\\";

	for (size_t i = 0; i < sizeof(names) - 1; i += 2)
		if ((unsigned char)names[i] == byte) {
			snprintf(buf, room, "'\\%c'", names[i + 1]);
			return;
		}
	if (byte == '\'')
		snprintf(buf, room, "'\\''");
	else if (byte < 0x20 || byte == 0x7F)
		snprintf(buf, room, "'\\x%02x'", byte);
	else if (byte < 0x80)
		snprintf(buf, room, "'%c'", byte);
	else if (byte < 0xA1 || byte == 0xAD)
		snprintf(buf, room, "'\\u%04x'", byte);
	else
		snprintf(buf, room, "'%c%c'", 0xC0 | byte >> 6,
			 0x80 | (byte & 0x3F));
}

/* The byte at hand cannot stand there. */
static bool fail_byte(struct reader *reader, const char *context)
{
	char quoted[16];

	if (reader->at >= reader->end)
		return fail_at(reader, reader->end,
			       "unexpected end of JSON input");
	quote_byte(quoted, sizeof(quoted),
		   (unsigned char)reader->text[reader->at]);
	return fail_at(reader, reader->at,
		       arena_printf(reader->arena, "invalid character %s %s",
				    quoted, context));
}

/*
 * The same inside a word, number or escape: at the end of the text Go goes on
 * with a blank, and complains about that.
 */
static bool fail_inside(struct reader *reader, const char *context)
{
	if (reader->at < reader->end)
		return fail_byte(reader, context);
	return fail_at(
		reader, reader->end,
		arena_join(reader->arena, "invalid character ' ' ", context));
}

static void skip_blanks(struct reader *reader)
{
	while (reader->at < reader->end && (reader->text[reader->at] == ' ' ||
					    reader->text[reader->at] == '\t' ||
					    reader->text[reader->at] == '\n' ||
					    reader->text[reader->at] == '\r'))
		reader->at++;
}

static bool at_byte(const struct reader *reader, char byte)
{
	return reader->at < reader->end && reader->text[reader->at] == byte;
}

static bool read_word(struct reader *reader, const char *word)
{
	for (size_t i = 0; word[i]; i++) {
		if (!at_byte(reader, word[i]))
			return fail_inside(
				reader,
				arena_printf(reader->arena,
					     "in literal %s (expecting '%c')",
					     word, word[i]));
		reader->at++;
	}
	return true;
}

static bool read_hex(struct reader *reader, uint32_t *rune)
{
	*rune = 0;
	for (int i = 0; i < 4; i++) {
		int digit = reader->at < reader->end
				    ? hex_digit(reader->text[reader->at])
				    : -1;

		if (digit < 0)
			return fail_inside(reader,
					   "in \\u hexadecimal character "
					   "escape");
		*rune = *rune << 4 | (uint32_t)digit;
		reader->at++;
	}
	return true;
}

/* Behind \u: half a pair without the other half is U+FFFD. */
static bool read_unicode(struct reader *reader, struct str *out)
{
	char utf8[UTF8_ROOM];
	uint32_t rune, low;

	if (!read_hex(reader, &rune))
		return false;
	if (rune >= 0xD800 && rune < 0xDC00 && at_byte(reader, '\\') &&
	    reader->at + 1 < reader->end &&
	    reader->text[reader->at + 1] == 'u') {
		size_t back = reader->at;

		reader->at += 2;
		if (!read_hex(reader, &low))
			return false;
		if (low >= 0xDC00 && low < 0xE000) {
			rune = 0x10000 + ((rune - 0xD800) << 10) +
			       (low - 0xDC00);
		} else {
			rune = UTF8_REPLACEMENT;
			reader->at = back;
		}
	}
	if (rune >= 0xD800 && rune < 0xE000)
		rune = UTF8_REPLACEMENT;
	str_put(out, utf8, utf8_encode(utf8, rune));
	return true;
}

static bool read_escape(struct reader *reader, struct str *out)
{
	static const char names[] = "b\bf\fn\nr\rt\t\"\"\\\\//";
	char byte = reader->at < reader->end ? reader->text[reader->at] : '\0';

	if (byte == 'u') {
		reader->at++;
		return read_unicode(reader, out);
	}
	for (size_t i = 0; i < sizeof(names) - 1; i += 2)
		if (byte && names[i] == byte) {
			str_putc(out, names[i + 1]);
			reader->at++;
			return true;
		}
	return fail_inside(reader, "in string escape code");
}

/* How many bytes from here on stand for themselves. */
static size_t plain_bytes(const struct reader *reader)
{
	const unsigned char *text = (const unsigned char *)reader->text;
	size_t at = reader->at;

	while (at < reader->end && text[at] >= 0x20 && text[at] < 0x80 &&
	       text[at] != '"' && text[at] != '\\')
		at++;
	return at - reader->at;
}

/* Behind `plain` bytes there is no quote: the rest of the text is decoded. */
static bool read_rest(struct reader *reader, size_t plain, struct str *out)
{
	for (;;) {
		char utf8[UTF8_ROOM];
		uint32_t rune;
		size_t size;

		str_put(out, reader->text + reader->at, plain);
		reader->at += plain;
		if (at_byte(reader, '"'))
			return true;
		if (at_byte(reader, '\\')) {
			reader->at++;
			if (!read_escape(reader, out))
				return false;
		} else if (reader->at == reader->end ||
			   (unsigned char)reader->text[reader->at] < 0x20) {
			return fail_byte(reader, "in string literal");
		} else {
			rune = utf8_decode(reader->text + reader->at,
					   reader->end - reader->at, &size);
			str_put(out, utf8, utf8_encode(utf8, rune));
			reader->at += size;
		}
		plain = plain_bytes(reader);
	}
}

/* The quote is at hand; `text` gets the text, `*origin` the place in quotes. */
static bool read_string(struct reader *reader, struct text *text,
			struct origin *origin)
{
	size_t begin = reader->at++, plain = plain_bytes(reader);
	const char *at = reader->text + reader->at;
	struct str out;

	if (reader->at + plain < reader->end && at[plain] == '"') {
		*text = text_of(arena_strndup(reader->arena, at, plain), plain);
		reader->at += plain;
	} else {
		str_init(&out, reader->arena);
		if (!read_rest(reader, plain, &out))
			return false;
		*text = str_finish(&out);
	}
	reader->at++;
	*origin = origin_at(reader->source, begin, reader->at);
	return true;
}

static size_t skip_digits(struct reader *reader)
{
	size_t begin = reader->at;

	while (reader->at < reader->end && reader->text[reader->at] >= '0' &&
	       reader->text[reader->at] <= '9')
		reader->at++;
	return reader->at - begin;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)? */
static bool scan_number(struct reader *reader, bool *whole)
{
	*whole = true;
	if (at_byte(reader, '-'))
		reader->at++;
	if (at_byte(reader, '0'))
		reader->at++;
	else if (!skip_digits(reader))
		return fail_inside(reader, "in numeric literal");
	if (at_byte(reader, '.')) {
		*whole = false;
		reader->at++;
		if (!skip_digits(reader))
			return fail_inside(
				reader,
				"after decimal point in numeric literal");
	}
	if (at_byte(reader, 'e') || at_byte(reader, 'E')) {
		*whole = false;
		reader->at++;
		if (at_byte(reader, '+') || at_byte(reader, '-'))
			reader->at++;
		if (!skip_digits(reader))
			return fail_inside(reader,
					   "in exponent of numeric literal");
	}
	return true;
}

static struct value *read_number(struct reader *reader)
{
	size_t begin = reader->at;
	struct origin at;
	struct value *value;
	const char *text = reader->text + begin;
	size_t len;
	bool whole;
	int64_t integer;
	uint64_t natural;

	if (!scan_number(reader, &whole))
		return NULL;
	len = reader->at - begin;
	at = origin_at(reader->source, begin, reader->at);
	value = value_new(reader->arena, VALUE_FLOAT, &at);
	whole = whole && reader->keep_integers;
	if (whole && number_parse_int(text, len, 10, &integer) == NUMBER_OK) {
		value->kind = VALUE_INT;
		value->integer = integer;
	} else if (whole &&
		   number_parse_uint(text, len, 10, &natural) == NUMBER_OK) {
		value->kind = VALUE_UINT;
		value->natural = natural;
	} else if (number_parse_float(text, len, &value->real) != NUMBER_OK) {
		value->kind = VALUE_NULL;
		if (reader->range.text)
			return value;
		reader->range.offset = begin;
		reader->range.text = arena_printf(
			reader->arena,
			"json: cannot unmarshal number %.*s into Go value of "
			"type float64",
			(int)len, text);
	}
	return value;
}

/* Behind an item: true if another one follows, with the comma taken. */
static bool another(struct reader *reader, char close, const char *context,
		    bool *fine)
{
	skip_blanks(reader);
	*fine = at_byte(reader, close) || at_byte(reader, ',');
	if (!*fine)
		return fail_byte(reader, context);
	return reader->text[reader->at++] == ',';
}

static struct value *read_list(struct reader *reader)
{
	struct origin at = origin_at(reader->source, reader->at, reader->at);
	struct value *list = value_new_list(reader->arena, &at);
	bool more, fine = true;

	reader->at++;
	skip_blanks(reader);
	more = !at_byte(reader, ']');
	reader->at += !more;
	while (more) {
		struct value *item = read_value(reader);

		if (!item)
			return NULL;
		value_append(reader->arena, list, item);
		more = another(reader, ']', "after array element", &fine);
	}
	list->origin = origin_at(reader->source, at.begin, reader->at);
	return fine ? list : NULL;
}

static bool read_entry(struct reader *reader, struct value *map)
{
	struct origin at;
	struct value *value;
	struct text key;

	if (!at_byte(reader, '"'))
		return fail_byte(reader,
				 "looking for beginning of object key string");
	if (!read_string(reader, &key, &at))
		return false;
	if (key.len > KEY_MAX)
		return fail_at(reader, at.begin, "a key is longer than 16 MiB");
	skip_blanks(reader);
	if (!at_byte(reader, ':'))
		return fail_byte(reader, "after object key");
	reader->at++;
	value = read_value(reader);
	if (!value)
		return false;
	value_setn(reader->arena, map, key.at, key.len, &at, value)->origin =
		at;
	return true;
}

static struct value *read_map(struct reader *reader)
{
	struct origin at = origin_at(reader->source, reader->at, reader->at);
	struct value *map = value_new_map(reader->arena, &at);
	bool more, fine = true;

	reader->at++;
	skip_blanks(reader);
	more = !at_byte(reader, '}');
	reader->at += !more;
	while (more) {
		skip_blanks(reader);
		if (!read_entry(reader, map))
			return NULL;
		more = another(reader, '}', "after object key:value pair",
			       &fine);
	}
	map->origin = origin_at(reader->source, at.begin, reader->at);
	return fine ? map : NULL;
}

static struct value *read_collection(struct reader *reader)
{
	struct value *value;

	if (++reader->depth > DEPTH_MAX) {
		fail_at(reader, reader->at, "exceeded max depth");
		return NULL;
	}
	value = at_byte(reader, '{') ? read_map(reader) : read_list(reader);
	reader->depth--;
	return value;
}

static struct value *read_text(struct reader *reader)
{
	struct origin at;
	struct text text;

	return read_string(reader, &text, &at)
		       ? value_new_text(reader->arena, &at, &text)
		       : NULL;
}

static struct value *read_literal(struct reader *reader, const char *word)
{
	size_t begin = reader->at;
	struct value *value;
	struct origin at;

	if (!read_word(reader, word))
		return NULL;
	at = origin_at(reader->source, begin, reader->at);
	value = value_new(reader->arena, *word == 'n' ? VALUE_NULL : VALUE_BOOL,
			  &at);
	if (*word == 't')
		value->boolean = true;
	return value;
}

static struct value *read_value(struct reader *reader)
{
	skip_blanks(reader);
	switch (reader->at < reader->end ? reader->text[reader->at] : '\0') {
	case '{':
	case '[':
		return read_collection(reader);
	case '"':
		return read_text(reader);
	case 't':
		return read_literal(reader, "true");
	case 'f':
		return read_literal(reader, "false");
	case 'n':
		return read_literal(reader, "null");
	case '-':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		return read_number(reader);
	}
	fail_byte(reader, "looking for beginning of value");
	return NULL;
}

struct value *json_read(struct arena *arena, const struct source *source,
			size_t begin, size_t end, bool keep_integers,
			struct json_problem *problem)
{
	struct reader reader = { .arena = arena,
				 .source = source,
				 .text = source->text,
				 .at = begin,
				 .end = end,
				 .keep_integers = keep_integers,
				 .problem = problem };
	struct value *value = read_value(&reader);

	if (!value)
		return NULL;
	skip_blanks(&reader);
	if (reader.at < end) {
		fail_byte(&reader, "after top-level value");
		return NULL;
	}
	if (!reader.range.text)
		return value;
	*problem = reader.range;
	problem->partial = value;
	return NULL;
}

struct value *json_read_prefix(struct arena *arena, const struct source *source,
			       size_t begin, size_t end, size_t *stopped,
			       struct json_problem *problem)
{
	struct reader reader = { .arena = arena,
				 .source = source,
				 .text = source->text,
				 .at = begin,
				 .end = end,
				 .problem = problem };
	struct value *value = read_value(&reader);

	*stopped = reader.at;
	if (!value || !reader.range.text)
		return value;
	*problem = reader.range;
	return NULL;
}
