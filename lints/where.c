#include "lints/where.h"

#include <string.h>

#include "base/arena.h"
#include "lints/run.h"
#include "model/object.h"
#include "model/podspec.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	WALKS_MAX = 16 /* of one object, before it is written down */
};

/* A node that has been written down. */
struct known {
	const struct value *node; /* its address is the key */
	const struct known *up;
	const struct value_entry *entry; /* its key; NULL: an item */
	size_t index;
};

static void put_key(struct str *path, const char *key)
{
	const char *quoted = value_path_key(path->arena, "", key);

	if (path->len && *quoted != '[')
		str_putc(path, '.');
	str_puts(path, quoted);
}

static bool find(struct lint_spot_at *spot, const struct value *at,
		 const struct value *node)
{
	const struct value_entry *entry;
	const struct value *item;
	size_t len = spot->path.len;
	const struct value_entry *outer = spot->entry;

	if (at == node)
		return true;
	value_foreach (entry, at) {
		if (entry->value != node && !value_count(entry->value))
			continue;
		put_key(&spot->path, entry->key);
		spot->entry = entry;
		if (find(spot, entry->value, node))
			return true;
		spot->path.len = len;
	}
	spot->entry = NULL;
	list_foreach (item, at) {
		if (item != node && !value_count(item))
			continue;
		str_printf(&spot->path, "[%zu]", item_at);
		if (find(spot, item, node))
			return true;
		spot->path.len = len;
	}
	spot->entry = outer;
	return false;
}

/* Most findings are about the container that is visited: look there first. */
static bool walk(struct lint_run *run, struct lint_spot_at *spot,
		 const struct object *object, const struct value *node)
{
	const struct container_ref *c = run->container;

	if (c && c->object == object) {
		str_printf(&spot->path, "%s.%s[%zu]", c->path, c->list,
			   c->index);
		if (find(spot, c->spec, node))
			return true;
		str_clear(&spot->path);
		spot->entry = NULL;
	}
	return find(spot, object->root, node);
}

static void write_down(struct lint_run *run, const struct value *at,
		       const struct known *up, const struct known *self)
{
	struct table *nodes = &run->found->where.nodes;
	struct known *known = arena_alloc(run->arena, sizeof(*known));
	const struct value_entry *entry;
	const struct value *item;

	*known = *self;
	known->node = at;
	known->up = up;
	if (!table_get(nodes, (const char *)&known->node, sizeof(known->node)))
		(void)table_put(nodes, (const char *)&known->node,
				sizeof(known->node), known);
	value_foreach (entry, at) {
		const struct known below = { .entry = entry };

		write_down(run, entry->value, known, &below);
	}
	list_foreach (item, at) {
		const struct known below = { .index = item_at };

		write_down(run, item, known, &below);
	}
}

static void put_path(struct str *path, const struct known *known)
{
	if (!known->up)
		return;
	put_path(path, known->up);
	if (known->entry)
		put_key(path, known->entry->key);
	else
		str_printf(path, "[%zu]", known->index);
}

bool lint_locate(struct lint_run *run, const struct object *object,
		 const struct value *node, struct lint_spot_at *spot)
{
	struct lint_where *where = &run->found->where;
	const struct known root = { .node = NULL };
	const struct known *known;

	memset(spot, 0, sizeof(*spot));
	str_init(&spot->path, run->arena);
	if (where->object != object) {
		where->object = object;
		where->asked = 0;
		where->written = false;
	}
	if (where->asked++ < WALKS_MAX)
		return walk(run, spot, object, node);
	if (!where->written) {
		table_init(&where->nodes, run->arena);
		write_down(run, object->root, NULL, &root);
		where->written = true;
	}
	known = table_get(&where->nodes, (const char *)&node, sizeof(node));
	if (!known)
		return false;
	put_path(&spot->path, known);
	spot->entry = known->entry;
	return true;
}
