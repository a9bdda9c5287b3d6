#include "base/pages.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __linux__
#define ADVICE_LARGE_PAGES  14 /* MADV_HUGEPAGE, hidden by the POSIX macros */
#define ADVICE_WRITTEN_SOON 23 /* MADV_POPULATE_WRITE, since Linux 5.14 */
int madvise(void *at, size_t len, int advice);
#endif

/* AddressSanitizer is to notice who uses what was freed. */
#ifdef __SANITIZE_ADDRESS__
#define PATIENCE SIZE_MAX
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PATIENCE SIZE_MAX
#endif
#endif

/* So much is left to malloc(). */
#ifndef PATIENCE
#define PATIENCE ((size_t)256 * 1024)
#endif

enum {
	SMALL_PAGE = 4 * 1024,
	LARGE_PAGE = 2 * 1024 * 1024,
	SIZES = 6, /* powers of two from PAGES_LEAST to PAGES_MOST */
};

void pages_prefer_large(void *block, size_t size)
{
#ifdef ADVICE_LARGE_PAGES
	size_t before = (uintptr_t)block % SMALL_PAGE;

	madvise((char *)block - before,
		(before + size + SMALL_PAGE - 1) / SMALL_PAGE * SMALL_PAGE,
		ADVICE_LARGE_PAGES);
#else
	(void)block;
	(void)size;
#endif
}

void pages_make_ready(char *from, char *to)
{
#ifdef ADVICE_WRITTEN_SOON
	uintptr_t first = (uintptr_t)from / SMALL_PAGE * SMALL_PAGE;
	uintptr_t last = (uintptr_t)to / SMALL_PAGE * SMALL_PAGE;

	if (last > first)
		madvise((void *)first, last - first, ADVICE_WRITTEN_SOON);
#else
	(void)from;
	(void)to;
#endif
}

struct gap {
	struct gap *next;
};

static struct {
	pthread_mutex_t lock;
	size_t asked; /* of malloc() */
	char *at, *end;
	struct gap *gaps[SIZES];
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* How often PAGES_LEAST is doubled. */
static size_t order_of(size_t size)
{
	size_t order = 0;

	while ((size_t)PAGES_LEAST << order < size)
		order++;
	return order;
}

static void put_gap(void *block, size_t order)
{
	struct gap *gap = block;

	gap->next = pool.gaps[order];
	pool.gaps[order] = gap;
}

/* What is left of a large page, in the largest parts that fit. */
static void put_rest(void)
{
	size_t order = SIZES;

	while (order-- > 0) {
		size_t size = (size_t)PAGES_LEAST << order;

		for (; (size_t)(pool.end - pool.at) >= size; pool.at += size)
			put_gap(pool.at, order);
	}
}

static void *take_locked(size_t size)
{
	size_t order = order_of(size);
	struct gap *gap = pool.gaps[order];
	void *page;

	if (gap) {
		pool.gaps[order] = gap->next;
		return gap;
	}
	if (pool.asked < PATIENCE) {
		pool.asked += size;
		return NULL;
	}
	if ((size_t)(pool.end - pool.at) < size) {
		if (posix_memalign(&page, LARGE_PAGE, LARGE_PAGE) != 0)
			return NULL;
		pages_prefer_large(page, LARGE_PAGE);
		put_rest();
		pool.at = page;
		pool.end = pool.at + LARGE_PAGE;
	}
	pool.at += size;
	return pool.at - size;
}

void *pages_take(size_t size)
{
	void *block;

	pthread_mutex_lock(&pool.lock);
	block = take_locked(size);
	pthread_mutex_unlock(&pool.lock);
	return block;
}

void pages_give(void *block, size_t size)
{
	pthread_mutex_lock(&pool.lock);
	put_gap(block, order_of(size));
	pthread_mutex_unlock(&pool.lock);
}
