/*
 * Quantities: answers of the API server on edge cases.  Where its own
 * arithmetic overflows, the row says so with LARGE.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "lints/schema/quantity.h"
#include "model/value.h"

#define LARGE UINT64_MAX

static const struct {
	const char *text;
	enum quantity_format format;
	const char *error; /* a word of it, or NULL */
	uint64_t milli;
	uint64_t value;
} rows[] = {
	{ "0", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "00", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "1", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ "+1", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ "-1", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ "1.5", QUANTITY_DECIMAL, NULL, 1500u, 2u },
	{ "1.", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ ".5", QUANTITY_DECIMAL, NULL, 500u, 1u },
	{ ".", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "+", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "-", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "+.", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "Mi", QUANTITY_BINARY, NULL, 0u, 0u },
	{ "m", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "k", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "K", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1K", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1k", QUANTITY_DECIMAL, NULL, 1000000u, 1000u },
	{ "1Ki", QUANTITY_BINARY, NULL, 1024000u, 1024u },
	{ "1ki", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1KI", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1m", QUANTITY_DECIMAL, NULL, 1u, 1u },
	{ "1u", QUANTITY_DECIMAL, NULL, 1u, 1u },
	{ "1n", QUANTITY_DECIMAL, NULL, 1u, 1u },
	{ "1\302\265", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "0.1m", QUANTITY_DECIMAL, NULL, 1u, 1u },
	{ "0.1n", QUANTITY_DECIMAL, NULL, 1u, 1u },
	{ "0.0001", QUANTITY_DECIMAL, NULL, 1u, 1u },
	{ "1.5Gi", QUANTITY_BINARY, NULL, 1610612736000u, 1610612736u },
	{ "0.5Ki", QUANTITY_BINARY, NULL, 512000u, 512u },
	{ "0.0005Ki", QUANTITY_DECIMAL, NULL, 512u, 1u },
	{ "1e3", QUANTITY_EXPONENT, NULL, 1000000u, 1000u },
	{ "1E3", QUANTITY_EXPONENT, NULL, 1000000u, 1000u },
	{ "1e", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1E", QUANTITY_DECIMAL, NULL, LARGE, 1000000000000000000u },
	{ "1e+3", QUANTITY_EXPONENT, NULL, 1000000u, 1000u },
	{ "1e-3", QUANTITY_EXPONENT, NULL, 1u, 1u },
	{ "1e-10", QUANTITY_EXPONENT, NULL, 1u, 1u },
	{ "1E+", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "12E", QUANTITY_DECIMAL, NULL, LARGE, LARGE },
	{ "1e3.5", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1Ei", QUANTITY_BINARY, NULL, LARGE, 1152921504606846976u },
	{ "8Ei", QUANTITY_BINARY, NULL, LARGE, 9223372036854775807u },
	{ "9E", QUANTITY_DECIMAL, NULL, LARGE, 9000000000000000000u },
	{ "9223372036854775807", QUANTITY_DECIMAL, NULL, LARGE,
	  9223372036854775807u },
	{ "9223372036854775808", QUANTITY_DECIMAL, NULL, LARGE, LARGE },
	{ "9223372036854775807k", QUANTITY_DECIMAL, NULL, LARGE, LARGE },
	{ "1000000000000000000000", QUANTITY_DECIMAL, NULL, LARGE, LARGE },
	{ "1.1.M", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1+1.0M", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "0.1mi", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "0.1am", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "aoeu", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ ".5i", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1i", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "-3.01i", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "-3.01e-", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ "1", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ "1 Gi", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1_000", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "0x10", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1,5", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "100m", QUANTITY_DECIMAL, NULL, 100u, 1u },
	{ "2000m", QUANTITY_DECIMAL, NULL, 2000u, 2u },
	{ "1500m", QUANTITY_DECIMAL, NULL, 1500u, 2u },
	{ "1024", QUANTITY_DECIMAL, NULL, 1024000u, 1024u },
	{ "1024Ki", QUANTITY_BINARY, NULL, 1048576000u, 1048576u },
	{ "1536Mi", QUANTITY_BINARY, NULL, 1610612736000u, 1610612736u },
	{ "1000k", QUANTITY_DECIMAL, NULL, 1000000000u, 1000000u },
	{ "100000", QUANTITY_DECIMAL, NULL, 100000000u, 100000u },
	{ "001", QUANTITY_DECIMAL, NULL, 1000u, 1u },
	{ "-0", QUANTITY_DECIMAL, NULL, 0u, 0u },
	{ "1Mim", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "1eE3", QUANTITY_DECIMAL, "suffix", 0, 0 },
	{ "5nano", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "NaN", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "inf", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1GB", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1Gib", QUANTITY_DECIMAL, "syntax", 0, 0 },
	{ "1.0000000001", QUANTITY_DECIMAL, NULL, 1001u, 2u },
	{ "3e9999", QUANTITY_EXPONENT, NULL, LARGE, LARGE },
	{ "12e-9999", QUANTITY_EXPONENT, NULL, 1u, 1u },
	{ "\"1\"", QUANTITY_DECIMAL, "syntax", 0, 0 },
};

/* The API server trims the text of a JSON string before it reads it. */
static void test_blanks(void **state)
{
	static const char *const texts[] = { " 1", "1 ", " 1 " };
	struct arena *arena = arena_new();
	struct quantity q;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_COUNT(texts); i++) {
		assert_true(quantity_of(
			value_new_cstring(arena, NULL, texts[i]), &q));
		assert_int_equal(quantity_compare_int(&q, 1), 0);
	}
	arena_free(arena);
}

static void test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		struct quantity q;
		uint64_t value = 0;
		const char *error =
			quantity_parse(rows[i].text, strlen(rows[i].text), &q);

		if (rows[i].error) {
			assert_non_null(error);
			assert_non_null(strstr(
				error, strcmp(rows[i].error, "syntax") == 0
					       ? "regular expression"
					       : "suffix"));
			continue;
		}
		assert_null(error);
		assert_int_equal(q.format, rows[i].format);
		if (rows[i].milli != LARGE) {
			assert_true(quantity_scaled(&q, 1000000, &value));
			assert_int_equal(value, rows[i].milli);
		}
		if (rows[i].value != LARGE) {
			assert_true(quantity_scaled(&q, 1000000000, &value));
			assert_int_equal(value, rows[i].value);
		}
	}
}

static int order(const char *a, const char *b)
{
	struct quantity x, y;

	assert_null(quantity_parse(a, strlen(a), &x));
	assert_null(quantity_parse(b, strlen(b), &y));
	return quantity_compare(&x, &y);
}

static void test_order(void **state)
{
	struct quantity q;

	(void)state;
	assert_int_equal(order("1", "1000m"), 0);
	assert_int_equal(order("1Gi", "1024Mi"), 0);
	assert_int_equal(order("1e3", "1k"), 0);
	assert_int_equal(order("-1", "1"), -1);
	assert_int_equal(order("-2", "-1"), -1);
	assert_int_equal(order("-0", "0"), 0);
	assert_int_equal(order("1Gi", "1G"), 1);
	assert_int_equal(order("3e9999", "1E"), 1);
	assert_null(quantity_parse("128m", 4, &q));
	assert_true(quantity_is_fractional(&q));
	assert_int_equal(quantity_compare_int(&q, 1), -1);
	assert_null(quantity_parse("2000m", 5, &q));
	assert_false(quantity_is_fractional(&q));
	assert_int_equal(quantity_compare_int(&q, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
