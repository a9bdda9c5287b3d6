/*
 * Lines and columns of offsets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"

static void expect(const struct source *source, uint32_t offset, uint32_t line,
		   uint32_t column)
{
	struct line_column at = source_position(source, offset);

	assert_int_equal(at.line, line);
	assert_int_equal(at.column, column);
}

static void test_positions(void **state)
{
	struct arena *arena = arena_new();
	const char *text = "ab\r\n\nc";
	struct source *source =
		source_new(arena, "x", SOURCE_VALUES, text, strlen(text));
	size_t len;

	(void)state;
	expect(source, 0, 1, 1);
	expect(source, 3, 1, 4);
	expect(source, 4, 2, 1);
	expect(source, 5, 3, 1);
	expect(source, 6, 3, 2);
	expect(source, 99, 3, 2);
	assert_non_null(source_line(source, 1, &len));
	assert_int_equal(len, 3);
	assert_non_null(source_line(source, 2, &len));
	assert_int_equal(len, 0);
	assert_non_null(source_line(source, 3, &len));
	assert_int_equal(len, 1);
	assert_null(source_line(source, 4, &len));
	assert_null(source_line(source, 0, &len));
	assert_null(source_segment(source, 0));
	source = source_new(arena, "x", SOURCE_VALUES, "", 0);
	expect(source, 0, 1, 1);
	arena_free(arena);
}

static void test_segments(void **state)
{
	struct arena *arena = arena_new();
	const struct segment segments[] = { { .at = 0 },
					    { .at = 2 },
					    { .at = 5 } };
	const struct segment_map map = { segments, 3 };
	struct source *source =
		source_new(arena, "x", SOURCE_RENDERED, "abcdefg", 7);

	(void)state;
	source->map = &map;
	assert_ptr_equal(source_segment(source, 0), &segments[0]);
	assert_ptr_equal(source_segment(source, 1), &segments[0]);
	assert_ptr_equal(source_segment(source, 2), &segments[1]);
	assert_ptr_equal(source_segment(source, 4), &segments[1]);
	assert_ptr_equal(source_segment(source, 7), &segments[2]);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_segments),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
