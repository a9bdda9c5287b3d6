#include "compiler/difference/compare.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "model/value_path.h"

struct comparison {
	struct arena *arena;
	struct field_changes *changes;
};

/*
 * What tells the items of a list of maps apart, as the API has it; the first
 * of these that is there once in each item counts.
 */
static const char *const item_keys[] = {
	"name", "key",  "mountPath", "devicePath",  "containerPort",
	"port", "host", "ip",        "topologyKey", "type",
};

/* Lists whose order the program sees; any other list of scalars is a set. */
static const char *const ordered_lists[] = { "args", "command" };

static void add(struct comparison *comparison, enum change_kind kind,
		const char *path, const struct value *old,
		const struct value *new)
{
	struct field_change change = {
		.kind = kind,
		.path = path,
		.old = old,
		.new = new,
	};

	vec_push(comparison->arena, comparison->changes, change);
}

static void compare(struct comparison *comparison, const char *path,
		    const struct value *old, const struct value *new);

static void compare_maps(struct comparison *comparison, const char *path,
			 const struct value *old, const struct value *new)
{
	const struct value_entry *entry;

	value_foreach (entry, new) {
		const char *below =
			value_path_key(comparison->arena, path, entry->key);
		const struct value_entry *before =
			value_entry(old, entry->key, strlen(entry->key));

		if (before)
			compare(comparison, below, before->value, entry->value);
		else
			add(comparison, CHANGE_ADDED, below, NULL,
			    entry->value);
	}
	value_foreach (entry, old)
		if (!value_entry(new, entry->key, strlen(entry->key)))
			add(comparison, CHANGE_REMOVED,
			    value_path_key(comparison->arena, path, entry->key),
			    entry->value, NULL);
}

/* The text of a scalar as a key; NULL if it is none. */
static const char *key_text(struct arena *arena, const struct value *value)
{
	int64_t number;

	if (value_is_string(value))
		return value_string(value);
	if (value_as_int(value, &number))
		return arena_printf(arena, "%lld", (long long)number);
	return NULL;
}

/* Items by the text under `key`; false: not each has one of its own. */
static bool index_items(struct arena *arena, const struct value *list,
			const char *key, struct table *items)
{
	const struct value *item;

	table_init(items, arena);
	list_foreach (item, list) {
		const char *text = key_text(arena, value_get(item, key));

		if (!text || table_gets(items, text))
			return false;
		table_puts(items, text, (void *)item);
	}
	return true;
}

static bool compare_keyed(struct comparison *comparison, const char *path,
			  const struct value *old, const struct value *new)
{
	struct arena *arena = comparison->arena;
	struct table before, after;
	uint32_t i;
	size_t k;

	for (k = 0; k < ARRAY_COUNT(item_keys); k++)
		if (index_items(arena, old, item_keys[k], &before) &&
		    index_items(arena, new, item_keys[k], &after))
			break;
	if (k == ARRAY_COUNT(item_keys))
		return false;
	for (i = 0; i < after.count; i++) {
		const char *key = after.entries[i].key;
		const char *below = arena_printf(arena, "%s[%s]", path, key);
		const struct value *was = table_gets(&before, key);

		if (was)
			compare(comparison, below, was, after.entries[i].value);
		else
			add(comparison, CHANGE_ADDED, below, NULL,
			    after.entries[i].value);
	}
	for (i = 0; i < before.count; i++)
		if (!table_gets(&after, before.entries[i].key))
			add(comparison, CHANGE_REMOVED,
			    arena_printf(arena, "%s[%s]", path,
					 before.entries[i].key),
			    before.entries[i].value, NULL);
	return true;
}

