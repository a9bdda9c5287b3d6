#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The one file that may; what it reads was checked by the rules of Go. */
#undef strtod

enum {
	DIGITS_MAX = 17,     /* no float needs more to read back */
	DIGITS_SURE = 15,    /* any normal float keeps that many */
	SIGNIFICANT = 800,   /* digits that can change how a decimal rounds */
	EXPONENT_CAP = 10000 /* beyond any float; as in Go */
};

/* A float is 0.d1d2d3... times ten to the `point`. */
struct decimal {
	char digits[DIGITS_MAX + 1];
	int count;
	int point;
};

static size_t put_uint(char *buf, uint64_t x)
{
	char digits[20];
	size_t len = 0, i = 0;

	do {
		digits[len++] = (char)('0' + x % 10);
		x /= 10;
	} while (x);
	while (len)
		buf[i++] = digits[--len];
	buf[i] = '\0';
	return i;
}

size_t number_format_uint(char *buf, uint64_t x)
{
	return put_uint(buf, x);
}

size_t number_format_int(char *buf, int64_t x)
{
	if (x >= 0)
		return put_uint(buf, (uint64_t)x);
	buf[0] = '-';
	return 1 + put_uint(buf + 1, -(uint64_t)x);
}

static void strip_zeros(struct decimal *decimal)
{
	while (decimal->count && decimal->digits[decimal->count - 1] == '0')
		decimal->count--;
	if (!decimal->count)
		decimal->point = 0;
}

/* Read what %.*e printed: d.ddde+xx. */
static void decimal_scan(struct decimal *decimal, const char *text)
{
	int exponent = 0;
	bool minus;

	decimal->count = 0;
	for (; *text != 'e'; text++) {
		if (*text != '.')
			decimal->digits[decimal->count++] = *text;
	}
	minus = *++text == '-';
	while (*++text)
		exponent = exponent * 10 + (*text - '0');
	decimal->point = (minus ? -exponent : exponent) + 1;
}

/* The next greater decimal with as many digits. */
static void decimal_step(struct decimal *decimal)
{
	int i = decimal->count;

	while (i && decimal->digits[i - 1] == '9')
		decimal->digits[--i] = '0';
	if (i) {
		decimal->digits[i - 1]++;
		return;
	}
	decimal->digits[0] = '1';
	decimal->point++;
}

static double decimal_value(const struct decimal *decimal)
{
	char text[DIGITS_MAX + 16];

	snprintf(text, sizeof(text), "0.%.*se%d", decimal->count,
		 decimal->digits, decimal->point);
	return strtod(text, NULL);
}

/* Whether `count` digits suffice for x; `*decimal` has them. */
static bool reads_back(struct decimal *decimal, double x, int count)
{
	char text[DIGITS_MAX + 16];
	int exponent;

	snprintf(text, sizeof(text), "%.*e", count - 1, x);
	decimal_scan(decimal, text);
	if (decimal_value(decimal) == x)
		return true;

	/*
	 * Above a power of two floats are twice as far apart as below, so the
	 * farther neighbour of x may read back where the nearest does not.
	 */
	if (frexp(x, &exponent) != 0.5 || decimal_value(decimal) > x)
		return false;
	decimal_step(decimal);
	return decimal_value(decimal) == x;
}

/* x is finite and not negative. */
static void shortest(struct decimal *decimal, double x)
{
	int count = x < 0x1p-1022 ? 1 : DIGITS_SURE;

	if (x < 0x1p53 && x == (double)(uint64_t)x) {
		size_t len = put_uint(decimal->digits, (uint64_t)x);

		decimal->count = decimal->point = (int)len;
		strip_zeros(decimal);
		return;
	}
	while (!reads_back(decimal, x, count) && count < DIGITS_MAX)
		count++;
	strip_zeros(decimal);
}

