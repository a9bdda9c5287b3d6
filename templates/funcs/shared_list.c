#include "templates/funcs/shared_list.h"

#include <string.h>

#include "base/arena.h"

/* Items that lists lie in; [begin, end) are taken. */
struct stretch {
	struct value **items;
	uint32_t begin;
	uint32_t end;
	uint32_t room;
};

/* What value->list is where VALUE_FLAG_SHARED is set. */
struct shared_list {
	struct value_list list;
	struct stretch *stretch; /* NULL: of a list that is not ours */
	uint32_t behind;         /* more items that were cut off by a slice */
};

/* The items of a list; none for a []byte, which is a slice, too. */
static struct value_list items_of(const struct value *from)
{
	struct value_list none = { NULL, 0, 0 };

	return value_is_list(from) ? *from->list : none;
}

static struct shared_list *shared_of(const struct value *from)
{
	return (struct shared_list *)(void *)from->list;
}

static struct stretch *stretch_of(const struct value *from)
{
	if (!value_is_list(from) || !(from->flags & VALUE_FLAG_SHARED))
		return NULL;
	return shared_of(from)->stretch;
}

/* Its room is what it holds, so that value_append() would copy, too. */
static struct value *new_list(struct call *call, struct stretch *stretch,
			      struct value **items, uint32_t count)
{
	struct value *value = value_new(call->arena, VALUE_LIST, &call->origin);
	struct shared_list *shared = arena_alloc(call->arena, sizeof(*shared));

	shared->list.items = items;
	shared->list.count = shared->list.room = count;
	shared->stretch = stretch;
	shared->behind = 0;
	value->list = &shared->list;
	value->flags |= VALUE_FLAG_SHARED;
	return value;
}

/* A stretch of a copy of `list`, with room before and behind it. */
static struct stretch *new_stretch(struct call *call,
				   const struct value_list *list,
				   uint32_t before, uint32_t behind)
{
	struct stretch *stretch = arena_alloc(call->arena, sizeof(*stretch));

	stretch->begin = before;
	stretch->end = before + list->count;
	stretch->room = stretch->end + behind;
	stretch->items = arena_alloc(
		call->arena, (size_t)stretch->room * sizeof(*stretch->items));
	if (list->count)
		memcpy(stretch->items + before, list->items,
		       list->count * sizeof(*list->items));
	return stretch;
}

/* A full stretch doubles; whose list ends elsewhere may never grow again. */
static struct stretch *room_behind(struct call *call, const struct value *from,
				   uint32_t more)
{
	struct stretch *stretch = stretch_of(from);
	struct value_list list = items_of(from);

	if (!stretch ||
	    list.items + list.count != stretch->items + stretch->end)
		return new_stretch(call, &list, 0, more);
	if (stretch->room - stretch->end >= more)
		return stretch;
	return new_stretch(call, &list, 0, list.count + 2 * more);
}

static struct stretch *room_before(struct call *call, const struct value *from)
{
	struct stretch *stretch = stretch_of(from);
	struct value_list list = items_of(from);

	if (!stretch || list.items != stretch->items + stretch->begin)
		return new_stretch(call, &list, 1, 0);
	if (stretch->begin)
		return stretch;
	return new_stretch(call, &list, list.count + 2, 0);
}

static struct value *put_behind(struct call *call, const struct value *from,
				struct value *const *more, uint32_t count)
{
	struct stretch *stretch = room_behind(call, from, count);
	uint32_t whole = items_of(from).count + count;

	if (count)
		memcpy(stretch->items + stretch->end, more,
		       count * sizeof(*more));
	stretch->end += count;
	return new_list(call, stretch, stretch->items + stretch->end - whole,
			whole);
}

struct value *shared_list_part(struct call *call, const struct value *from,
			       size_t begin, size_t end)
{
	struct value_list list = items_of(from);

	if (begin >= end)
		return call_new_list(call);
	return new_list(call, stretch_of(from), list.items + begin,
			(uint32_t)(end - begin));
}

struct value_list shared_list_array(const struct value *from)
{
	struct value_list list = items_of(from);

	if (value_is_list(from) && from->flags & VALUE_FLAG_SHARED)
		list.count += shared_of(from)->behind;
	return list;
}

struct value *shared_list_window(struct call *call, const struct value *from,
				 size_t begin, size_t end)
{
	struct value_list array = shared_list_array(from);
	struct value *list =
		new_list(call, stretch_of(from), array.items + begin,
			 (uint32_t)(end - begin));

	shared_of(list)->behind = array.count - (uint32_t)end;
	return list;
}

struct value *shared_list_join(struct call *call, const struct value *from,
			       const struct value *more)
{
	struct value_list list = items_of(more);

	return put_behind(call, from, list.items, list.count);
}

struct value *shared_list_append(struct call *call, const struct value *from,
				 const struct value *item)
{
	struct value *last = (struct value *)item;

	return put_behind(call, from, &last, 1);
}

struct value *shared_list_prepend(struct call *call, const struct value *from,
				  const struct value *item)
{
	struct stretch *stretch = room_before(call, from);
	uint32_t count = items_of(from).count + 1;

	stretch->items[--stretch->begin] = (struct value *)item;
	return new_list(call, stretch, stretch->items + stretch->begin, count);
}
