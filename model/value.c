#include "model/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/table.h"

/* Below this many entries a scan is faster than a hash. */
enum {
	INDEX_FROM = 12,
	FIRST_ITEMS = 2, /* most lists are of containers, ports, commands */
	FIRST_ROOM = 4,
	FIRST_SLOTS = 32
};

struct value *value_new(struct arena *arena, enum value_kind kind,
			const struct origin *at)
{
	struct value *value = arena_zalloc(arena, sizeof(*value));

	value->kind = kind;
	if (at)
		value->origin = *at;
	return value;
}

struct value *value_new_bool(struct arena *arena, const struct origin *at,
			     bool boolean)
{
	struct value *value = value_new(arena, VALUE_BOOL, at);

	value->boolean = boolean;
	return value;
}

struct value *value_new_int(struct arena *arena, const struct origin *at,
			    int64_t integer)
{
	struct value *value = value_new(arena, VALUE_INT, at);

	value->integer = integer;
	return value;
}

struct value *value_new_float(struct arena *arena, const struct origin *at,
			      double real)
{
	struct value *value = value_new(arena, VALUE_FLOAT, at);

	value->real = real;
	return value;
}

struct value *value_new_string(struct arena *arena, const struct origin *at,
			       const char *text, size_t len)
{
	struct value *value = value_new(arena, VALUE_STRING, at);

	value->string = arena_strndup(arena, text, len);
	value->len = (uint32_t)len;
	return value;
}

struct value *value_new_cstring(struct arena *arena, const struct origin *at,
				const char *text)
{
	return value_new_string(arena, at, text, strlen(text));
}

struct value *value_new_text(struct arena *arena, const struct origin *at,
			     const struct text *text)
{
	struct value *value = value_new(arena, VALUE_STRING, at);

	value->string = text->at;
	value->len = (uint32_t)text->len;
	value->segments = text->map;
	return value;
}

struct value *value_new_list(struct arena *arena, const struct origin *at)
{
	struct value *value = value_new(arena, VALUE_LIST, at);

	value->list = arena_zalloc(arena, sizeof(*value->list));
	return value;
}

struct value *value_new_map(struct arena *arena, const struct origin *at)
{
	struct value *value = value_new(arena, VALUE_MAP, at);

	value->map = arena_zalloc(arena, sizeof(*value->map));
	return value;
}

struct value *value_copy(struct arena *arena, const struct value *value)
{
	struct value *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *value;
	return copy;
}

static struct value_list *copy_list(struct arena *arena,
				    const struct value_list *list)
{
	struct value_list *copy = arena_zalloc(arena, sizeof(*copy));
	uint32_t i;

	copy->count = copy->room = list->count;
	copy->items = arena_alloc(arena, list->count * sizeof(*copy->items));
	for (i = 0; i < list->count; i++)
		copy->items[i] = value_copy_deep(arena, list->items[i]);
	return copy;
}

static size_t slots_size(const struct value_index *index)
{
	return ((size_t)index->mask + 1) * sizeof(*index->slots);
}

static struct value_index *new_index(struct arena *arena, uint32_t mask)
{
	struct value_index *index = arena_alloc(
		arena,
		sizeof(*index) + ((size_t)mask + 1) * sizeof(*index->slots));

	index->mask = mask;
	return index;
}

/*
 * Most maps are small, so that the pointer to an index stands behind the
 * entries of those that have room for many.
 */
static size_t entries_size(uint32_t room)
{
	return room * sizeof(struct value_entry) +
	       (room > INDEX_FROM ? sizeof(struct value_index *) : 0);
}

static struct value_index **index_at(const struct value_map *map)
{
	return (struct value_index **)(map->entries + map->room);
}

/* NULL while it is small. */
static struct value_index *index_of(const struct value_map *map)
{
	return map->room > INDEX_FROM ? *index_at(map) : NULL;
}

static struct value_map *copy_map(struct arena *arena,
				  const struct value_map *map)
{
	struct value_map *copy = arena_zalloc(arena, sizeof(*copy));
	const struct value_index *index = index_of(map);
	uint32_t i;

	copy->count = copy->room = map->count;
	copy->entries = arena_alloc(arena, entries_size(copy->room));
	for (i = 0; i < map->count; i++) {
		copy->entries[i] = map->entries[i];
		copy->entries[i].value =
			value_copy_deep(arena, map->entries[i].value);
	}
	if (copy->room > INDEX_FROM) {
		*index_at(copy) = new_index(arena, index->mask);
		memcpy(index_of(copy)->slots, index->slots, slots_size(index));
	}
	return copy;
}

