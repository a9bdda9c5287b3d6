/*
 * Growing arrays in an arena.
 *
 *	VEC(const char *) names = { 0 };
 *
 *	vec_push(arena, &names, "web");
 *	for (size_t i = 0; i < names.count; i++)
 *		puts(names.items[i]);
 *
 * A vector is three public fields; zeros are an empty one.  Growing may move
 * the items, so keep indexes and not pointers while pushing.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"

#define VEC(type)                                                              \
	struct {                                                               \
		type *items;                                                   \
		size_t count;                                                  \
		size_t room;                                                   \
	}

/* The same with a name, where a header or a function has to mention it. */
#define VEC_TYPE(name, type)                                                   \
	struct name {                                                          \
		type *items;                                                   \
		size_t count;                                                  \
		size_t room;                                                   \
	}

#define vec_push(arena, vec, item)                                             \
	(vec_reserve(arena, vec, 1), (vec)->items[(vec)->count++] = (item))

/* Room for `more` items behind the last. */
#define vec_reserve(arena, vec, more)                                          \
	((vec)->items = vec_room((arena), (vec)->items, (vec)->count,          \
				 &(vec)->room, (more), sizeof(*(vec)->items)))

/* The first `most` items of a vector that has none need no more room. */
#define vec_exact(arena, vec, most)                                            \
	((vec)->count                                                          \
		 ? (void)0                                                     \
		 : (void)((vec)->items = arena_alloc(                          \
				  (arena), (most) * sizeof(*(vec)->items)),    \
			  (vec)->room = (most)))

/* The address of a new item behind the last, not initialised. */
#define vec_new(arena, vec)                                                    \
	(vec_reserve(arena, vec, 1), &(vec)->items[(vec)->count++])

#define vec_last(vec) (&(vec)->items[(vec)->count - 1])

/* The one function behind the macros; not called directly. */
static inline void *vec_room(struct arena *arena, void *items, size_t count,
			     size_t *room, size_t more, size_t size)
{
	/* Lists of pointers are many and short. */
	size_t wants = *room ? *room : size > sizeof(void *) ? 8 : 2;

	if (count + more <= *room)
		return items;
	while (wants < count + more)
		wants *= 2;
	items = arena_grow(arena, items, *room * size, wants * size);
	*room = wants;
	return items;
}

#endif
