/*
 * Threads: each job once, and pools inside of jobs on one thread.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/pool.h"

enum {
	JOBS = 1000
};

static void count(void *context, size_t index)
{
	atomic_int *counts = context;

	atomic_fetch_add(&counts[index], 1);
}

static void test_each_once(void **state)
{
	static const size_t workers[] = { 0, 1, 2, 16, 1000 };
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(workers) / sizeof(workers[0]); i++) {
		atomic_int counts[JOBS] = { 0 };

		pool_run(workers[i], JOBS, count, counts);
		for (k = 0; k < JOBS; k++)
			assert_int_equal(atomic_load(&counts[k]), 1);
	}
	pool_run(4, 0, count, NULL);
	assert_true(pool_default_workers() >= 1);
}

static void test_meanwhile(void **state)
{
	static const size_t workers[] = { 0, 1, 2, 16, 1000 };
	struct arena *arena = arena_new();
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(workers) / sizeof(workers[0]); i++) {
		atomic_int counts[JOBS] = { 0 };
		struct pool_work *all =
			pool_begin(arena, workers[i], JOBS, count, counts);
		struct pool_work *none =
			pool_begin(arena, workers[i], 0, count, NULL);

		pool_end(none);
		pool_end(all);
		for (k = 0; k < JOBS; k++)
			assert_int_equal(atomic_load(&counts[k]), 1);
	}
	arena_free(arena);
}

struct inner {
	pthread_t thread;
	atomic_int *elsewhere;
};

static void note_thread(void *context, size_t index)
{
	struct inner *inner = context;

	(void)index;
	if (!pthread_equal(inner->thread, pthread_self()))
		atomic_fetch_add(inner->elsewhere, 1);
}

static void run_inner(void *context, size_t index)
{
	struct inner inner = { pthread_self(), context };

	(void)index;
	pool_run(8, 10, note_thread, &inner);
}

static void test_nested(void **state)
{
	atomic_int elsewhere = 0;

	(void)state;
	pool_run(4, 50, run_inner, &elsewhere);
	assert_int_equal(atomic_load(&elsewhere), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_once),
		cmocka_unit_test(test_meanwhile),
		cmocka_unit_test(test_nested),
	};

	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
