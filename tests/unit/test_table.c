/*
 * The hash table: order of insertion, replacing, keys with NUL.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/table.h"

static void test_many(void **state)
{
	struct arena *arena = arena_new();
	struct table table;
	size_t i;

	(void)state;
	table_init(&table, arena);
	assert_null(table_gets(&table, "none"));
	for (i = 0; i < 5000; i++) {
		char *key = arena_printf(arena, "key-%zu", i);

		assert_null(table_puts(&table, key, key));
	}
	for (i = 0; i < 5000; i++) {
		const char *key = arena_printf(arena, "key-%zu", i);

		assert_string_equal(table_gets(&table, key), key);
		assert_string_equal(table.entries[i].key, key);
	}
	assert_null(table_gets(&table, "key-5000"));
	assert_int_equal(table.count, 5000);
	arena_free(arena);
}

static void test_entries(void **state)
{
	struct arena *arena = arena_new();
	struct table table;
	int one, other;

	(void)state;
	table_init(&table, arena);
	assert_null(table_put(&table, "a\0b", 3, &one));
	assert_null(table_put(&table, "a\0c", 3, NULL));
	assert_null(table_put(&table, "", 0, &other));
	assert_ptr_equal(table_get(&table, "a\0b", 3), &one);
	assert_non_null(table_find(&table, "a\0c", 3));
	assert_null(table_find(&table, "a", 1));
	assert_ptr_equal(table_put(&table, "a\0b", 3, &other), &one);
	assert_ptr_equal(table_get(&table, "a\0b", 3), &other);
	assert_int_equal(table.count, 3);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_entries),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
