/*
 * Numbers; answers are those of Go's strconv and encoding/json.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/number.h"

static const struct {
	double x;
	const char *g;
	const char *e;
	const char *f;
	const char *json;
} shortest_rows[] = {
	{ 0.0, "0", "0e+00", "0", "0" },
	{ -0.0, "-0", "-0e+00", "-0", "-0" },
	{ 1.0, "1", "1e+00", "1", "1" },
	{ -0x1.8p+00, "-1.5", "-1.5e+00", "-1.5", "-1.5" },
	{ 100.0, "100", "1e+02", "100", "100" },
	{ 123456.0, "123456", "1.23456e+05", "123456", "123456" },
	{ 1000000.0, "1e+06", "1e+06", "1000000", "1000000" },
	{ 1234567.0, "1.234567e+06", "1.234567e+06", "1234567", "1234567" },
	{ 0x1.999999999999ap-04, "0.1", "1e-01", "0.1", "0.1" },
	{ 0x1.3333333333333p-02, "0.3", "3e-01", "0.3", "0.3" },
	{ 0x1.5555555555555p-02, "0.3333333333333333", "3.333333333333333e-01",
	  "0.3333333333333333", "0.3333333333333333" },
	{ 0x1.a36e2eb1c432dp-14, "0.0001", "1e-04", "0.0001", "0.0001" },
	{ 0x1.4f8b588e368f1p-17, "1e-05", "1e-05", "0.00001", "0.00001" },
	{ 0x1.0c6f7a0b5ed8dp-20, "1e-06", "1e-06", "0.000001", "0.000001" },
	{ 0x1.ad7f29abcaf48p-24, "1e-07", "1e-07", "0.0000001", "1e-7" },
	{ 0x1.5af1d78b58c4p+66, "1e+20", "1e+20", "100000000000000000000",
	  "100000000000000000000" },
	{ 0x1.b1ae4d6e2ef5p+69, "1e+21", "1e+21", "1000000000000000000000",
	  "1e+21" },
	{ 0x1.0f0cf064dd592p+73, "1e+22", "1e+22", "10000000000000000000000",
	  "1e+22" },
	{ 0x1.52d02c7e14af6p+76, "1e+23", "1e+23", "100000000000000000000000",
	  "1e+23" },
	{ 0x1p+53, "9.007199254740992e+15", "9.007199254740992e+15",
	  "9007199254740992", "9007199254740992" },
	{ 0x1p-44, "5.684341886080802e-14", "5.684341886080802e-14",
	  "0.00000000000005684341886080802", "5.684341886080802e-14" },
	{ 0x1p-44, "5.684341886080802e-14", "5.684341886080802e-14",
	  "0.00000000000005684341886080802", "5.684341886080802e-14" },
	{ 0x1.4b3fd5942cd96p-20, "1.234e-06", "1.234e-06", "0.000001234",
	  "0.000001234" },
	{ 0x1.1666666666666p+02, "4.35", "4.35e+00", "4.35", "4.35" },
	{ 0x1.c6bf52634p+49, "1e+15", "1e+15", "1000000000000000",
	  "1000000000000000" },
};

static void test_shortest(void **state)
{
	char buf[NUMBER_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof(shortest_rows) / sizeof(shortest_rows[0]);
	     i++) {
		size_t len =
			number_format_float(buf, shortest_rows[i].x, 'g', -1);

		assert_string_equal(buf, shortest_rows[i].g);
		assert_int_equal(len, strlen(buf));
		number_format_float(buf, shortest_rows[i].x, 'e', -1);
		assert_string_equal(buf, shortest_rows[i].e);
		number_format_float(buf, shortest_rows[i].x, 'f', -1);
		assert_string_equal(buf, shortest_rows[i].f);
		number_format_json(buf, shortest_rows[i].x);
		assert_string_equal(buf, shortest_rows[i].json);
	}
}

static void test_precision(void **state)
{
	static const struct {
		double x;
		char format;
		int precision;
		const char *want;
	} rows[] = {
		{ 0x1.4p+01, 'f', 0, "2" },
		{ 0x1.cp+01, 'f', 0, "4" },
		{ 0x1p-03, 'f', 2, "0.12" },
		{ 0x1.34a456d5cfaadp+10, 'e', 3, "1.235e+03" },
		{ 0x1.34a456d5cfaadp+10, 'E', 0, "1E+03" },
		{ 0x1.34a456d5cfaadp+10, 'g', 6, "1234.57" },
		{ 100000.0, 'g', 3, "1e+05" },
		{ 0x1.a36e2eb1c432dp-14, 'g', 3, "0.0001" },
		{ 0x1.9e0fcaf9380fcp-17, 'G', 2, "1.2E-05" },
		{ 0.0, 'g', 3, "0" },
		{ 0.0, 'e', 2, "0.00e+00" },
		{ 0x1.0f0cf064dd592p+73, 'g', 30, "10000000000000000000000" },
		{ 0x1p-1074, 'e', 5, "4.94066e-324" },
		{ 0x1p-1074, 'g', -1, "5e-324" },
		{ 0x1.fffffffffffffp+1023, 'e', -1, "1.7976931348623157e+308" },
		{ -7.0, 'f', 3, "-7.000" },
		{ 0x1.8ffae147ae148p+06, 'f', 2, "100.00" },
		{ 1.0, 'g', 0, "1" },
	};
	char buf[NUMBER_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		number_format_float(buf, rows[i].x, rows[i].format,
				    rows[i].precision);
		assert_string_equal(buf, rows[i].want);
	}
	assert_int_equal(number_format_float(buf, -0x1.8p1023, 'f', 5000),
			 1 + 309 + 1 + NUMBER_PRECISION);
	number_format_float(buf, NAN, 'g', -1);
	assert_string_equal(buf, "NaN");
	number_format_float(buf, -INFINITY, 'f', 3);
	assert_string_equal(buf, "-Inf");
}

static const struct {
	const char *text;
	enum number_status status;
	double x;
} float_rows[] = {
	{ "0", NUMBER_OK, 0.0 },
	{ "-0", NUMBER_OK, -0.0 },
	{ "1", NUMBER_OK, 1.0 },
	{ "+1.5", NUMBER_OK, 0x1.8p+00 },
	{ ".5", NUMBER_OK, 0x1p-01 },
	{ "5.", NUMBER_OK, 5.0 },
	{ "1e3", NUMBER_OK, 1000.0 },
	{ "1E-3", NUMBER_OK, 0x1.0624dd2f1a9fcp-10 },
	{ "1_000", NUMBER_OK, 1000.0 },
	{ "1__0", NUMBER_SYNTAX, 0.0 },
	{ "_1", NUMBER_SYNTAX, 0.0 },
	{ "1_", NUMBER_SYNTAX, 0.0 },
	{ "0x1p4", NUMBER_OK, 16.0 },
	{ "0x1.8", NUMBER_SYNTAX, 0.0 },
	{ "0X1.Fp+1", NUMBER_OK, 0x1.fp+01 },
	{ "0x_1p1", NUMBER_OK, 2.0 },
	{ "0x.8p0", NUMBER_OK, 0x1p-01 },
	{ "0xp1", NUMBER_SYNTAX, 0.0 },
	{ "1e400", NUMBER_RANGE, INFINITY },
	{ "-1e400", NUMBER_RANGE, -INFINITY },
	{ "1e-400", NUMBER_OK, 0.0 },
	{ "inf", NUMBER_OK, INFINITY },
	{ "+Inf", NUMBER_OK, INFINITY },
	{ "-infinity", NUMBER_OK, -INFINITY },
	{ "infinit", NUMBER_SYNTAX, 0.0 },
	{ "+nan", NUMBER_SYNTAX, 0.0 },
	{ "", NUMBER_SYNTAX, 0.0 },
	{ "+", NUMBER_SYNTAX, 0.0 },
	{ ".", NUMBER_SYNTAX, 0.0 },
	{ "1e", NUMBER_SYNTAX, 0.0 },
	{ "1e+", NUMBER_SYNTAX, 0.0 },
	{ "1 ", NUMBER_SYNTAX, 0.0 },
	{ " 1", NUMBER_SYNTAX, 0.0 },
	{ "0x1.02709DA7A10828P-1024", NUMBER_OK, 0x1.02709da7a1084p-1024 },
	{ "0x1p-1075", NUMBER_OK, 0.0 },
	{ "0x1.8p-1075", NUMBER_OK, 0x1p-1074 },
	{ "1.7976931348623159e308", NUMBER_RANGE, INFINITY },
	{ "2.2250738585072011e-308", NUMBER_OK, 0x1.ffffffffffffep-1023 },
	{ "9007199254740993", NUMBER_OK, 0x1p+53 },
	{ "0.1f", NUMBER_SYNTAX, 0.0 },
};

static void test_parse_float(void **state)
{
	double x;

	(void)state;
	for (size_t i = 0; i < sizeof(float_rows) / sizeof(float_rows[0]);
	     i++) {
		const char *text = float_rows[i].text;

		assert_int_equal(number_parse_float(text, strlen(text), &x),
				 float_rows[i].status);
		assert_true(x == float_rows[i].x);
		assert_int_equal(!!signbit(x), !!signbit(float_rows[i].x));
	}
	assert_int_equal(number_parse_float("NaN", 3, &x), NUMBER_OK);
	assert_true(isnan(x));
	/* Only what is within the length counts. */
	assert_int_equal(number_parse_float("12345", 2, &x), NUMBER_OK);
	assert_true(x == 12);
}