/* The readers bound the depth of every tree, so recursion is bounded too. */
struct value *value_copy_deep(struct arena *arena, const struct value *value)
{
	struct value *copy = value_copy(arena, value);

	copy->flags &= (uint8_t)~VALUE_FLAG_SHARED;
	if (value->kind == VALUE_LIST)
		copy->list = copy_list(arena, value->list);
	else if (value->kind == VALUE_MAP)
		copy->map = copy_map(arena, value->map);
	return copy;
}

bool value_is_bool(const struct value *value)
{
	return value && value->kind == VALUE_BOOL;
}

bool value_is_number(const struct value *value)
{
	return value &&
	       (value->kind == VALUE_INT || value->kind == VALUE_UINT ||
		value->kind == VALUE_FLOAT);
}

bool value_is_true(const struct value *value)
{
	return value_is_bool(value) && value->boolean;
}

bool value_is_false(const struct value *value)
{
	return value_is_bool(value) && !value->boolean;
}

bool value_equals_string(const struct value *value, const char *text)
{
	return value_is_string(value) && value->len == strlen(text) &&
	       memcmp(value->string, text, value->len) == 0;
}

bool value_equals_int(const struct value *value, int64_t integer)
{
	int64_t own;

	return value_as_int(value, &own) && own == integer;
}

double value_as_real(const struct value *number)
{
	if (number->kind == VALUE_INT)
		return (double)number->integer;
	if (number->kind == VALUE_UINT)
		return (double)number->natural;
	return number->real;
}

static bool equal_numbers(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_FLOAT || b->kind == VALUE_FLOAT)
		return value_as_real(a) == value_as_real(b);
	if (a->kind == b->kind)
		return a->natural == b->natural;
	/* One signed, one not: equal only where both are not negative. */
	return a->natural == b->natural && a->natural <= INT64_MAX;
}

static bool equal_lists(const struct value *a, const struct value *b)
{
	uint32_t i;

	if (a->list->count != b->list->count)
		return false;
	for (i = 0; i < a->list->count; i++)
		if (!value_equals(a->list->items[i], b->list->items[i]))
			return false;
	return true;
}

static bool equal_maps(const struct value *a, const struct value *b)
{
	uint32_t i;

	if (a->map->count != b->map->count)
		return false;
	for (i = 0; i < a->map->count; i++) {
		const struct value_entry *entry = &a->map->entries[i];
		const struct value_entry *other =
			value_entry(b, entry->key, entry->len);

		if (!other || !value_equals(entry->value, other->value))
			return false;
	}
	return true;
}

bool value_equals(const struct value *a, const struct value *b)
{
	if (value_is_null(a) || value_is_null(b))
		return value_is_null(a) && value_is_null(b);
	if (value_is_number(a) && value_is_number(b))
		return equal_numbers(a, b);
	if (a->kind != b->kind)
		return false;
	switch ((enum value_kind)a->kind) {
	case VALUE_BOOL:
		return a->boolean == b->boolean;
	case VALUE_STRING:
	case VALUE_BYTES:
		return a->len == b->len &&
		       memcmp(a->string, b->string, a->len) == 0;
	case VALUE_LIST:
		return a->list == b->list || equal_lists(a, b);
	case VALUE_MAP:
		return a->map == b->map || equal_maps(a, b);
	case VALUE_OPAQUE:
		return a->data == b->data;
	case VALUE_NULL:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
		break;
	}
	return true;
}

const char *value_string(const struct value *value)
{
	return value_is_string(value) ? value->string : NULL;
}

const char *value_string_or(const struct value *value, const char *otherwise)
{
	return value_is_string(value) ? value->string : otherwise;
}

struct text value_text(const struct value *value)
{
	struct text text = { "", 0, NULL };

	if (value_is_string(value)) {
		text.at = value->string;
		text.len = value->len;
		text.map = value->segments;
	}
	return text;
}

