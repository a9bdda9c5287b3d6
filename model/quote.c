#include "model/quote.h"

#include <stdint.h>

#include "base/utf8.h"

static const char escaped_bytes[] = "\a\b\t\n\v\f\r";
static const char escape_letters[] = "abtnvfr";

/* How a character that cannot stand for itself is written. */
static void put_escape(struct str *out, const char *at, size_t size,
		       uint32_t rune)
{
	const char *known =
		rune && rune < 0x20 ? strchr(escaped_bytes, (int)rune) : NULL;

	if (size == 1 && (unsigned char)*at >= 0x80) {
		str_printf(out, "\\x%02x", (unsigned char)*at);
	} else if (rune == '"' || rune == '\\') {
		str_putc(out, '\\');
		str_putc(out, (char)rune);
	} else if (known) {
		str_putc(out, '\\');
		str_putc(out, escape_letters[known - escaped_bytes]);
	} else if (rune < 0x80) {
		str_printf(out, "\\x%02x", rune);
	} else if (rune < 0x10000) {
		str_printf(out, "\\u%04x", rune);
	} else {
		str_printf(out, "\\U%08x", rune);
	}
}

static bool stands_for_itself(const char *at, size_t size, uint32_t rune)
{
	if (size == 1 && (unsigned char)*at >= 0x80)
		return false;
	if (rune < 0x80)
		return rune >= 0x20 && rune != 0x7f && rune != '"' &&
		       rune != '\\';
	return rune_is_print(rune);
}

void quote_put(struct str *out, const struct text *text)
{
	size_t run = 0, at = 0, size;
	uint32_t hint = 0;

	str_mark_front(out, text);
	str_putc(out, '"');
	while (at < text->len) {
		uint32_t rune =
			utf8_decode(text->at + at, text->len - at, &size);

		if (!stands_for_itself(text->at + at, size, rune)) {
			str_put_slice(out, text, run, at, &hint);
			put_escape(out, text->at + at, size, rune);
			run = at + size;
		}
		at += size;
	}
	str_put_slice(out, text, run, at, &hint);
	str_putc(out, '"');
}

void quote_put_ascii(struct str *out, const char *text, size_t len)
{
	size_t i;

	str_putc(out, '"');
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte >= 0x80 || byte < ' ')
			str_printf(out, "\\x%02x", byte);
		else if (byte == '"' || byte == '\\')
			str_printf(out, "\\%c", byte);
		else
			str_putc(out, text[i]);
	}
	str_putc(out, '"');
}

static bool is_clear(const struct text *text)
{
	size_t size;

	for (size_t at = 0; at < text->len; at += size) {
		uint32_t rune =
			utf8_decode(text->at + at, text->len - at, &size);

		if ((rune >= 0x80 && size == 1) || rune == 0xFFFD ||
		    rune == ' ' || rune == '=' || rune == '"' ||
		    (rune < 0x80 ? rune < 0x20 : !rune_is_print(rune)))
			return false;
	}
	return text->len > 0;
}

void quote_put_logged(struct str *out, const struct text *text)
{
	if (is_clear(text))
		str_put(out, text->at, text->len);
	else
		quote_put(out, text);
}