static void test_parse_int(void **state)
{
	static const struct {
		const char *text;
		int base;
		enum number_status status;
		int64_t x;
		enum number_status unsigned_status;
		uint64_t unsigned_x;
	} rows[] = {
		{ "0", 10, NUMBER_OK, 0, NUMBER_OK, 0 },
		{ "-1", 10, NUMBER_OK, -1, NUMBER_SYNTAX, 0 },
		{ "+7", 10, NUMBER_OK, 7, NUMBER_SYNTAX, 0 },
		{ "", 10, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "-", 0, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "007", 0, NUMBER_OK, 7, NUMBER_OK, 7 },
		{ "08", 0, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "0x1F", 0, NUMBER_OK, 31, NUMBER_OK, 31 },
		{ "0x1F", 16, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "1F", 16, NUMBER_OK, 31, NUMBER_OK, 31 },
		{ "0b101", 0, NUMBER_OK, 5, NUMBER_OK, 5 },
		{ "0o17", 0, NUMBER_OK, 15, NUMBER_OK, 15 },
		{ "0O17", 0, NUMBER_OK, 15, NUMBER_OK, 15 },
		{ "0x", 0, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "1_000", 0, NUMBER_OK, 1000, NUMBER_OK, 1000 },
		{ "1_000", 10, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "_1", 0, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "0_7", 0, NUMBER_OK, 7, NUMBER_OK, 7 },
		{ "0x_f", 0, NUMBER_OK, 15, NUMBER_OK, 15 },
		{ "1__0", 0, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ "z", 36, NUMBER_OK, 35, NUMBER_OK, 35 },
		{ "9223372036854775807", 10, NUMBER_OK, INT64_MAX, NUMBER_OK,
		  9223372036854775807 },
		{ "9223372036854775808", 10, NUMBER_RANGE, INT64_MAX, NUMBER_OK,
		  9223372036854775808u },
		{ "-9223372036854775808", 0, NUMBER_OK, INT64_MIN,
		  NUMBER_SYNTAX, 0 },
		{ "-9223372036854775809", 0, NUMBER_RANGE, INT64_MIN,
		  NUMBER_SYNTAX, 0 },
		{ "18446744073709551616", 0, NUMBER_RANGE, INT64_MAX,
		  NUMBER_RANGE, UINT64_MAX },
		{ "99999999999999999999x", 0, NUMBER_RANGE, INT64_MAX,
		  NUMBER_RANGE, UINT64_MAX },
		{ "1.0", 10, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
		{ " 1", 10, NUMBER_SYNTAX, 0, NUMBER_SYNTAX, 0 },
	};
	uint64_t u;
	int64_t x;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		size_t len = strlen(text);

		assert_int_equal(number_parse_int(text, len, rows[i].base, &x),
				 rows[i].status);
		assert_true(x == rows[i].x);
		assert_int_equal(number_parse_uint(text, len, rows[i].base, &u),
				 rows[i].unsigned_status);
		assert_true(u == rows[i].unsigned_x);
	}
}

static void test_format_int(void **state)
{
	char buf[NUMBER_ROOM];

	(void)state;
	assert_int_equal(number_format_int(buf, INT64_MIN), 20);
	assert_string_equal(buf, "-9223372036854775808");
	assert_int_equal(number_format_int(buf, 0), 1);
	assert_string_equal(buf, "0");
	assert_int_equal(number_format_uint(buf, UINT64_MAX), 20);
	assert_string_equal(buf, "18446744073709551615");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shortest),
		cmocka_unit_test(test_precision),
		cmocka_unit_test(test_parse_float),
		cmocka_unit_test(test_parse_int),
		cmocka_unit_test(test_format_int),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
