/*
 * Names; answers are those of Go's path package.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/path.h"

struct row {
	const char *path;
	const char *clean;
	const char *dir;
	const char *base;
};

static void test_parts(void **state)
{
	static const struct row rows[] = {
		{ "", ".", ".", "." },
		{ "/", "/", "/", "/" },
		{ "//", "/", "/", "/" },
		{ "a", "a", ".", "a" },
		{ "a/", "a", "a", "a" },
		{ "a//b/./c", "a/b/c", "a/b", "c" },
		{ "a/../b", "b", ".", "b" },
		{ "a/..", ".", "a", ".." },
		{ "../../a", "../../a", "../..", "a" },
		{ "../a/../..", "../..", "..", ".." },
		{ "/../a", "/a", "/", "a" },
		{ "/a/b/..", "/a", "/a/b", ".." },
		{ "..a/b", "..a/b", "..a", "b" },
	};
	struct arena *arena = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];

		assert_string_equal(path_clean(arena, row->path), row->clean);
		assert_string_equal(path_dir(arena, row->path), row->dir);
		assert_string_equal(path_base(arena, row->path), row->base);
	}
	arena_free(arena);
}

static void test_relations(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(path_join(arena, "a/b", "../c"), "a/c");
	assert_string_equal(path_join(arena, "a", "/c"), "/c");
	assert_string_equal(path_join(arena, "", "c"), "c");
	assert_string_equal(path_join(arena, "/", "c"), "/c");
	assert_string_equal(path_ext("a.b/c"), "");
	assert_string_equal(path_ext("a.b/c.d.e"), ".e");
	assert_true(path_is_below("a/b", "a"));
	assert_true(path_is_below("a", "a"));
	assert_true(path_is_below("/a", "/"));
	assert_true(path_is_below("a", ""));
	assert_false(path_is_below("ab", "a"));
	assert_false(path_is_below("../a", ""));
	assert_string_equal(path_relative(arena, "a/b", "a/c/d"), "../c/d");
	assert_string_equal(path_relative(arena, "a", "a"), ".");
	assert_string_equal(path_relative(arena, ".", "a"), "a");
	assert_string_equal(path_relative(arena, "a/b", "."), "../..");
	assert_string_equal(path_relative(arena, "/", "/a"), "a");
	assert_string_equal(path_relative(arena, "/a/bc", "/a/b"), "../b");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_relations),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
