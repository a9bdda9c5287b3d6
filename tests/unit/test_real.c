/*
 * The arithmetic of base/real.h, beside libm's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "base/attr.h"
#include "base/real.h"

static void test_whole(void **state)
{
	(void)state;
	assert_true(real_is_whole(0));
	assert_true(real_is_whole(-3));
	assert_true(real_is_whole(1e300));
	assert_false(real_is_whole(0.5));
	assert_false(real_is_whole(-4503599627370495.5));
	assert_false(real_is_whole((double)NAN));
	assert_false(real_is_whole((double)INFINITY));
}

static const struct {
	double x;
	double of;
	bool is;
} multiples[] = {
	{ 0, 5, true },        { 10, 5, true },
	{ -10, 5, true },      { 11, 5, false },
	{ 0.3, 0.1, true },    { 0.35, 0.1, false },
	{ 1e300, 3, true },    { 1e300, 7, false },
	{ 3e20, 3, true },     { 7, 2.5, false },
	{ 7.5, 2.5, true },    { 9007199254740994, 4, false },
	{ 4, 9, false },       { 1e-9, 1, false },
	{ 5, 1e-320, false },
};

static void test_multiples(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_COUNT(multiples); i++)
		assert_int_equal(real_is_multiple(multiples[i].x,
						  multiples[i].of),
				 multiples[i].is);
	for (i = 1; i < 500; i++) {
		double x = ldexp((double)(i * 7919 % 1009), (int)(i % 90));

		assert_int_equal(real_is_multiple(x, (double)i),
				 fmod(x, (double)i) == 0);
	}
}

static void test_powers(void **state)
{
	int n;

	(void)state;
	for (n = 0; n <= 22; n++)
		assert_true(real_power_of_ten(n) == pow(10, n));
	assert_true(real_power_of_ten(-1) == 0.1);
	assert_true(real_power_of_ten(-2) == 0.01);
	assert_true(isinf(real_power_of_ten(309)));
	assert_true(isinf(real_power_of_ten(INT64_MAX)));
	assert_true(real_power_of_ten(INT64_MIN) == 0);
}

static void test_logarithms(void **state)
{
	double x;

	(void)state;
	assert_true(real_log2(8) == 3);
	for (x = 1e-5; x < 1e5; x *= 1.01)
		assert_true(fabs(real_log2(x) - log2(x)) < 1e-14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_multiples),
		cmocka_unit_test(test_powers),
		cmocka_unit_test(test_logarithms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