static size_t put_exponent_form(char *buf, const struct decimal *decimal,
				char letter)
{
	int exponent = decimal->count ? decimal->point - 1 : 0;
	size_t len = 0;

	buf[len++] = decimal->count ? decimal->digits[0] : '0';
	if (decimal->count > 1) {
		buf[len++] = '.';
		memcpy(buf + len, decimal->digits + 1,
		       (size_t)decimal->count - 1);
		len += (size_t)decimal->count - 1;
	}
	buf[len++] = letter;
	buf[len++] = exponent < 0 ? '-' : '+';
	if (exponent < 0)
		exponent = -exponent;
	if (exponent < 10)
		buf[len++] = '0';
	return len + put_uint(buf + len, (uint64_t)exponent);
}

static size_t put_plain_form(char *buf, const struct decimal *decimal)
{
	size_t len = 0;
	int i;

	for (i = 0; i < decimal->point; i++)
		buf[len++] = i < decimal->count ? decimal->digits[i] : '0';
	if (!len)
		buf[len++] = '0';
	if (decimal->count > decimal->point) {
		buf[len++] = '.';
		for (i = decimal->point; i < decimal->count; i++)
			buf[len++] = i < 0 ? '0' : decimal->digits[i];
	}
	buf[len] = '\0';
	return len;
}

static size_t put_shortest(char *buf, double x, char format)
{
	struct decimal decimal;
	int exponent;

	shortest(&decimal, x);
	exponent = decimal.point - 1;
	if (format == 'e' || format == 'E')
		return put_exponent_form(buf, &decimal, format);
	if (format == 'f' || (exponent >= -4 && exponent < 6))
		return put_plain_form(buf, &decimal);
	return put_exponent_form(buf, &decimal, format == 'g' ? 'e' : 'E');
}

static size_t put_word(char *buf, const char *word)
{
	size_t len = strlen(word);

	memcpy(buf, word, len + 1);
	return len;
}

size_t number_format_float(char *buf, double x, char format, int precision)
{
	char pattern[] = { '%', '.', '*', format, '\0' };
	size_t sign = 0;

	if (isnan(x))
		return put_word(buf, "NaN");
	if (isinf(x))
		return put_word(buf, x < 0 ? "-Inf" : "+Inf");
	if (signbit(x)) {
		buf[sign++] = '-';
		x = -x;
	}
	if (precision < 0)
		return sign + put_shortest(buf + sign, x, format);
	if (precision > NUMBER_PRECISION)
		precision = NUMBER_PRECISION;
	return sign + (size_t)snprintf(buf + sign, NUMBER_ROOM - sign, pattern,
				       precision, x);
}

size_t number_format_json(char *buf, double x)
{
	double size = fabs(x);
	size_t len;

	if (size == 0 || (size >= 1e-6 && size < 1e21))
		return number_format_float(buf, x, 'f', -1);
	len = number_format_float(buf, x, 'e', -1);

	/* encoding/json writes e-9 and not e-09, but leaves e+21 alone. */
	if (buf[len - 4] == 'e' && buf[len - 3] == '-' && buf[len - 2] == '0') {
		buf[len - 2] = buf[len - 1];
		buf[--len] = '\0';
	}
	return len;
}

/* The value of a digit in bases up to 36; 99 if it is none. */
static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 10 : 99;
}

/*
 * Underscores stand between digits, or between the prefix of the base and a
 * digit.  `text` may begin with a sign and holds no character that the number
 * itself may not.
 */
static bool underscores_fit(const char *text, size_t len)
{
	char last = '^';
	bool hex = false;
	size_t i = 0;

	if (len && (text[0] == '+' || text[0] == '-'))
		i++;
	if (len - i >= 2 && text[i] == '0' && strchr("bBoOxX", text[i + 1])) {
		hex = (text[i + 1] | 0x20) == 'x';
		last = '0';
		i += 2;
	}
	for (; i < len; i++) {
		if (digit_value(text[i]) < (hex ? 16u : 10u)) {
			last = '0';
		} else if (text[i] == '_') {
			if (last != '0')
				return false;
			last = '_';
		} else {
			if (last == '_')
				return false;
			last = '!';
		}
	}
	return last != '_';
}