/* The part in the middle that differs, item by item. */
static void compare_places(struct comparison *comparison, const char *path,
			   const struct value *old, const struct value *new)
{
	size_t olds = value_count(old), news = value_count(new);
	size_t head = 0, tail = 0, i;

	while (head < olds && head < news &&
	       value_equals(value_item(old, head), value_item(new, head)))
		head++;
	while (tail < olds - head && tail < news - head &&
	       value_equals(value_item(old, olds - 1 - tail),
			    value_item(new, news - 1 - tail)))
		tail++;
	for (i = head; i < olds - tail || i < news - tail; i++) {
		const char *below =
			arena_printf(comparison->arena, "%s[%zu]", path, i);

		if (i >= news - tail)
			add(comparison, CHANGE_REMOVED, below,
			    value_item(old, i), NULL);
		else if (i >= olds - tail)
			add(comparison, CHANGE_ADDED, below, NULL,
			    value_item(new, i));
		else
			compare(comparison, below, value_item(old, i),
				value_item(new, i));
	}
}

static bool is_ordered(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t i;

	for (i = 0; i < ARRAY_COUNT(ordered_lists); i++)
		if (strcmp(dot ? dot + 1 : path, ordered_lists[i]) == 0)
			return true;
	return false;
}

/* How often each scalar is there; NULL: not all are scalars. */
static struct table *count_scalars(struct arena *arena,
				   const struct value *list)
{
	struct table *counts = arena_zalloc(arena, sizeof(*counts));
	const struct value *item;

	table_init(counts, arena);
	list_foreach (item, list) {
		const char *text = key_text(arena, item);
		size_t *count;

		if (!text)
			return NULL;
		count = table_gets(counts, text);
		if (!count) {
			count = arena_zalloc(arena, sizeof(*count));
			table_puts(counts, text, count);
		}
		++*count;
	}
	return counts;
}

/* The items of `list` of which `others` has fewer. */
static void add_surplus(struct comparison *comparison, const char *path,
			const struct value *list, struct table *others,
			enum change_kind kind)
{
	const struct value *item;
	size_t i = 0;

	list_foreach (item, list) {
		size_t *left =
			table_gets(others, key_text(comparison->arena, item));
		const char *below =
			arena_printf(comparison->arena, "%s[%zu]", path, i++);

		if (left && *left)
			--*left;
		else if (kind == CHANGE_ADDED)
			add(comparison, kind, below, NULL, item);
		else
			add(comparison, kind, below, item, NULL);
	}
}

static bool compare_sets(struct comparison *comparison, const char *path,
			 const struct value *old, const struct value *new)
{
	struct table *before, *after;

	if (is_ordered(path))
		return false;
	before = count_scalars(comparison->arena, old);
	after = count_scalars(comparison->arena, new);
	if (!before || !after)
		return false;
	/* One for one is a change of that one. */
	if (value_count(old) == 1 && value_count(new) == 1)
		return false;
	add_surplus(comparison, path, new, before, CHANGE_ADDED);
	add_surplus(comparison, path, old, after, CHANGE_REMOVED);
	return true;
}

/*
 * Recursion is as deep as the trees are, which the reader limits
 * (--limit tree-depth).
 */
static void compare(struct comparison *comparison, const char *path,
		    const struct value *old, const struct value *new)
{
	if (value_is_map(old) && value_is_map(new)) {
		compare_maps(comparison, path, old, new);
	} else if (value_is_list(old) && value_is_list(new)) {
		if (!compare_keyed(comparison, path, old, new) &&
		    !compare_sets(comparison, path, old, new))
			compare_places(comparison, path, old, new);
	} else if (!value_equals(old, new)) {
		add(comparison, CHANGE_CHANGED, path, old, new);
	}
}

void compare_values(struct arena *arena, const struct value *old,
		    const struct value *new, struct field_changes *changes)
{
	struct comparison comparison = { arena, changes };

	compare(&comparison, "", old, new);
}

void compare_drop_namespace(struct field_changes *changes)
{
	size_t i, kept = 0;

	for (i = 0; i < changes->count; i++)
		if (strcmp(changes->items[i].path, "metadata.namespace") != 0)
			changes->items[kept++] = changes->items[i];
	changes->count = kept;
}
