/*
 * Characters; answers are those of Go's utf8, unicode and strconv.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"

static void test_decode(void **state)
{
	static const struct {
		const char *text;
		uint32_t first;
		size_t first_size;
		uint32_t last;
		size_t last_size;
		size_t count;
		bool valid;
	} rows[] = {
		{ "a", 'a', 1, 'a', 1, 1, true },
		{ "\xc3\xa9z", 0xE9, 2, 'z', 1, 2, true },
		{ "z\xe6\x97\xa5", 'z', 1, 0x65E5, 3, 2, true },
		{ "\xf0\x9f\x98\x80", 0x1F600, 4, 0x1F600, 4, 1, true },
		{ "\xef\xbf\xbd", 0xFFFD, 3, 0xFFFD, 3, 1, true },
		{ "\xff", 0xFFFD, 1, 0xFFFD, 1, 1, false },
		/* overlong, a surrogate, beyond the end, cut short */
		{ "\xc0\x80", 0xFFFD, 1, 0xFFFD, 1, 2, false },
		{ "\xe0\x80\x80", 0xFFFD, 1, 0xFFFD, 1, 3, false },
		{ "\xed\xa0\x80", 0xFFFD, 1, 0xFFFD, 1, 3, false },
		{ "\xf4\x90\x80\x80", 0xFFFD, 1, 0xFFFD, 1, 4, false },
		{ "\xe6\x97", 0xFFFD, 1, 0xFFFD, 1, 2, false },
		{ "abcdefgh\x80", 'a', 1, 0xFFFD, 1, 9, false },
	};
	size_t size;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		size_t len = strlen(text);

		assert_int_equal(utf8_decode(text, len, &size), rows[i].first);
		assert_int_equal(size, rows[i].first_size);
		assert_int_equal(utf8_decode_last(text, len, &size),
				 rows[i].last);
		assert_int_equal(size, rows[i].last_size);
		assert_int_equal(utf8_count(text, len), rows[i].count);
		assert_int_equal(utf8_valid(text, len), rows[i].valid);
	}
	assert_int_equal(utf8_decode("", 0, &size), UTF8_REPLACEMENT);
	assert_int_equal(size, 0);
	assert_int_equal(utf8_ascii_prefix("0123456789\xc3\xa9", 12), 10);
}

static void test_encode(void **state)
{
	static const uint32_t runes[] = { 0,       0x7F,    0x80,   0x7FF,
					  0x800,   0xD7FF,  0xE000, 0xFFFF,
					  0x10000, 0x10FFFF };
	char buf[UTF8_ROOM];
	size_t size;

	(void)state;
	for (size_t i = 0; i < sizeof(runes) / sizeof(runes[0]); i++) {
		size_t len = utf8_encode(buf, runes[i]);

		assert_int_equal(utf8_decode(buf, len, &size), runes[i]);
		assert_int_equal(size, len);
	}
	assert_int_equal(utf8_encode(buf, 0xD800), 3);
	assert_memory_equal(buf, "\xef\xbf\xbd", 3);
	assert_int_equal(utf8_encode(buf, 0x110000), 3);
	assert_memory_equal(buf, "\xef\xbf\xbd", 3);
}

/* What is summed over all code points is what Go sums. */
static void test_classes(void **state)
{
	static const struct {
		bool (*is)(uint32_t rune);
		uint64_t count;
		uint64_t sum;
	} rows[] = {
		{ rune_is_letter, 136104, 14773782966 },
		{ rune_is_digit, 680, 32783620 },
		{ rune_is_number, 1831, 103544065 },
		{ rune_is_upper, 1831, 85228200 },
		{ rune_is_lower, 2233, 103102186 },
		{ rune_is_title, 31, 220514 },
		{ rune_is_space, 25, 141586 },
		{ rune_is_punct, 842, 27984827 },
		{ rune_is_print, 148998, 15750900724 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t count = 0, sum = 0;

		for (uint32_t rune = 0; rune <= 0x10FFFF; rune++) {
			if (rows[i].is(rune)) {
				count++;
				sum += rune;
			}
		}
		assert_int_equal(count, rows[i].count);
		assert_int_equal(sum, rows[i].sum);
	}
}

static void test_cases(void **state)
{
	static const struct {
		uint32_t (*other)(uint32_t rune);
		uint64_t count;
		uint64_t sum;
	} rows[] = {
		{ rune_to_upper, 1450, 556769865172 },
		{ rune_to_lower, 1433, 556776826849 },
		{ rune_to_title, 1404, 556771205370 },
		{ rune_fold, 2878, 556788871197 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t count = 0, sum = 0;

		for (uint32_t rune = 0; rune <= 0x10FFFF; rune++) {
			count += rows[i].other(rune) != rune;
			sum += (uint64_t)rune * rows[i].other(rune) % 1000003;
		}
		assert_int_equal(count, rows[i].count);
		assert_int_equal(sum, rows[i].sum);
	}
	assert_int_equal(rune_to_upper(0xDF), 0xDF);
	assert_int_equal(rune_to_title(0x1C4), 0x1C5);
	assert_int_equal(rune_fold('k'), 0x212A);
	assert_int_equal(rune_fold(0x130), 0x130);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_encode),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
