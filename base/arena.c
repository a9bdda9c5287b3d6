#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

enum {
	ALIGN = 8, /* of pointers, numbers and what is made of them */
	FIRST_BLOCK = 16 * 1024,
	SMALL_BLOCK = 256,
	USUAL_BLOCK = PAGES_MOST, /* behind it come large pages */
	LARGE_PAGE = 2 * 1024 * 1024,
	LARGEST_BLOCK = 4 * 1024 * 1024,
	OWN_BLOCK = LARGEST_BLOCK / 2, /* no more of it shares a block */
	SHORT_TEXT = 256,              /* printed once, not measured before */
};

struct block {
	struct block *next, *previous;
	size_t size; /* of what follows the header */
	bool shared; /* with blocks of other arenas, a large page */
};

enum {
	HEADER = (sizeof(struct block) + ALIGN - 1) / ALIGN * ALIGN
};

struct release {
	struct release *next;
	void (*run)(void *what);
	void *what;
};

struct arena {
	char *at;
	char *end; /* of the block */
	struct block *blocks;
	struct release *releases;
	size_t next_size;
	size_t used;
	bool passes; /* others are to use its blocks soon */
	bool large;  /* it is known to become so, whatever is used yet */
	size_t most; /* of used, if there is a full() */
	void (*full)(void *context);
	void *context;
};

void bug_at(const char *file, int line, const char *what)
{
	fprintf(stderr, "plimsoll: internal error at %s:%d: %s\n", file, line,
		what);
	_Exit(2);
}

static NO_RETURN void out_of_memory(void)
{
	fputs("plimsoll: out of memory\n", stderr);
	_Exit(2);
}

static size_t rounded(size_t size)
{
	return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static struct arena *new_arena(size_t first)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		out_of_memory();
	arena->next_size = first;
	return arena;
}

struct arena *arena_new(void)
{
	return new_arena(FIRST_BLOCK - HEADER);
}

struct arena *arena_new_small(void)
{
	return new_arena(SMALL_BLOCK - HEADER);
}

struct arena *arena_new_passing(void)
{
	struct arena *arena = arena_new();

	arena->passes = true;
	return arena;
}

void arena_expect(struct arena *arena, size_t size)
{
	/* Half of a large page costs about what its parts cost one by one. */
	if (size < LARGE_PAGE / 2)
		return;
	arena->large = true;
	arena->next_size =
		(size < LARGE_PAGE ? LARGE_PAGE : LARGEST_BLOCK) - HEADER;
}

static void free_block(struct block *block)
{
	if (block->shared)
		pages_give(block, HEADER + block->size);
	else
		free(block);
}

void arena_free(struct arena *arena)
{
	struct block *block;

	if (!arena)
		return;
	while (arena->releases) {
		struct release *release = arena->releases;

		arena->releases = release->next;
		release->run(release->what);
	}
	while ((block = arena->blocks) != NULL) {
		arena->blocks = block->next;
		free_block(block);
	}
	free(arena);
}

/* Tell once that the cap is reached. */
static void look_at_cap(struct arena *arena)
{
	void (*full)(void *context) = arena->full;

	if (!full || arena->used <= arena->most)
		return;
	arena->full = NULL;
	full(arena->context);
}

static void link_block(struct arena *arena, struct block *block)
{
	if (block->next)
		block->next->previous = block;
	if (block->previous)
		block->previous->next = block;
	else
		arena->blocks = block;
}

/* Large pages from the beginning on. */
static void *large_block(size_t size)
{
	void *block;

	if (posix_memalign(&block, LARGE_PAGE, size) != 0)
		return NULL;
	pages_prefer_large(block, size);
	return block;
}

/*
 * The same for what may grow: the advice is for all pages it has a part of,
 * as the system moves only what is of one kind, and copies the rest.
 */
static void *growing_block(size_t size)
{
	char *block = malloc(size);

	if (block)
		pages_prefer_large(block, size);
	return block;
}

/*
 * All of a large page is there when its first byte is touched, so an arena has
 * to be well used before it gets some.
 */
