#include "base/utf8.h"

#include <string.h>

#include "base/unicode_tables.h"

/*
 * The length of the character that begins here, 0 if none does.  The second
 * byte decides about overlong forms, surrogates and what lies beyond the end.
 */
static size_t sequence(const unsigned char *at, size_t len)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t want, i;

	if (at[0] < 0x80)
		return 1;
	if (at[0] < 0xC2 || at[0] > 0xF4)
		return 0;
	want = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	if (len < want)
		return 0;
	if (at[0] == 0xE0)
		low = 0xA0;
	else if (at[0] == 0xF0)
		low = 0x90;
	else if (at[0] == 0xED)
		high = 0x9F;
	else if (at[0] == 0xF4)
		high = 0x8F;
	if (at[1] < low || at[1] > high)
		return 0;
	for (i = 2; i < want; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 0;
	}
	return want;
}

uint32_t utf8_decode(const char *text, size_t len, size_t *size)
{
	const unsigned char *at = (const unsigned char *)text;

	if (!len) {
		*size = 0;
		return UTF8_REPLACEMENT;
	}
	*size = sequence(at, len);
	switch (*size) {
	case 1:
		return at[0];
	case 2:
		return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
	case 3:
		return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 |
		       (at[2] & 0x3Fu);
	case 4:
		return (at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12 |
		       (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
	}
	*size = 1;
	return UTF8_REPLACEMENT;
}

uint32_t utf8_decode_last(const char *text, size_t len, size_t *size)
{
	size_t back;

	for (back = len < UTF8_ROOM ? len : UTF8_ROOM; back > 1; back--) {
		const char *at = text + len - back;
		uint32_t rune = utf8_decode(at, back, size);

		if (*size == back)
			return rune;
	}
	return utf8_decode(text + len - back, back, size);
}

size_t utf8_encode(char *buf, uint32_t rune)
{
	if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
		rune = UTF8_REPLACEMENT;
	if (rune < 0x80) {
		buf[0] = (char)rune;
		return 1;
	}
	if (rune < 0x800) {
		buf[0] = (char)(0xC0 | rune >> 6);
		buf[1] = (char)(0x80 | (rune & 0x3F));
		return 2;
	}
	if (rune < 0x10000) {
		buf[0] = (char)(0xE0 | rune >> 12);
		buf[1] = (char)(0x80 | (rune >> 6 & 0x3F));
		buf[2] = (char)(0x80 | (rune & 0x3F));
		return 3;
	}
	buf[0] = (char)(0xF0 | rune >> 18);
	buf[1] = (char)(0x80 | (rune >> 12 & 0x3F));
	buf[2] = (char)(0x80 | (rune >> 6 & 0x3F));
	buf[3] = (char)(0x80 | (rune & 0x3F));
	return 4;
}

size_t utf8_ascii_prefix(const char *text, size_t len)
{
	size_t i = 0;
	uint64_t word;

	for (; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		if (word & 0x8080808080808080u)
			break;
	}
	while (i < len && !(text[i] & 0x80))
		i++;
	return i;
}

bool utf8_valid(const char *text, size_t len)
{
	size_t i = utf8_ascii_prefix(text, len), size;

	for (; i < len; i += size) {
		size = sequence((const unsigned char *)text + i, len - i);
		if (!size)
			return false;
	}
	return true;
}

size_t utf8_count(const char *text, size_t len)
{
	size_t i = utf8_ascii_prefix(text, len), count = i, size;

	for (; i < len; i += size) {
		size = sequence((const unsigned char *)text + i, len - i);
		size += !size;
		count++;
	}
	return count;
}

static bool in_ranges(const struct rune_range *ranges, size_t count,
		      uint32_t rune)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rune > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && rune >= ranges[low].first &&
	       (rune - ranges[low].first) % ranges[low].step == 0;
}

#define IN(name, rune)                                                         \
	in_ranges(unicode_##name.ranges, unicode_##name.count, (rune))

bool rune_is_letter(uint32_t rune)
{
	if (rune < 0x80)
		return (rune | 0x20) - 'a' < 26u;
	return IN(letter, rune);
}

bool rune_is_digit(uint32_t rune)
{
	return rune < 0x80 ? rune - '0' < 10u : IN(digit, rune);
}

bool rune_is_number(uint32_t rune)
{
	return rune < 0x80 ? rune - '0' < 10u : IN(number, rune);
}

bool rune_is_upper(uint32_t rune)
{
	return rune < 0x80 ? rune - 'A' < 26u : IN(upper, rune);
}

bool rune_is_lower(uint32_t rune)
{
	return rune < 0x80 ? rune - 'a' < 26u : IN(lower, rune);
}

bool rune_is_title(uint32_t rune)
{
	return IN(title, rune);
}

bool rune_is_space(uint32_t rune)
{
	return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0x85 ||
	       rune == 0xA0 || rune == 0x1680 ||
	       (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 ||
	       rune == 0x2029 || rune == 0x202F || rune == 0x205F ||
	       rune == 0x3000;
}

bool rune_is_punct(uint32_t rune)
{
	return IN(punct, rune);
}

bool rune_is_print(uint32_t rune)
{
	return rune < 0x7F ? rune >= ' ' : IN(print, rune);
}

/* Runs of characters with one distance to their other form. */
static uint32_t mapped(const struct rune_shift_table *table, uint32_t rune)
{
	const struct rune_shift *shifts = table->shifts;
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rune > shifts[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->count || rune < shifts[low].first ||
	    (rune - shifts[low].first) % shifts[low].step != 0)
		return rune;
	return rune + (uint32_t)shifts[low].shift;
}

uint32_t rune_to_upper(uint32_t rune)
{
	if (rune < 0x80)
		return rune - 'a' < 26u ? rune - 0x20 : rune;
	return mapped(&unicode_to_upper, rune);
}

uint32_t rune_to_lower(uint32_t rune)
{
	if (rune < 0x80)
		return rune - 'A' < 26u ? rune + 0x20 : rune;
	return mapped(&unicode_to_lower, rune);
}

uint32_t rune_to_title(uint32_t rune)
{
	if (rune < 0x80)
		return rune - 'a' < 26u ? rune - 0x20 : rune;
	return mapped(&unicode_to_title, rune);
}

uint32_t rune_fold(uint32_t rune)
{
	size_t low = 0, high = unicode_fold_count;
	uint32_t lower;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rune > unicode_folds[middle].rune)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < unicode_fold_count && unicode_folds[low].rune == rune)
		return unicode_folds[low].next;
	lower = rune_to_lower(rune);
	return lower != rune ? lower : rune_to_upper(rune);
}
