#include "lints/schema/quantity.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/number.h"
#include "lints/lint.h"
#include "model/value.h"

enum {
	NANO = 9,
	DECIMAL_MAX = 400, /* more zeros than any limb holds */
	BILLION = 1000000000
};

static const struct {
	const char *text;
	int ten; /* power of ten */
	int two; /* power of two */
	enum quantity_format format;
} suffixes[] = {
	{ "n", -9, 0, QUANTITY_DECIMAL }, { "u", -6, 0, QUANTITY_DECIMAL },
	{ "m", -3, 0, QUANTITY_DECIMAL }, { "", 0, 0, QUANTITY_DECIMAL },
	{ "k", 3, 0, QUANTITY_DECIMAL },  { "M", 6, 0, QUANTITY_DECIMAL },
	{ "G", 9, 0, QUANTITY_DECIMAL },  { "T", 12, 0, QUANTITY_DECIMAL },
	{ "P", 15, 0, QUANTITY_DECIMAL }, { "E", 18, 0, QUANTITY_DECIMAL },
	{ "Ki", 0, 10, QUANTITY_BINARY }, { "Mi", 0, 20, QUANTITY_BINARY },
	{ "Gi", 0, 30, QUANTITY_BINARY }, { "Ti", 0, 40, QUANTITY_BINARY },
	{ "Pi", 0, 50, QUANTITY_BINARY }, { "Ei", 0, 60, QUANTITY_BINARY },
};

/* nano = nano * factor + more; false on overflow. */
static bool grow(uint32_t *nano, uint32_t factor, uint32_t more)
{
	uint64_t carry = more;
	size_t i;

	for (i = 0; i < QUANTITY_LIMBS; i++) {
		carry += (uint64_t)nano[i] * factor;
		nano[i] = (uint32_t)carry;
		carry >>= 32;
	}
	return carry == 0;
}

/* nano = nano / divisor; the remainder. */
static uint32_t shrink(uint32_t *nano, uint32_t divisor)
{
	uint64_t rest = 0;
	size_t i = QUANTITY_LIMBS;

	while (i--) {
		rest = rest << 32 | nano[i];
		nano[i] = (uint32_t)(rest / divisor);
		rest %= divisor;
	}
	return (uint32_t)rest;
}

static bool is_zero(const uint32_t *nano)
{
	size_t i;

	for (i = 0; i < QUANTITY_LIMBS; i++)
		if (nano[i])
			return false;
	return true;
}

static void saturate(struct quantity *quantity)
{
	memset(quantity->nano, 0xff, sizeof(quantity->nano));
	quantity->huge = true;
}

/* digits * 10^ten * 2^two in billionths, rounded away from zero. */
static void scale(struct quantity *quantity, int64_t ten, int two)
{
	bool rest = false, fits = true;

	if (is_zero(quantity->nano))
		return;
	for (; two > 0 && fits; two -= 10)
		fits = grow(quantity->nano, 1024, 0);
	if (ten > DECIMAL_MAX)
		fits = false;
	for (; ten > 0 && fits; ten--)
		fits = grow(quantity->nano, 10, 0);
	for (; ten < 0 && !is_zero(quantity->nano); ten++)
		rest |= shrink(quantity->nano, 10) != 0;
	if (!fits)
		saturate(quantity);
	else if (rest)
		(void)grow(quantity->nano, 1, 1);
}

/* Digits [ "." digits ]; `*ten` becomes the power of ten of the last one. */
static const char *read_number(const char *at, const char *end,
			       struct quantity *quantity, int64_t *ten)
{
	bool point = false;

	for (; at < end; at++) {
		if (*at == '.' && !point) {
			point = true;
			continue;
		}
		if (*at < '0' || *at > '9')
			break;
		quantity->has_digits = true;
		if (!grow(quantity->nano, 10, (uint32_t)(*at - '0')))
			saturate(quantity);
		*ten -= point;
	}
	return at;
}

/* "e3", "E-3": what begins with an e and is no suffix. */
static bool read_exponent(const char *at, size_t len, int64_t *ten)
{
	int64_t exponent;

	if (len < 2 || (*at != 'e' && *at != 'E') ||
	    number_parse_int(at + 1, len - 1, 10, &exponent) != NUMBER_OK)
		return false;
	if (exponent > DECIMAL_MAX)
		exponent = DECIMAL_MAX + 1;
	*ten += exponent;
	return true;
}

/* Binary ones end at 2^63 - 1, and below one they are decimal. */
static void settle_binary(struct quantity *quantity)
{
	bool negative = quantity->negative;

	quantity->negative = false;
	if (quantity_compare_int(quantity, INT64_MAX) > 0) {
		memset(quantity->nano, 0, sizeof(quantity->nano));
		quantity->nano[0] = UINT32_MAX;
		quantity->nano[1] = INT32_MAX;
		(void)grow(quantity->nano, BILLION, 0);
	}
	if (!is_zero(quantity->nano) && quantity_compare_int(quantity, 1) < 0)
		quantity->format = QUANTITY_DECIMAL;
	quantity->negative = negative;
}