static bool wants_large_pages(const struct arena *arena, size_t size)
{
	return size >= LARGE_PAGE &&
	       (arena->large || arena->used >= LARGEST_BLOCK);
}

static struct block *get_block(const struct arena *arena, size_t size, bool own)
{
	struct block *block = NULL;
	bool shared = false;

	if (!own && size >= PAGES_LEAST && size <= PAGES_MOST) {
		block = pages_take(size);
		shared = block != NULL;
	}
	if (!block && !wants_large_pages(arena, size))
		block = malloc(size);
	else if (!block)
		block = own ? growing_block(size) : large_block(size);
	if (!block)
		out_of_memory();
	block->shared = shared;
	return block;
}

/* `own`: for one item alone. */
static char *new_block(struct arena *arena, size_t size, bool own)
{
	struct block *block;

	look_at_cap(arena);
	if (size > SIZE_MAX - HEADER)
		out_of_memory();
	block = get_block(arena, HEADER + size, own);
	block->size = size;
	block->next = arena->blocks;
	block->previous = NULL;
	link_block(arena, block);
	return (char *)block + HEADER;
}

#ifndef ARENA_DEBUG
/*
 * Half of what is used, so that little is taken in vain, from a block as large
 * as the first up to parts of large pages; then whole ones.
 */
static size_t next_size(const struct arena *arena, size_t size)
{
	size_t block = size + HEADER;

	if (block >= USUAL_BLOCK && !arena->passes &&
	    (arena->large || arena->used >= LARGEST_BLOCK))
		return LARGEST_BLOCK - HEADER;
	if (block < FIRST_BLOCK ||
	    (block < USUAL_BLOCK && block * 2 <= arena->used / 2))
		block *= 2;
	return block - HEADER;
}

static void start_block(struct arena *arena, char *item, size_t used)
{
	size_t size = arena->next_size;

	arena->at = item + used;
	arena->end = item + size;
	arena->next_size = next_size(arena, size);
}
#endif

/* What does not fit behind the last item, and what is empty. */
static void *alloc_slow(struct arena *arena, size_t size)
{
	char *item;

	if (size > SIZE_MAX / 2)
		out_of_memory();
#ifdef ARENA_DEBUG
	/* One malloc each, so that the end of an item is the end of a block. */
	item = new_block(arena, size ? size : 1, true);
#else
	if (size == 0 && arena->at < arena->end) {
		item = arena->at;
		arena->at += ALIGN;
		return item;
	}
	size = rounded(size ? size : 1);
	if (size > arena->next_size / 2 || size > OWN_BLOCK)
		return new_block(arena, size, true);
	item = new_block(arena, arena->next_size, false);
	start_block(arena, item, size);
#endif
	return item;
}

