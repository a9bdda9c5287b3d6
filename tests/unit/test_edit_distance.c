/*
 * "did you mean".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/edit_distance.h"

static void test_distance(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		size_t distance;
	} rows[] = {
		{ "", "", 0 },
		{ "", "abc", 3 },
		{ "abc", "abc", 0 },
		{ "abc", "abd", 1 },
		{ "abc", "ab", 1 },
		{ "abc", "acb", 1 },
		{ "abcd", "badc", 2 },
		{ "kitten", "sitting", 3 },
		{ "replicsa", "replicas", 1 },
		{ "namespcae", "namespace", 1 },
	};
	char longer[600];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t want = rows[i].distance, limit;

		for (limit = 0; limit < 5; limit++) {
			size_t most = want <= limit ? want : limit + 1;

			assert_int_equal(
				edit_distance(rows[i].a, rows[i].b, limit),
				most);
			assert_int_equal(
				edit_distance(rows[i].b, rows[i].a, limit),
				most);
		}
	}
	memset(longer, 'x', sizeof(longer));
	longer[599] = '\0';
	assert_int_equal(edit_distance(longer, longer, 2), 0);
	assert_int_equal(edit_distance(longer, longer + 1, 2), 3);
}

static void test_nearest(void **state)
{
	static const char *const fields[] = {
		"namePrefix", "nameSuffix", "namespace", "images", "image",
		"replicas",   "resources",  "labels",    "id",     NULL
	};

	(void)state;
	assert_string_equal(edit_nearest_of("namepsace", fields), "namespace");
	assert_string_equal(edit_nearest_of("IMAGES", fields), "images");
	assert_string_equal(edit_nearest_of("resource", fields), "resources");
	assert_string_equal(edit_nearest_of("ir", fields), "id");
	/* Two that are as near; none; two edits of two letters. */
	assert_null(edit_nearest_of(
		"imagex", (const char *[]){ "imagea", "imageb", NULL }));
	assert_null(edit_nearest_of("nameFix", fields));
	assert_null(edit_nearest_of("xy", fields));
	assert_null(edit_nearest_of("", fields));
	/* The nearer of two. */
	assert_string_equal(edit_nearest_of("imagess", fields), "images");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
