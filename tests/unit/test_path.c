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

static void test_names_of_a_tree(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(path_name("a/b.yaml"), "b.yaml");
	assert_string_equal(path_name("a/"), "");
	assert_string_equal(path_name("a"), "a");
	assert_string_equal(path_folder(arena, "a/b/c"), "a/b");
	assert_string_equal(path_folder(arena, "a"), "");
	assert_string_equal(path_below(arena, "a/b", "c"), "a/b/c");
	assert_string_equal(path_below(arena, "", "c"), "c");
	arena_free(arena);
}

static void test_extensions(void **state)
{
	(void)state;
	assert_string_equal(path_ext("a.b/c"), "");
	assert_true(path_has_ext("a/b.yaml", ".yaml .yml"));
	assert_true(path_has_ext("a/b.yml", ".yaml .yml"));
	assert_false(path_has_ext("a/b.ya", ".yaml .yml"));
	assert_false(path_has_ext("a/b.yaml.tpl", ".yaml .yml"));
	assert_false(path_has_ext("a.yaml/b", ".yaml .yml"));
	assert_false(path_has_ext("b", ".yaml "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_relations),
		cmocka_unit_test(test_names_of_a_tree),
		cmocka_unit_test(test_extensions),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