static inline void *alloc(struct arena *arena, size_t size)
{
	arena->used += size;
#ifndef ARENA_DEBUG
	/* What is left is a multiple of ALIGN, so that it fits rounded too. */
	if (LIKELY(size - 1 < (size_t)(arena->end - arena->at) &&
		   size <= OWN_BLOCK)) {
		char *item = arena->at;

		arena->at += rounded(size);
		return item;
	}
#endif
	return alloc_slow(arena, size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return alloc(arena, size);
}

void *arena_zalloc(struct arena *arena, size_t size)
{
	return memset(alloc(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size,
		 size_t new_size)
{
	void *item;

#ifndef ARENA_DEBUG
	size_t had = rounded(old_size ? old_size : 1);
	size_t wants = rounded(new_size ? new_size : 1);

	/* What is larger has a block of its own: see arena_regrow(). */
	if (old && (char *)old + had == arena->at && wants <= OWN_BLOCK &&
	    wants <= (size_t)(arena->end - (char *)old)) {
		arena->used += new_size - old_size;
		arena->at = (char *)old + wants;
		return old;
	}
#endif
	item = arena_alloc(arena, new_size);
	if (old)
		memcpy(item, old, old_size < new_size ? old_size : new_size);
	return item;
}

void *arena_regrow(struct arena *arena, void *old, size_t old_size,
		   size_t new_size)
{
#ifndef ARENA_DEBUG
	struct block *block;

	if (old && rounded(old_size) > OWN_BLOCK && new_size < SIZE_MAX / 2) {
		arena->used += new_size - old_size;
		look_at_cap(arena);
		block = realloc((char *)old - HEADER,
				HEADER + rounded(new_size));
		if (!block)
			out_of_memory();
		block->size = rounded(new_size);
		link_block(arena, block);
		return (char *)block + HEADER;
	}
#endif
	return arena_grow(arena, old, old_size, new_size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_join(struct arena *arena, const char *a, const char *b)
{
	size_t first = strlen(a), second = strlen(b);
	char *copy = arena_alloc(arena, first + second + 1);

	memcpy(copy, a, first);
	memcpy(copy + first, b, second + 1);
	return copy;
}

/* Texts and %s alone, as in the keys of tables. */
static bool is_joining(const char *format)
{
	while ((format = strchr(format, '%')) != NULL) {
		if (format[1] != 's')
			return false;
		format += 2;
	}
	return true;
}

/* Copy to `out`, or measure if it is NULL; the length. */
static size_t join(char *out, const char *format, va_list args)
{
	const char *part;
	size_t len, all = 0;

	while (*format) {
		if (*format == '%') {
			part = va_arg(args, const char *);
			part = part ? part : "(null)";
			len = strlen(part);
			format += 2;
		} else {
			part = format;
			format = strchr(format, '%');
			len = format ? (size_t)(format - part) : strlen(part);
			format = part + len;
		}
		if (out)
			memcpy(out + all, part, len);
		all += len;
	}
	return all;
}

static char *joined(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	size_t len;

	va_copy(again, args);
	len = join(NULL, format, again);
	va_end(again);
	text = arena_alloc(arena, len + 1);
	join(text, format, args);
	text[len] = '\0';
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char room[SHORT_TEXT];
	char *text;
	int len;

	if (is_joining(format))
		return joined(arena, format, args);
	va_copy(again, args);
	len = vsnprintf(room, sizeof(room), format, again);
	va_end(again);
	if (len < 0)
		BUG("a format that vsnprintf refuses");
	if ((size_t)len < sizeof(room))
		return arena_strndup(arena, room, (size_t)len);
	text = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void arena_on_free(struct arena *arena, void (*release)(void *what), void *what)
{
	struct release *item = arena_alloc(arena, sizeof(*item));

	item->run = release;
	item->what = what;
	item->next = arena->releases;
	arena->releases = item;
}

static void free_other(void *arena)
{
	arena_free(arena);
}

void arena_adopt(struct arena *arena, struct arena *other)
{
	arena_on_free(arena, free_other, other);
}

void arena_cap(struct arena *arena, size_t most, void (*full)(void *context),
	       void *context)
{
	arena->most = most;
	arena->full = full;
	arena->context = context;
}

struct span {
	uintptr_t begin, end;
};

struct arena_extent {
	size_t count;
	struct span spans[]; /* in order */
};

static int compare_spans(const void *a, const void *b)
{
	const struct span *one = a, *other = b;

	return (one->begin > other->begin) - (one->begin < other->begin);
}

const struct arena_extent *arena_extent(const struct arena *arena,
					struct arena *into)
{
	struct arena_extent *extent;
	const struct block *block;
	size_t count = 0;

	for (block = arena->blocks; block; block = block->next)
		count++;
	/* Its own item may be in one block more. */
	extent = arena_zalloc(into, sizeof(*extent) +
					    (count + 1) * sizeof(struct span));
	for (block = arena->blocks; block; block = block->next) {
		struct span *span = &extent->spans[extent->count++];

		span->begin = (uintptr_t)block + HEADER;
		span->end = span->begin + block->size;
	}
	if (extent->count)
		qsort(extent->spans, extent->count, sizeof(*extent->spans),
		      compare_spans);
	return extent;
}

bool arena_extent_has(const struct arena_extent *extent, const void *item)
{
	uintptr_t at = (uintptr_t)item;
	size_t low = 0, high = extent->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (at < extent->spans[middle].begin)
			high = middle;
		else if (at >= extent->spans[middle].end)
			low = middle + 1;
		else
			return true;
	}
	return false;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
