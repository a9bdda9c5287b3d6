#include "base/real.h"

#include <math.h>

#define WHOLE_FROM 4503599627370496.0 /* 2^52: nothing is behind the point */
#define TOLERANCE  1e-9
#define LN_2       0.69314718055994530942

enum {
	LOG_TERMS = 17,     /* the next one is below 2^-53 */
	POWER_LIMIT = 1100, /* 10^n is infinite, or 0, well before 2^-n is */
};

bool real_is_whole(double x)
{
	if (!isfinite(x))
		return false;
	return fabs(x) >= WHOLE_FROM || x == (double)(int64_t)x;
}

/* What is left of a whole `x` after its multiples of a whole `of`. */
static double rest_of(double x, double of)
{
	int bits, bits_of;

	frexp(of, &bits_of);
	for (x = fabs(x); x >= of;) {
		double part;

		frexp(x, &bits);
		part = ldexp(of, bits - bits_of);
		/* No bit is lost: the two are of one magnitude. */
		x -= part <= x ? part : part / 2;
	}
	return x;
}

bool real_is_multiple(double x, double of)
{
	double quotient = x / of, nearest = quotient;

	if (!isfinite(quotient))
		return false;
	if (fabs(quotient) < WHOLE_FROM)
		nearest = (double)(int64_t)(quotient +
					    (quotient < 0 ? -0.5 : 0.5));
	if (fabs(quotient - nearest) > TOLERANCE * fabs(quotient))
		return false;
	return !real_is_whole(x) || !real_is_whole(of) || rest_of(x, of) == 0;
}

double real_power_of_ten(int64_t n)
{
	int exponent = 0, step;
	double power = 1, square = frexp(10, &step);
	int64_t left;

	if (n > POWER_LIMIT || n < -POWER_LIMIT)
		n = n < 0 ? -POWER_LIMIT : POWER_LIMIT;
	for (left = n < 0 ? -n : n; left; left >>= 1) {
		if (left & 1) {
			power *= square;
			exponent += step;
		}
		square *= square;
		step *= 2;
		if (square < 0.5) {
			square += square;
			step--;
		}
	}
	return n < 0 ? ldexp(1 / power, -exponent) : ldexp(power, exponent);
}

/* ln m = 2 artanh((m - 1) / (m + 1)), whose series ends soon around 1. */
double real_log2(double x)
{
	int bits;
	double m = frexp(x, &bits), z = (m - 1) / (m + 1), sum = 0;

	for (int k = LOG_TERMS; k >= 0; k--)
		sum = sum * z * z + 1.0 / (2 * k + 1);
	return bits + 2 * z * sum / LN_2;
}
