/*
 * Memory by the region.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

static void test_items(void **state)
{
	struct arena *arena = arena_new();
	char *items[300], *grown;
	size_t i, k;

	(void)state;
	for (i = 0; i < 300; i++) {
		items[i] = arena_alloc(arena, i * 37);
		assert_int_equal((uintptr_t)items[i] % 8, 0);
		memset(items[i], (int)(i & 0x7f), i * 37);
	}
	for (i = 0; i < 300; i++)
		for (k = 0; k < i * 37; k++)
			assert_int_equal(items[i][k], i & 0x7f);
	grown = arena_strdup(arena, "abc");
	grown = arena_grow(arena, grown, 4, 100000);
	assert_string_equal(grown, "abc");
	assert_string_equal(arena_join(arena, "a", "b"), "ab");
	assert_string_equal(arena_strndup(arena, "abc", 2), "ab");
	assert_string_equal(arena_printf(arena, "%s-%d", "x", 3), "x-3");
	assert_true(arena_used(arena) > 100000);
	arena_free(arena);
	arena_free(NULL);
}

/* Three that grow in turns, each past what has a block of its own. */
static void test_large_items(void **state)
{
	struct arena *arena = arena_new();
	char *items[3] = { NULL };
	size_t size = 0, next, i, k;

	(void)state;
	for (next = 1000; next < 12000000; next = next * 3 / 2) {
		for (i = 0; i < 3; i++) {
			items[i] = arena_regrow(arena, items[i], size, next);
			memset(items[i] + size, (int)(i + next % 100),
			       next - size);
			memset(arena_alloc(arena, 50000), 1, 50000);
		}
		size = next;
	}
	assert_true(arena_used(arena) >= 3 * size);
	for (next = 1000, k = 0; next < 12000000; next = next * 3 / 2)
		for (; k < next; k++)
			for (i = 0; i < 3; i++)
				if (items[i][k] != (char)(i + next % 100))
					fail();
	arena_free(arena);
}

static void append_one(void *what)
{
	char **end = what;

	*(*end)++ = '1';
}

static void append_two(void *what)
{
	char **end = what;

	*(*end)++ = '2';
}

static void test_release_order(void **state)
{
	struct arena *arena = arena_new();
	char order[3] = "", *end = order;

	(void)state;
	arena_on_free(arena, append_one, &end);
	arena_on_free(arena, append_two, &end);
	arena_free(arena);
	assert_string_equal(order, "21");
}

static void test_vec(void **state)
{
	struct arena *arena = arena_new();
	VEC(size_t) numbers = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++)
		vec_push(arena, &numbers, i);
	assert_int_equal(numbers.count, 1000);
	for (i = 0; i < 1000; i++)
		assert_int_equal(numbers.items[i], i);
	assert_int_equal(*vec_last(&numbers), 999);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_large_items),
		cmocka_unit_test(test_release_order),
		cmocka_unit_test(test_vec),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
