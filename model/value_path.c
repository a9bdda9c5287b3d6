#include "model/value_path.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"

/* One part of a path: a key, or an index if `key` is NULL. */
struct part {
	const char *key;
	size_t len;
	size_t index;
};

/* Part = [ "." ] name | "[" digits "]" | "[" '"' name '"' "]" */
static const char *next_part(const char *at, struct part *part)
{
	if (*at == '.')
		at++;
	part->index = 0;
	if (*at != '[') {
		part->key = at;
		part->len = strcspn(at, ".[");
		return at + part->len;
	}
	at++;
	if (*at == '"') {
		part->key = ++at;
		part->len = strcspn(at, "\"");
		at += part->len;
		return strncmp(at, "\"]", 2) == 0 ? at + 2 : at + strlen(at);
	}
	part->key = NULL;
	for (; *at >= '0' && *at <= '9'; at++)
		part->index = part->index * 10 + (size_t)(*at - '0');
	return *at == ']' ? at + 1 : at + strlen(at);
}

struct value *value_at_or_near(const struct value *value, const char *path,
			       const struct value **nearest)
{
	struct value *at = (struct value *)value;
	struct part part;

	*nearest = value;
	while (at && *path) {
		path = next_part(path, &part);
		at = part.key ? value_getn(at, part.key, part.len)
			      : value_item(at, part.index);
		if (at)
			*nearest = at;
	}
	return at;
}

struct value *value_at(const struct value *value, const char *path)
{
	const struct value *nearest;

	return value_at_or_near(value, path, &nearest);
}

const char *value_path_key(struct arena *arena, const char *path,
			   const char *key)
{
	if (!*key || strpbrk(key, ".[]\""))
		return arena_printf(arena, "%s[\"%s\"]", path, key);
	return arena_printf(arena, "%s%s%s", path, *path ? "." : "", key);
}

static const char *path_index(struct arena *arena, const char *path,
			      size_t index)
{
	return arena_printf(arena, "%s[%zu]", path, index);
}

const char *value_path_of(struct arena *arena, const struct value *root,
			  const struct value *node)
{
	const struct value_entry *entry;
	const struct value *item;
	const char *below;

	if (root == node)
		return "";
	value_foreach (entry, root) {
		below = value_path_of(arena, entry->value, node);
		if (below)
			return arena_printf(
				arena, "%s%s%s",
				value_path_key(arena, "", entry->key),
				*below && *below != '[' ? "." : "", below);
	}
	list_foreach (item, root) {
		below = value_path_of(arena, item, node);
		if (below)
			return arena_printf(
				arena, "%s%s%s", path_index(arena, "", item_at),
				*below && *below != '[' ? "." : "", below);
	}
	return NULL;
}
