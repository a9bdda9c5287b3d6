#include "templates/decimal.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"

enum {
	DIVISION_DECIMALS = 16
};

static struct decimal trimmed(uint8_t *digits, size_t count, int64_t exponent,
			      bool negative)
{
	struct decimal result = { digits, count, exponent, negative };

	while (result.count && !digits[result.count - 1])
		result.count--;
	if (!result.count)
		result.negative = false;
	return result;
}

struct decimal decimal_of(struct arena *arena, double real)
{
	char text[NUMBER_ROOM];
	size_t len = number_format_float(text, fabs(real), 'e', -1), i;
	uint8_t *digits = arena_alloc(arena, len + 1);
	const char *exponent = memchr(text, 'e', len);
	size_t mantissa = (size_t)(exponent - text), count = 0;
	int64_t power = 0;

	if (real == 0)
		return trimmed(digits, 0, 0, false);
	number_parse_int(exponent + 1, len - mantissa - 1, 10, &power);
	for (i = mantissa; i--;) {
		if (text[i] != '.')
			digits[count++] = (uint8_t)(text[i] - '0');
	}
	return trimmed(digits, count, power - (int64_t)count + 1, real < 0);
}

double decimal_float(struct arena *arena, const struct decimal *decimal)
{
	double real = 0;
	struct str text;
	size_t i;

	str_init(&text, arena);
	str_puts(&text, decimal->negative ? "-0" : "0");
	for (i = decimal->count; i--;)
		str_putc(&text, (char)('0' + decimal->digits[i]));
	str_printf(&text, "e%lld", (long long)decimal->exponent);
	number_parse_float(text.text, text.len, &real);
	return real;
}

/* The digit of 10^(exponent + i). */
static uint8_t digit_at(const struct decimal *decimal, int64_t exponent,
			size_t i)
{
	int64_t at = exponent + (int64_t)i - decimal->exponent;

	if (at < 0 || (uint64_t)at >= decimal->count)
		return 0;
	return decimal->digits[at];
}

static int64_t top(const struct decimal *decimal)
{
	return decimal->exponent + (int64_t)decimal->count;
}

static int compare_sizes(const struct decimal *a, const struct decimal *b)
{
	int64_t low = a->exponent < b->exponent ? a->exponent : b->exponent;
	size_t i;

	if (!a->count || !b->count)
		return (int)(a->count > 0) - (int)(b->count > 0);
	if (top(a) != top(b))
		return top(a) < top(b) ? -1 : 1;
	for (i = (size_t)(top(a) - low); i--;) {
		int order = digit_at(a, low, i) - digit_at(b, low, i);

		if (order)
			return order;
	}
	return 0;
}

/* |a| + |b|, or |a| - |b| where |a| is not smaller. */
static struct decimal combine(struct arena *arena, const struct decimal *a,
			      const struct decimal *b, bool minus)
{
	int64_t low = a->exponent < b->exponent ? a->exponent : b->exponent;
	int64_t high = top(a) > top(b) ? top(a) : top(b);
	size_t count = (size_t)(high - low) + 1, i;
	uint8_t *digits = arena_alloc(arena, count);
	int carry = 0;

	for (i = 0; i < count; i++) {
		int x = digit_at(a, low, i), y = digit_at(b, low, i);
		int sum = minus ? x - y - carry : x + y + carry;

		carry = minus ? sum < 0 : sum > 9;
		digits[i] =
			(uint8_t)(minus ? sum + 10 * carry : sum - 10 * carry);
	}
	return trimmed(digits, count, low, a->negative);
}

struct decimal decimal_add(struct arena *arena, const struct decimal *a,
			   const struct decimal *b)
{
	/* The exponent of a zero would only make the result longer. */
	if (!a->count || !b->count)
		return a->count ? *a : *b;
	if (a->negative == b->negative)
		return combine(arena, a, b, false);
	if (compare_sizes(a, b) >= 0)
		return combine(arena, a, b, true);
	return combine(arena, b, a, true);
}

struct decimal decimal_subtract(struct arena *arena, const struct decimal *a,
				const struct decimal *b)
{
	struct decimal minus = *b;

	minus.negative = minus.count && !b->negative;
	return decimal_add(arena, a, &minus);
}

struct decimal decimal_multiply(struct arena *arena, const struct decimal *a,
				const struct decimal *b)
{
	size_t count = a->count + b->count, i, k;
	uint8_t *digits = arena_zalloc(arena, count + 1);

	for (i = 0; i < a->count; i++) {
		int carry = 0;

		for (k = 0; k < b->count || carry; k++) {
			int sum = digits[i + k] + carry;

			if (k < b->count)
				sum += a->digits[i] * b->digits[k];
			digits[i + k] = (uint8_t)(sum % 10);
			carry = sum / 10;
		}
	}
	return trimmed(digits, count, a->exponent + b->exponent,
		       a->negative != b->negative);
}

/* remainder >= divisor, digit by digit; both `count` long. */
static bool not_below(const uint8_t *remainder, const uint8_t *divisor,
		      size_t count)
{
	while (count--) {
		if (remainder[count] != divisor[count])
			return remainder[count] > divisor[count];
	}
	return true;
}

static void take_away(uint8_t *remainder, const uint8_t *divisor, size_t count)
{
	int borrow = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		int rest = remainder[i] - divisor[i] - borrow;

		borrow = rest < 0;
		remainder[i] = (uint8_t)(rest + 10 * borrow);
	}
}

struct decimal decimal_divide(struct arena *arena, const struct decimal *a,
			      const struct decimal *b)
{
	static const uint8_t one_digit[] = { 1 };
	struct decimal one = { one_digit, 1, -DIVISION_DECIMALS, false };
	/* The quotient counts in 10^-16, and so has this many digits. */
	int64_t shift = a->exponent - b->exponent + DIVISION_DECIMALS;
	int64_t total = (int64_t)a->count + shift, i;
	size_t room = b->count + 1;
	uint8_t *rest = arena_zalloc(arena, room);
	uint8_t *by = arena_zalloc(arena, room);
	uint8_t *digits = arena_zalloc(arena, total > 0 ? (size_t)total : 1);
	struct decimal result;

	memcpy(by, b->digits, b->count);
	for (i = total; i-- > 0;) {
		int64_t from = i - shift;

		memmove(rest + 1, rest, room - 1);
		rest[0] = from >= 0 ? a->digits[from] : 0;
		while (not_below(rest, by, room)) {
			take_away(rest, by, room);
			digits[i]++;
		}
	}
	result = trimmed(digits, total > 0 ? (size_t)total : 0,
			 -DIVISION_DECIMALS, a->negative != b->negative);
	/* Below one unit there is nothing left of `a` but a remainder. */
	if (total < 0)
		return result;
	memmove(rest + 1, rest, room - 1);
	rest[0] = shift < 0 ? a->digits[-shift - 1] : 0;
	for (i = 0; i < 5 && not_below(rest, by, room); i++)
		take_away(rest, by, room);
	if (i < 5)
		return result;
	one.negative = a->negative != b->negative;
	return decimal_add(arena, &result, &one);
}