bool value_as_int(const struct value *value, int64_t *integer)
{
	if (!value)
		return false;
	if (value->kind == VALUE_INT) {
		*integer = value->integer;
		return true;
	}
	if (value->kind != VALUE_FLOAT || !(value->real >= -9.2e18) ||
	    !(value->real <= 9.2e18) ||
	    value->real != (double)(int64_t)value->real)
		return false;
	*integer = (int64_t)value->real;
	return true;
}

size_t value_count(const struct value *value)
{
	if (value_is_list(value))
		return value->list->count;
	return value_is_map(value) ? value->map->count : 0;
}

static void insert_slot(struct value_map *map, uint32_t index)
{
	struct value_index *at = index_of(map);
	uint32_t slot = map->entries[index].hash & at->mask;

	while (at->slots[slot])
		slot = (slot + 1) & at->mask;
	at->slots[slot] = index + 1;
}

static struct value_entry *find_hashed(const struct value_map *map,
				       const char *key, size_t len,
				       uint32_t hash)
{
	const struct value_index *at = index_of(map);
	uint32_t slot;

	for (slot = hash & at->mask; at->slots[slot];
	     slot = (slot + 1) & at->mask) {
		struct value_entry *entry = &map->entries[at->slots[slot] - 1];

		if (entry->hash == hash && entry->len == len &&
		    memcmp(entry->key, key, len) == 0)
			return entry;
	}
	return NULL;
}

struct value_entry *value_entry(const struct value *value, const char *key,
				size_t len)
{
	const struct value_map *map;
	uint32_t i;

	if (!value_is_map(value))
		return NULL;
	map = value->map;
	if (map->room > INDEX_FROM && index_of(map))
		return find_hashed(map, key, len, table_hash(key, len));
	for (i = 0; i < map->count; i++)
		if (map->entries[i].len == len &&
		    memcmp(map->entries[i].key, key, len) == 0)
			return &map->entries[i];
	return NULL;
}

struct value *value_getn(const struct value *value, const char *key, size_t len)
{
	struct value_entry *entry = value_entry(value, key, len);

	return entry ? entry->value : NULL;
}

struct value *value_get(const struct value *value, const char *key)
{
	return value_getn(value, key, strlen(key));
}

void value_append(struct arena *arena, struct value *list, struct value *item)
{
	value_insert_at(arena, list, list->list->count, item);
}

void value_insert_at(struct arena *arena, struct value *list, size_t index,
		     struct value *item)
{
	struct value_list *items = list->list;

	if (items->count == items->room) {
		uint32_t room = items->room ? items->room * 2 : FIRST_ITEMS;

		items->items = arena_grow(arena, items->items,
					  items->room * sizeof(*items->items),
					  room * sizeof(*items->items));
		items->room = room;
	}
	memmove(items->items + index + 1, items->items + index,
		(items->count - index) * sizeof(*items->items));
	items->items[index] = item;
	items->count++;
}

void value_remove_at(struct value *list, size_t index)
{
	struct value_list *items = list->list;

	items->count--;
	memmove(items->items + index, items->items + index + 1,
		(items->count - index) * sizeof(*items->items));
}

/* The index is built when a map has grown past a scan, and then kept up. */
static void index_map(struct arena *arena, struct value_map *map)
{
	struct value_index *index = index_of(map);
	uint32_t slots = index ? index->mask + 1 : FIRST_SLOTS, i;

	while (slots < map->count * 2)
		slots *= 2;
	if (!index || slots != index->mask + 1)
		index = new_index(arena, slots - 1);
	*index_at(map) = index;
	memset(index->slots, 0, slots_size(index));
	for (i = 0; i < map->count; i++) {
		map->entries[i].hash =
			table_hash(map->entries[i].key, map->entries[i].len);
		insert_slot(map, i);
	}
}

static void grow_map(struct arena *arena, struct value_map *map)
{
	struct value_index *index = index_of(map);
	uint32_t room = map->room ? map->room * 2 : FIRST_ROOM;

	map->entries = arena_grow(arena, map->entries, entries_size(map->room),
				  entries_size(room));
	map->room = room;
	if (room > INDEX_FROM)
		*index_at(map) = index;
}

