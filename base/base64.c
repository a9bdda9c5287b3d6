#include "base/base64.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"

static const char alphabet64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char alphabet32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

enum {
	NOT_A_DIGIT = 0xFF
};

/* Both encodings are groups of bytes shown as groups of digits. */
static void encode(struct str *out, const char *bytes, size_t len,
		   const char *alphabet, unsigned bits)
{
	size_t digits = bits == 6 ? 4 : 8, group = digits * bits / 8, i;

	str_reserve(out, (len + group - 1) / group * digits);
	for (i = 0; i < len; i += group) {
		size_t have = len - i < group ? len - i : group, k;
		size_t used = (have * 8 + bits - 1) / bits;
		uint64_t sum = 0;

		for (k = 0; k < group; k++) {
			sum <<= 8;
			sum |= k < have ? (unsigned char)bytes[i + k] : 0;
		}
		for (k = 0; k < digits; k++) {
			unsigned shift = (unsigned)(digits - 1 - k) * bits;
			size_t at = sum >> shift & ((1u << bits) - 1);

			out->text[out->len++] = k < used ? alphabet[at] : '=';
		}
	}
}

void base64_encode(struct str *out, const char *bytes, size_t len)
{
	encode(out, bytes, len, alphabet64, 6);
}

void base32_encode(struct str *out, const char *bytes, size_t len)
{
	encode(out, bytes, len, alphabet32, 5);
}

static void digits_init(uint8_t digits[256], const char *alphabet)
{
	memset(digits, NOT_A_DIGIT, 256);
	for (uint8_t i = 0; alphabet[i]; i++)
		digits[(unsigned char)alphabet[i]] = i;
}

static bool is_newline(char c)
{
	return c == '\r' || c == '\n';
}

/* What `count` digits stand for; leftover bits are ignored, as in Go. */
static void put_group(struct str *out, uint64_t sum, size_t count,
		      unsigned bits)
{
	size_t total = count * bits, i;

	for (i = 8; i <= total; i += 8)
		str_putc(out, (char)(sum >> (total - i)));
}

static size_t skip_newlines(const char *text, size_t len, size_t at)
{
	while (at < len && is_newline(text[at]))
		at++;
	return at;
}

/* The padding at `at` behind `count` digits has to end the text. */
static bool padding_fits(const char *text, size_t len, size_t *at, size_t count)
{
	size_t i = *at;

	if (text[i] != '=' || count < 2)
		return false;
	i++;
	if (count == 2) {
		i = skip_newlines(text, len, i);
		if (i == len || text[i] != '=') {
			*at = i == len ? len : i - 1;
			return false;
		}
		i++;
	}
	*at = skip_newlines(text, len, i);
	return *at == len;
}

bool base64_decode(struct str *out, const char *text, size_t len, size_t *at)
{
	size_t before = out->len, count = 0, i;
	uint8_t digits[256];
	uint64_t sum = 0;

	digits_init(digits, alphabet64);
	str_reserve(out, len / 4 * 3 + 3);
	for (i = 0; i < len; i++) {
		uint8_t digit = digits[(unsigned char)text[i]];

		if (is_newline(text[i]))
			continue;
		if (digit == NOT_A_DIGIT) {
			if (!padding_fits(text, len, &i, count))
				goto bad;
			put_group(out, sum, count, 6);
			return true;
		}
		sum = sum << 6 | digit;
		if (++count == 4) {
			put_group(out, sum, 4, 6);
			sum = count = 0;
		}
	}
	if (!count)
		return true;
	/* Go counts back from the end, also over line ends. */
	i = len - count;
bad:
	*at = i;
	out->len = before;
	return false;
}

/*
 * The padding at `*at` behind `count` digits.  Go only looks at as much as
 * would fill the group and does not mind what follows that.
 */
static bool padding32_fits(const char *text, size_t len, size_t *at,
			   size_t count)
{
	size_t left = len - *at - 1, k;

	if (left + count < 7) {
		*at = len;
		return false;
	}
	for (k = 0; k < 7 - count; k++) {
		if (text[*at + 1 + k] != '=') {
			*at += k;
			return false;
		}
	}
	return count != 3 && count != 6;
}

static bool decode32(struct str *out, const char *text, size_t len, size_t *at)
{
	size_t count = 0, i;
	uint8_t digits[256];
	uint64_t sum = 0;

	digits_init(digits, alphabet32);
	str_reserve(out, len / 8 * 5 + 5);
	for (i = 0; i < len; i++) {
		uint8_t digit = digits[(unsigned char)text[i]];

		*at = i;
		if (text[i] == '=' && count >= 2 && len - i <= 8) {
			if (!padding32_fits(text, len, at, count))
				return false;
			put_group(out, sum, count, 5);
			return true;
		}
		if (digit == NOT_A_DIGIT)
			return false;
		sum = sum << 5 | digit;
		if (++count == 8) {
			put_group(out, sum, 8, 5);
			sum = count = 0;
		}
	}
	*at = len - count;
	return !count;
}

bool base32_decode(struct str *out, const char *text, size_t len, size_t *at)
{
	size_t before = out->len;
	struct str plain;
	bool good;

	/* Go drops line ends first: its offsets do not count them. */
	str_init(&plain, out->arena);
	str_reserve(&plain, len);
	for (size_t i = 0; i < len; i++) {
		if (!is_newline(text[i]))
			str_putc(&plain, text[i]);
	}
	good = decode32(out, plain.text, plain.len, at);
	if (!good)
		out->len = before;
	return good;
}
