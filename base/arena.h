/*
 * Memory by the region: allocate much, free once.
 *
 *	struct arena *arena = arena_new();
 *	char *name = arena_join(arena, "web-", "0");
 *	...
 *	arena_free(arena);
 *
 * Items are never freed one by one.  An arena belongs to one thread at a
 * time.  Lack of memory ends the process here, so no caller checks for NULL.
 * With ARENA=debug each item is its own malloc, so that the sanitizer sees
 * an overrun between two items.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena;

struct arena *arena_new(void);

/* For one thing, or a few: its blocks are no larger than what is put there. */
struct arena *arena_new_small(void);

/* To be freed soon: the next arena gets its blocks as they are. */
struct arena *arena_new_passing(void);

/*
 * About `size` bytes are to come.  Where that is much, they get large pages
 * from the beginning.
 */
void arena_expect(struct arena *arena, size_t size);

/* Run the release functions, newest first, and free everything. */
void arena_free(struct arena *arena);

/* `size` bytes, aligned for what takes up to 8, not initialised. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, filled with zeros. */
void *arena_zalloc(struct arena *arena, size_t size);

/* Grow an item; in place if it is the newest one.  `old` may be NULL. */
void *arena_grow(struct arena *arena, void *old, size_t old_size,
		 size_t new_size);

/*
 * The same for what nothing else points into: an item of some megabytes moves
 * with its pages, and is not there twice.
 */
void *arena_regrow(struct arena *arena, void *old, size_t old_size,
		   size_t new_size);

/* Copies with a NUL behind them. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_join(struct arena *arena, const char *a, const char *b);
char *arena_printf(struct arena *arena, const char *format, ...)
	PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	PRINTF_LIKE(2, 0);

/* Call `release(what)` when the arena is freed: for foreign handles. */
void arena_on_free(struct arena *arena, void (*release)(void *what),
		   void *what);

/* Free another one then: a part of it that a thread had for itself. */
void arena_adopt(struct arena *arena, struct arena *other);

/*
 * From `most` bytes on call full(context), once; it does not come back.  NULL:
 * no such limit any more.
 */
void arena_cap(struct arena *arena, size_t most, void (*full)(void *context),
	       void *context);

/* Where the items are that an arena has given out so far; made in `into`. */
struct arena_extent;
const struct arena_extent *arena_extent(const struct arena *arena,
					struct arena *into);
bool arena_extent_has(const struct arena_extent *extent, const void *item);

/* Bytes handed out so far, for limits and --trace. */
size_t arena_used(const struct arena *arena);

#endif