/* The base that the prefix of the text names; `*skip` is its length. */
static int base_of(const char *text, size_t len, size_t *skip)
{
	*skip = 0;
	if (text[0] != '0')
		return 10;
	if (len >= 3) {
		*skip = 2;
		switch (text[1] | 0x20) {
		case 'b':
			return 2;
		case 'o':
			return 8;
		case 'x':
			return 16;
		}
	}
	*skip = 1;
	return 8;
}

enum number_status number_parse_uint(const char *text, size_t len, int base,
				     uint64_t *result)
{
	bool free_base = base == 0, underscores = false;
	size_t i = 0;
	uint64_t sum = 0;

	*result = 0;
	if (!len)
		return NUMBER_SYNTAX;
	if (free_base)
		base = base_of(text, len, &i);
	for (; i < len; i++) {
		unsigned digit = digit_value(text[i]);

		if (text[i] == '_' && free_base) {
			underscores = true;
			continue;
		}
		if (digit >= (unsigned)base)
			return NUMBER_SYNTAX;
		if (__builtin_mul_overflow(sum, (uint64_t)base, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)digit, &sum)) {
			*result = UINT64_MAX;
			return NUMBER_RANGE;
		}
	}
	if (underscores && !underscores_fit(text, len))
		return NUMBER_SYNTAX;
	*result = sum;
	return NUMBER_OK;
}

enum number_status number_parse_int(const char *text, size_t len, int base,
				    int64_t *result)
{
	size_t sign = len && (text[0] == '+' || text[0] == '-');
	bool minus = sign && text[0] == '-';
	uint64_t size, most = minus ? (uint64_t)INT64_MAX + 1 : INT64_MAX;

	*result = 0;
	if (number_parse_uint(text + sign, len - sign, base, &size) ==
	    NUMBER_SYNTAX)
		return NUMBER_SYNTAX;
	if (size > most) {
		*result = minus ? INT64_MIN : INT64_MAX;
		return NUMBER_RANGE;
	}
	*result = minus ? (int64_t)-size : (int64_t)size;
	return NUMBER_OK;
}

/* Digits of a float without point, underscores and leading zeros. */
struct mantissa {
	char digits[SIGNIFICANT + 2];
	int count;
	int point; /* of the exponent: what the digits are to be scaled by */
	bool any;  /* there was a digit */
	bool tail; /* a digit other than 0 was left out */
	bool underscores;
};

static size_t scan_mantissa(struct mantissa *mantissa, const char *text,
			    size_t len, unsigned base)
{
	bool dot = false;
	size_t i;

	memset(mantissa, 0, sizeof(*mantissa));
	for (i = 0; i < len; i++) {
		if (text[i] == '_') {
			mantissa->underscores = true;
		} else if (text[i] == '.' && !dot) {
			dot = true;
		} else if (digit_value(text[i]) >= base) {
			break;
		} else {
			mantissa->any = true;
			if (dot)
				mantissa->point--;
			if (mantissa->count == SIGNIFICANT) {
				mantissa->tail |= text[i] != '0';
				mantissa->point++;
			} else if (mantissa->count || text[i] != '0') {
				mantissa->digits[mantissa->count++] = text[i];
			}
		}
	}
	/* One more digit stands for all that were left out. */
	if (mantissa->tail) {
		mantissa->digits[mantissa->count++] = '1';
		mantissa->point--;
	}
	return i;
}

