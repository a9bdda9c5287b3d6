/*
 * Floats as %x, %X and %b print them: the bits themselves.
 */
#include <string.h>

#include "base/str.h"
#include "templates/print/verb.h"

enum {
	MANTISSA_BITS = 52,
	EXPONENT_BIAS = 1023,
	DIGITS_MAX = 15, /* after the point, as Go keeps them */
	LEADING_BIT = 60,
};

struct parts {
	uint64_t mantissa;
	int exponent;
	bool negative;
	bool special; /* an infinity or no number */
};

static struct parts take_apart(double real)
{
	struct parts parts;
	uint64_t bits;

	memcpy(&bits, &real, sizeof(bits));
	parts.negative = bits >> 63;
	parts.exponent = (int)(bits >> MANTISSA_BITS & 0x7ff);
	parts.mantissa = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
	parts.special = parts.exponent == 0x7ff;
	if (parts.exponent)
		parts.mantissa |= (uint64_t)1 << MANTISSA_BITS;
	else
		parts.exponent = 1;
	parts.exponent -= EXPONENT_BIAS;
	return parts;
}

/* Round half to even at `precision` digits behind the point. */
static void round_digits(struct parts *parts, int precision)
{
	unsigned shift = (unsigned)precision * 4;
	uint64_t extra =
		parts->mantissa << shift & (((uint64_t)1 << LEADING_BIT) - 1);
	uint64_t half = (uint64_t)1 << (LEADING_BIT - 1);

	parts->mantissa >>= LEADING_BIT - shift;
	if ((extra | (parts->mantissa & 1)) > half)
		parts->mantissa++;
	parts->mantissa <<= LEADING_BIT - shift;
	if (parts->mantissa >> (LEADING_BIT + 1)) {
		parts->mantissa >>= 1;
		parts->exponent++;
	}
}

/* The digits behind the point; a negative precision asks for all there are. */
static void put_fraction(struct str *out, uint64_t mantissa, int precision,
			 const char *digits)
{
	int i;

	mantissa <<= 64 - LEADING_BIT;
	if (precision == 0 || (precision < 0 && !mantissa))
		return;
	str_putc(out, '.');
	for (i = 0; precision < 0 ? mantissa != 0 : i < precision; i++) {
		str_putc(out, digits[mantissa >> LEADING_BIT]);
		mantissa <<= 64 - LEADING_BIT;
	}
}

static void put_hexadecimal(struct str *out, struct parts parts, char verb,
			    int precision)
{
	bool upper = verb == 'X';
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	if (!parts.mantissa)
		parts.exponent = 0;
	parts.mantissa <<= LEADING_BIT - MANTISSA_BITS;
	while (parts.mantissa && !(parts.mantissa >> LEADING_BIT & 1)) {
		parts.mantissa <<= 1;
		parts.exponent--;
	}
	if (precision >= 0 && precision < DIGITS_MAX)
		round_digits(&parts, precision);
	str_puts(out, upper ? "0X" : "0x");
	str_putc(out, (char)('0' + (parts.mantissa >> LEADING_BIT & 1)));
	parts.mantissa &= ((uint64_t)1 << LEADING_BIT) - 1;
	put_fraction(out, parts.mantissa, precision, digits);
	str_printf(out, "%c%c%02d", upper ? 'P' : 'p',
		   parts.exponent < 0 ? '-' : '+',
		   parts.exponent < 0 ? -parts.exponent : parts.exponent);
}

bool print_bits(struct str *out, double real, char verb, int precision)
{
	struct parts parts = take_apart(real);

	if (parts.special)
		return false;
	if (parts.negative)
		str_putc(out, '-');
	if (verb == 'b')
		str_printf(out, "%llup%+d", (unsigned long long)parts.mantissa,
			   parts.exponent - MANTISSA_BITS);
	else
		put_hexadecimal(out, parts, verb, precision);
	return true;
}
