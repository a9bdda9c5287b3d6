#include "base/pages.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __linux__
#define ADVICE_LARGE_PAGES 14 /* MADV_HUGEPAGE, hidden by the POSIX macros */
int madvise(void *at, size_t len, int advice);
#endif

/* AddressSanitizer is to notice who uses what was freed. */
#ifdef __SANITIZE_ADDRESS__
#define WATCHED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED true
#endif
#endif
#ifndef WATCHED
#define WATCHED false
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

struct gap {
	struct gap *next;
};

static struct {
	pthread_mutex_t lock;
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

/*
 * The first part is of small pages, since few processes use all of it, and
 * what is not touched costs nothing.
 */
static char *new_part(void)
{
	void *part = NULL;

	if (!pool.end)
		return malloc(LARGE_PAGE);
	if (posix_memalign(&part, LARGE_PAGE, LARGE_PAGE) != 0)
		return NULL;
	pages_prefer_large(part, LARGE_PAGE);
	return part;
}

static void *take_locked(size_t size)
{
	size_t order = order_of(size);
	struct gap *gap = pool.gaps[order];
	char *part;

	if (gap) {
		pool.gaps[order] = gap->next;
		return gap;
	}
	if ((size_t)(pool.end - pool.at) < size) {
		part = new_part();
		if (!part)
			return NULL;
		put_rest();
		pool.at = part;
		pool.end = part + LARGE_PAGE;
	}
	pool.at += size;
	return pool.at - size;
}

void *pages_take(size_t size)
{
	void *block;

	if (WATCHED)
		return NULL;
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
