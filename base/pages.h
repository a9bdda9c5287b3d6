/*
 * Parts of large pages, for the blocks of arenas.
 *
 * A page that is touched for the first time costs more than what is done with
 * it, and a large page of 2 MiB costs no more than a quarter of its parts.  So
 * when a process has proven to need memory, its arenas share large pages.
 * Any thread may call.  What is given back is used again, and never returned
 * to the system.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

enum {
	PAGES_LEAST = 16 * 1024,
	PAGES_MOST = 512 * 1024,
};

/*
 * A block of `size` bytes, a power of two from PAGES_LEAST to PAGES_MOST; NULL
 * as long as the process has asked for little, and where there is none.
 */
void *pages_take(size_t size);

/* What pages_take() gave, with the same size. */
void pages_give(void *block, size_t size);

/*
 * Advice to the system, which may know nothing of it and do nothing: large
 * pages for all that these bytes have a part of; the pages between two places
 * made ready at once, for half of what they cost when each is touched first.
 */
void pages_prefer_large(void *block, size_t size);
void pages_make_ready(char *from, char *to);

#endif
