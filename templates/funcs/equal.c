#include "templates/funcs/equal.h"

#include <math.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/value.h"
#include "templates/object.h"

/*
 * What is nested deeper holds itself, as set can make it: as in Go, the rest
 * is taken to be equal then.
 */
enum {
	DEPTH_MAX = 1000,
	STEPS_MAX = 10000000,
	KEY_MAX = 64 << 20
};

/*
 * A byte string for a value: equal values have equal strings, others do not.
 * A NaN differs from everything, and so must what contains one.
 */
static void put_number(struct str *out, uint64_t number)
{
	str_put(out, (const char *)&number, sizeof(number));
}

static void put_float(struct str *out, double real, const void *self)
{
	uint64_t bits = 0;

	if (isnan(real)) {
		str_putc(out, '?');
		put_number(out, (uint64_t)(uintptr_t)self);
		return;
	}
	if (real != 0)
		memcpy(&bits, &real, sizeof(bits));
	put_number(out, bits);
}

static void put_key(struct str *out, const struct value *value, int depth);

static void put_opaque(struct str *out, const struct value *value, int depth)
{
	const struct object_class *class = object_class_of(value);
	const struct object_part *part;

	put_number(out, (uint64_t)(uintptr_t) class);
	if (class->parts) {
		for (part = class->parts(out->arena, value); part->name; part++)
			put_key(out, part->value, depth + 1);
	} else if (class->under) {
		put_key(out, class->under(out->arena, value), depth + 1);
	} else if (class->model.print) {
		class->model.print(out, value);
	} else {
		put_number(out, (uint64_t)(uintptr_t)value->data);
	}
}

static void put_key(struct str *out, const struct value *value, int depth)
{
	const struct value *item;
	size_t i, count = value_count(value);
	struct value_entry **sorted;

	str_putc(out, (char)('A' + (value ? value->kind : VALUE_NULL)));
	if (value_is_null(value) || depth > DEPTH_MAX || out->len > KEY_MAX)
		return;
	str_putc(out, (char)('0' + value->type));
	switch ((enum value_kind)value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		str_putc(out, value->boolean ? '1' : '0');
		break;
	case VALUE_INT:
	case VALUE_UINT:
		put_number(out, value->natural);
		break;
	case VALUE_FLOAT:
		put_float(out, value->real, value);
		break;
	case VALUE_STRING:
	case VALUE_BYTES:
		put_number(out, value->len);
		str_put(out, value->string, value->len);
		break;
	case VALUE_LIST:
		put_number(out,
			   value->flags & VALUE_FLAG_NIL ? UINT64_MAX : count);
		list_foreach (item, value)
			put_key(out, item, depth + 1);
		break;
	case VALUE_MAP:
		put_number(out,
			   value->flags & VALUE_FLAG_NIL ? UINT64_MAX : count);
		sorted = value_sorted(out->arena, value);
		for (i = 0; i < count; i++) {
			put_number(out, sorted[i]->len);
			str_put(out, sorted[i]->key, sorted[i]->len);
			put_key(out, sorted[i]->value, depth + 1);
		}
		break;
	case VALUE_OPAQUE:
		put_opaque(out, value, depth);
		break;
	}
}

/* Where a comparison is; `steps` is that of all of it. */
struct comparison {
	int depth;
	size_t steps;
};

static bool equal_at(const struct value *a, const struct value *b,
		     struct comparison *comparison);

static bool equal_lists(const struct value *a, const struct value *b,
			struct comparison *comparison)
{
	size_t i, count = value_count(a);

	if (count != value_count(b) || ((a->flags ^ b->flags) & VALUE_FLAG_NIL))
		return false;
	for (i = 0; i < count; i++) {
		if (!equal_at(value_item(a, i), value_item(b, i), comparison))
			return false;
	}
	return true;
}

static bool equal_maps(const struct value *a, const struct value *b,
		       struct comparison *comparison)
{
	const struct value_entry *entry, *other;

	if (value_count(a) != value_count(b) ||
	    ((a->flags ^ b->flags) & VALUE_FLAG_NIL))
		return false;
	value_foreach (entry, a) {
		other = value_entry(b, entry->key, entry->len);
		if (!other || !equal_at(entry->value, other->value, comparison))
			return false;
	}
	return true;
}

static bool equal_objects(const struct value *a, const struct value *b)
{
	struct arena *arena;
	struct str x, y;
	bool same;

	if (a->class != b->class)
		return false;
	if (a->data == b->data)
		return true;
	arena = arena_new();
	str_init(&x, arena);
	str_init(&y, arena);
	put_opaque(&x, a, 0);
	put_opaque(&y, b, 0);
	same = x.len == y.len && memcmp(x.text, y.text, x.len) == 0;
	arena_free(arena);
	return same;
}

static bool equal_at(const struct value *a, const struct value *b,
		     struct comparison *comparison)
{
	bool same;

	if (comparison->depth > DEPTH_MAX || ++comparison->steps > STEPS_MAX)
		return true;
	if (value_is_null(a) || value_is_null(b))
		return value_is_null(a) && value_is_null(b);
	if (a->kind != b->kind || a->type != b->type)
		return false;
	switch ((enum value_kind)a->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return a->boolean == b->boolean;
	case VALUE_INT:
	case VALUE_UINT:
		return a->natural == b->natural;
	case VALUE_FLOAT:
		return a->real == b->real;
	case VALUE_STRING:
	case VALUE_BYTES:
		return a->len == b->len &&
		       memcmp(a->string, b->string, a->len) == 0;
	case VALUE_LIST:
		comparison->depth++;
		same = a->list == b->list || equal_lists(a, b, comparison);
		comparison->depth--;
		return same;
	case VALUE_MAP:
		comparison->depth++;
		same = a->map == b->map || equal_maps(a, b, comparison);
		comparison->depth--;
		return same;
	case VALUE_OPAQUE:
		return equal_objects(a, b);
	}
	return false;
}

bool deep_equal(const struct value *a, const struct value *b)
{
	struct comparison comparison = { 0, 0 };

	return equal_at(a, b, &comparison);
}

void equal_set_init(struct equal_set *set, struct arena *arena)
{
	table_init(&set->table, arena);
}

bool equal_set_add(struct equal_set *set, const struct value *value)
{
	struct str key;

	str_init(&key, set->table.arena);
	put_key(&key, value, 0);
	if (table_find(&set->table, key.text, key.len))
		return false;
	table_put(&set->table, key.text, key.len, NULL);
	return true;
}

bool equal_set_has(struct equal_set *set, const struct value *value)
{
	struct str key;

	if (!set->table.count)
		return false;
	str_init(&key, set->table.arena);
	put_key(&key, value, 0);
	return table_find(&set->table, key.text, key.len) != NULL;
}