/* e or p, a sign, digits; `*at` is moved behind them.  False: no digit. */
static bool scan_exponent(const char *text, size_t len, size_t *at,
			  int *exponent, bool *underscores)
{
	bool minus = false;
	size_t i = *at + 1;
	int sum = 0;

	if (i < len && (text[i] == '+' || text[i] == '-'))
		minus = text[i++] == '-';
	if (i >= len || text[i] < '0' || text[i] > '9')
		return false;
	for (; i < len; i++) {
		if (text[i] == '_')
			*underscores = true;
		else if (text[i] < '0' || text[i] > '9')
			break;
		else if (sum < EXPONENT_CAP)
			sum = sum * 10 + (text[i] - '0');
	}
	*exponent = minus ? -sum : sum;
	*at = i;
	return true;
}

static bool equals_word(const char *text, size_t len, const char *word)
{
	size_t i;

	for (i = 0; i < len && word[i]; i++) {
		if ((text[i] | 0x20) != word[i])
			return false;
	}
	return i == len && !word[i];
}

/* inf and infinity may have a sign, nan may not. */
static bool parse_word(const char *text, size_t len, double *result)
{
	size_t sign = len && (text[0] == '+' || text[0] == '-');

	if (equals_word(text, len, "nan"))
		*result = NAN;
	else if (equals_word(text + sign, len - sign, "inf") ||
		 equals_word(text + sign, len - sign, "infinity"))
		*result = text[0] == '-' ? -INFINITY : INFINITY;
	else
		return false;
	return true;
}

/*
 * Rounded here, once and to even: the library's strtod is wrong about some
 * hexadecimal numbers too small to be normal.
 */
static double hex_value(const struct mantissa *mantissa, int exponent)
{
	uint64_t bits = 0, left;
	bool tail = false;
	int i, top, drop;

	for (i = 0; i < mantissa->count; i++) {
		if (bits >> 58) {
			tail |= mantissa->digits[i] != '0';
			exponent += 4;
		} else {
			bits = bits << 4 | digit_value(mantissa->digits[i]);
		}
	}
	exponent += mantissa->point * 4;
	if (!bits)
		return 0;
	for (top = 63; !(bits >> top); top--)
		;
	drop = top - 52;
	if (exponent + drop < -1074)
		drop = -1074 - exponent;
	if (drop > 63)
		return 0;
	if (drop > 0) {
		left = bits << (64 - drop);
		bits >>= drop;
		if (left > 1ull << 63 ||
		    (left == 1ull << 63 && (tail || (bits & 1))))
			bits++;
		exponent += drop;
	}
	return ldexp((double)bits, exponent);
}

static double decimal_text_value(const struct mantissa *mantissa, int exponent)
{
	char text[SIGNIFICANT + 32];

	if (!mantissa->count)
		return 0;
	snprintf(text, sizeof(text), "%.*se%d", mantissa->count,
		 mantissa->digits, exponent + mantissa->point);
	return strtod(text, NULL);
}

enum number_status number_parse_float(const char *text, size_t len,
				      double *result)
{
	size_t sign = len && (text[0] == '+' || text[0] == '-'), at = sign;
	bool hex =
		len - at > 2 && text[at] == '0' && (text[at + 1] | 0x20) == 'x';
	int exponent = 0;
	struct mantissa mantissa;

	*result = 0;
	if (parse_word(text, len, result))
		return NUMBER_OK;
	at += hex ? 2 : 0;
	at += scan_mantissa(&mantissa, text + at, len - at, hex ? 16 : 10);
	if (!mantissa.any)
		return NUMBER_SYNTAX;
	if (at < len && (text[at] | 0x20) == (hex ? 'p' : 'e')) {
		if (!scan_exponent(text, len, &at, &exponent,
				   &mantissa.underscores))
			return NUMBER_SYNTAX;
	} else if (hex) {
		return NUMBER_SYNTAX;
	}
	if (at < len || (mantissa.underscores && !underscores_fit(text, len)))
		return NUMBER_SYNTAX;
	*result = hex ? hex_value(&mantissa, exponent)
		      : decimal_text_value(&mantissa, exponent);
	if (sign && text[0] == '-')
		*result = -*result;
	return isinf(*result) ? NUMBER_RANGE : NUMBER_OK;
}