static struct value_entry *append_entry(struct arena *arena,
					struct value_map *map, const char *key,
					size_t len)
{
	struct value_entry *entry;
	const struct value_index *index;

	if (map->count == map->room)
		grow_map(arena, map);
	entry = &map->entries[map->count++];
	memset(entry, 0, sizeof(*entry));
	entry->key = key;
	entry->len = (uint32_t)len & 0xffffff;
	entry->kind = VALUE_STRING;
	index = index_of(map);
	if (index && map->count * 2 <= index->mask + 1) {
		entry->hash = table_hash(key, len);
		insert_slot(map, map->count - 1);
	} else if (map->count > INDEX_FROM) {
		index_map(arena, map);
	}
	return entry;
}

void value_map_borrow(struct value *map, struct value_entry *entries,
		      uint32_t room)
{
	map->map->entries = entries;
	map->map->room = room;
}

void value_map_settle(struct arena *arena, struct value *map,
		      const struct value_entry *borrowed)
{
	struct value_map *own = map->map;
	size_t size = own->count * sizeof(*own->entries);

	if (own->entries != borrowed)
		return;
	own->entries = size ? arena_alloc(arena, size) : NULL;
	own->room = own->count;
	if (size)
		memcpy(own->entries, borrowed, size);
}

struct value_entry *value_add_entry(struct arena *arena, struct value *map,
				    const char *key, size_t len,
				    const struct origin *key_at,
				    struct value *value)
{
	struct value_entry *entry = append_entry(arena, map->map, key, len);

	if (key_at)
		entry->origin = *key_at;
	entry->value = value;
	return entry;
}

struct value_entry *value_setn(struct arena *arena, struct value *map,
			       const char *key, size_t len,
			       const struct origin *key_at, struct value *value)
{
	struct value_entry *entry = value_entry(map, key, len);

	if (!entry)
		return value_add_entry(arena, map, key, len, key_at, value);
	entry->value = value;
	return entry;
}

void value_set(struct arena *arena, struct value *map, const char *key,
	       struct value *value)
{
	size_t len = strlen(key);
	struct value_entry *entry = value_entry(map, key, len);

	if (entry)
		entry->value = value;
	else
		value_setn(arena, map, arena_strndup(arena, key, len), len,
			   &value->origin, value);
}

bool value_remove(struct value *value, const char *key, size_t len)
{
	struct value_entry *entry = value_entry(value, key, len);
	struct value_map *map;
	uint32_t index, i;

	if (!entry)
		return false;
	map = value->map;
	index = (uint32_t)(entry - map->entries);
	map->count--;
	memmove(entry, entry + 1, (map->count - index) * sizeof(*map->entries));
	if (index_of(map)) {
		memset(index_of(map)->slots, 0, slots_size(index_of(map)));
		for (i = 0; i < map->count; i++)
			insert_slot(map, i);
	}
	return true;
}

int value_compare_entries(const void *a, const void *b)
{
	const struct value_entry *one = *(struct value_entry *const *)a;
	const struct value_entry *two = *(struct value_entry *const *)b;
	size_t len = one->len < two->len ? one->len : two->len;
	int order = memcmp(one->key, two->key, len);

	return order ? order : (one->len > two->len) - (one->len < two->len);
}

struct value_entry **value_sorted(struct arena *arena, const struct value *map)
{
	size_t count = value_count(map), i;
	struct value_entry **sorted =
		arena_alloc(arena, count * sizeof(*sorted));

	for (i = 0; i < count; i++)
		sorted[i] = value_entry_at(map, i);
	if (count > 1)
		qsort(sorted, count, sizeof(*sorted), value_compare_entries);
	return sorted;
}

struct value *value_replace(struct arena *arena, const struct value *old,
			    const struct value *next)
{
	struct value *value = value_copy(arena, next);

	if (old && old != next)
		value->origin = origin_after(arena, &next->origin,
					     ORIGIN_REPLACED, &old->origin);
	return value;
}

void value_merged(struct arena *arena, struct value *collection,
		  const struct origin *by)
{
	collection->origin =
		origin_after(arena, by, ORIGIN_MERGED, &collection->origin);
}

const char *value_kind_name(enum value_kind kind)
{
	static const char *const names[] = {
		"null",   "boolean", "whole number", "whole number", "number",
		"string", "bytes",   "list",         "map",          "object",
	};

	return names[kind];
}
