#include "model/schema/exact.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/source.h"
#include "model/value.h"

enum {
	DIGITS_MAX = 4000 /* of a number that is divided digit by digit */
};

/* Beyond this all numbers are alike, and sums of two fit. */
static const int64_t exponent_max = (int64_t)1 << 40;

const char *exact_text(struct arena *arena, const struct value *number)
{
	const struct source *source = origin_source(&number->origin);

	if (!source || !number->origin.length ||
	    number->origin.begin + number->origin.length > source->len)
		return NULL;
	return arena_strndup(arena, source->text + number->origin.begin,
			     number->origin.length);
}

static void trim(struct exact *exact)
{
	while (exact->count && *exact->digits == '0') {
		exact->digits++;
		exact->count--;
		exact->exponent--;
	}
	while (exact->count && exact->digits[exact->count - 1] == '0')
		exact->count--;
	if (!exact->count)
		exact->exponent = exact->negative = 0;
}

/* [-]digits[.digits][e[+-]digits]; false: it is written otherwise. */
static bool read_text(struct arena *arena, const char *text,
		      struct exact *exact)
{
	char *digits = arena_alloc(arena, strlen(text) + 1);
	int64_t raised = 0;
	size_t whole, part = 0;

	memset(exact, 0, sizeof(*exact));
	exact->negative = *text == '-';
	text += exact->negative;
	whole = strspn(text, "0123456789");
	memcpy(digits, text, whole);
	text += whole;
	if (*text == '.') {
		part = strspn(++text, "0123456789");
		memcpy(digits + whole, text, part);
		text += part;
	}
	if (!whole || ((*text == 'e' || *text == 'E') &&
		       number_parse_int(text + 1, strlen(text + 1), 10,
					&raised) != NUMBER_OK))
		return false;
	if (*text && *text != 'e' && *text != 'E')
		return false;
	if (raised > exponent_max)
		raised = exponent_max;
	if (raised < -exponent_max)
		raised = -exponent_max;
	exact->digits = digits;
	exact->count = whole + part;
	exact->exponent = raised + (int64_t)whole;
	trim(exact);
	return true;
}

struct exact exact_shown(struct arena *arena, const struct value *number)
{
	char buf[NUMBER_ROOM];
	struct exact exact;

	if (number->kind == VALUE_INT)
		buf[number_format_int(buf, number->integer)] = '\0';
	else if (number->kind == VALUE_UINT)
		buf[number_format_uint(buf, number->natural)] = '\0';
	else
		buf[number_format_float(buf, number->real, 'e', -1)] = '\0';
	if (!read_text(arena, buf, &exact))
		memset(&exact, 0, sizeof(exact));
	return exact;
}

struct exact exact_written(struct arena *arena, const struct value *number)
{
	const char *text =
		number->kind == VALUE_FLOAT ? exact_text(arena, number) : NULL;
	struct exact exact;

	if (text && read_text(arena, text, &exact))
		return exact;
	return exact_shown(arena, number);
}

static int compare_sizes(const struct exact *a, const struct exact *b)
{
	size_t common = a->count < b->count ? a->count : b->count;
	int order;

	if (!a->count || !b->count)
		return (a->count > 0) - (b->count > 0);
	if (a->exponent != b->exponent)
		return a->exponent < b->exponent ? -1 : 1;
	order = memcmp(a->digits, b->digits, common);
	return order ? order : (a->count > common) - (b->count > common);
}

int exact_compare(const struct exact *a, const struct exact *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

static int digit_at(const struct exact *exact, size_t place)
{
	return place < exact->count ? exact->digits[place] - '0' : 0;
}

/* rest = rest * 10 + digit, less what fits of `of` with `len` digits. */
static void divide_step(unsigned char *rest, const struct exact *of, size_t len,
			int digit)
{
	size_t i;

	/* rest[0] is above the highest digit of `of` */
	memmove(rest, rest + 1, len);
	rest[len] = (unsigned char)digit;
	for (;;) {
		int borrow = 0;

		for (i = 0; i <= len; i++) {
			int theirs = i ? digit_at(of, i - 1) : 0;

			if (rest[i] != theirs) {
				if (rest[i] < theirs)
					return;
				break;
			}
		}
		for (i = len + 1; i-- > 0;) {
			int left = rest[i] - borrow -
				   (i ? digit_at(of, i - 1) : 0);

			borrow = left < 0;
			rest[i] = (unsigned char)(left + 10 * borrow);
		}
	}
}

/* The lowest place that either has a digit at: both are whole there. */
static int64_t lowest_place(const struct exact *a, const struct exact *of)
{
	int64_t low = a->exponent - (int64_t)a->count;
	int64_t other = of->exponent - (int64_t)of->count;

	return other < low ? other : low;
}

/* Too far from one another to be divided digit by digit. */
static bool is_far(const struct exact *a, const struct exact *of)
{
	int64_t low = lowest_place(a, of);

	return a->exponent - low > DIGITS_MAX ||
	       of->exponent - low > DIGITS_MAX;
}

uint64_t exact_division_work(const struct exact *a, const struct exact *of)
{
	int64_t low = lowest_place(a, of);

	if (!a->count || is_far(a, of))
		return 1;
	return (uint64_t)(a->exponent - low) * (uint64_t)(of->exponent - low);
}

bool exact_is_multiple(struct arena *arena, const struct exact *a,
		       const struct exact *of)
{
	int64_t low = lowest_place(a, of);
	size_t digits, len, i;
	unsigned char *rest;

	if (!a->count)
		return true;
	if (is_far(a, of))
		return a->exponent > of->exponent;
	digits = (size_t)(a->exponent - low);
	len = (size_t)(of->exponent - low);
	rest = arena_zalloc(arena, len + 1);
	for (i = 0; i < digits; i++)
		divide_step(rest, of, len, digit_at(a, i));
	for (i = 0; i <= len; i++)
		if (rest[i])
			return false;
	return true;
}