const char *quantity_parse(const char *text, size_t len,
			   struct quantity *quantity)
{
	static const char syntax[] =
		"quantities must match the regular expression "
		"'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
	const char *at = text, *end = text + len, *suffix;
	int64_t ten = NANO;
	size_t i;

	memset(quantity, 0, sizeof(*quantity));
	if (!len)
		return syntax;
	if (*at == '+' || *at == '-')
		quantity->negative = *at++ == '-';
	at = read_number(at, end, quantity, &ten);
	suffix = at;
	quantity->suffix = suffix;
	while (at < end && *at && strchr("eEinumkKMGTP", *at))
		at++;
	if (at < end && (*at == '+' || *at == '-'))
		at++;
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	if (at < end)
		return syntax;
	len = (size_t)(end - suffix);
	for (i = 0; i < ARRAY_COUNT(suffixes); i++)
		if (strlen(suffixes[i].text) == len &&
		    memcmp(suffixes[i].text, suffix, len) == 0)
			break;
	if (i < ARRAY_COUNT(suffixes)) {
		quantity->format = suffixes[i].format;
		scale(quantity, ten + suffixes[i].ten, suffixes[i].two);
		if (quantity->format == QUANTITY_BINARY)
			settle_binary(quantity);
		return NULL;
	}
	if (!read_exponent(suffix, len, &ten))
		return "unable to parse quantity's suffix";
	quantity->format = QUANTITY_EXPONENT;
	scale(quantity, ten, 0);
	return NULL;
}

/* `room` is for a number that has no text of its own. */
static const char *digits_of(const struct value *value, char *room)
{
	size_t len;

	if (value_is_string(value))
		return value_string(value);
	if (!value_is_number(value))
		return NULL;
	if (value->text)
		return value->text;
	if (value->kind == VALUE_INT)
		len = number_format_int(room, value->integer);
	else if (value->kind == VALUE_UINT)
		len = number_format_uint(room, value->natural);
	else if (isfinite(value->real))
		len = number_format_json(room, value->real);
	else
		return NULL;
	room[len] = '\0';
	return room;
}

const char *quantity_text(struct arena *arena, const struct value *value)
{
	char room[NUMBER_ROOM + 1];
	const char *text = digits_of(value, room);

	return text == room ? arena_strdup(arena, room) : text;
}

bool quantity_of(const struct value *value, struct quantity *quantity)
{
	char room[NUMBER_ROOM + 1];
	const char *text, *end;

	text = digits_of(value, room);
	if (!text)
		return false;
	/* A JSON string is trimmed before it is read. */
	text += strspn(text, " ");
	end = text + strlen(text);
	while (end > text && end[-1] == ' ')
		end--;
	return !quantity_parse(text, (size_t)(end - text), quantity);
}

bool quantity_is_zero(const struct quantity *quantity)
{
	return is_zero(quantity->nano);
}

static int compare(const uint32_t *a, const uint32_t *b)
{
	size_t i = QUANTITY_LIMBS;

	while (i--)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

int quantity_compare(const struct quantity *a, const struct quantity *b)
{
	bool a_below = a->negative && !quantity_is_zero(a);
	bool b_below = b->negative && !quantity_is_zero(b);

	if (a_below != b_below)
		return a_below ? -1 : 1;
	return a_below ? compare(b->nano, a->nano) : compare(a->nano, b->nano);
}

int quantity_compare_int(const struct quantity *a, uint64_t units)
{
	struct quantity b = { 0 };

	b.nano[0] = (uint32_t)units;
	b.nano[1] = (uint32_t)(units >> 32);
	(void)grow(b.nano, BILLION, 0);
	return quantity_compare(a, &b);
}

bool quantity_is_fractional(const struct quantity *quantity)
{
	uint32_t copy[QUANTITY_LIMBS];

	memcpy(copy, quantity->nano, sizeof(copy));
	return !quantity->huge && shrink(copy, BILLION) != 0;
}

bool quantity_scaled(const struct quantity *quantity, uint32_t unit,
		     uint64_t *result)
{
	uint32_t copy[QUANTITY_LIMBS];
	size_t i;

	memcpy(copy, quantity->nano, sizeof(copy));
	/* Rounded up, which for what is below zero is towards zero. */
	if (shrink(copy, unit) && !quantity->negative)
		(void)grow(copy, 1, 1);
	for (i = 2; i < QUANTITY_LIMBS; i++)
		if (copy[i])
			return false;
	*result = (uint64_t)copy[1] << 32 | copy[0];
	return true;
}

bool lint_compare_quantities(const struct value *a, const struct value *b,
			     int *order)
{
	struct quantity one, other;

	if (!quantity_of(a, &one) || !quantity_of(b, &other))
		return false;
	*order = quantity_compare(&one, &other);
	return true;
}
