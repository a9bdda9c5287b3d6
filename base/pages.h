/*
 * Blocks of memory for arenas, and large pages from the system.
 *
 * A page that is touched for the first time costs more than what is done with
 * it; a large page of 2 MiB costs no more than a quarter of its parts.  So the
 * arenas of a process stand close to one another, and on large pages if there
 * is much of them.  Any thread may call.  What is given back is used again,
 * and never returned to the system.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

enum {
	PAGES_LEAST = 16 * 1024,
	PAGES_MOST = 512 * 1024,
};

/*
 * A block of `size` bytes, a power of two from PAGES_LEAST to PAGES_MOST; NULL:
 * there is none, malloc() may still have some.
 */
void *pages_take(size_t size);

/* What pages_take() gave, with the same size. */
void pages_give(void *block, size_t size);

/*
 * Advice to the system, which may know nothing of it and do nothing: large
 * pages for all that these bytes have a part of.
 */
void pages_prefer_large(void *block, size_t size);

#endif
