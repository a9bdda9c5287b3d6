#include "overlays/fieldspec_sieve.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "overlays/resource.h"
#include "overlays/run.h"

struct node {
	const char *name;
	size_t len;
	bool list;  /* some spec writes it with "[]" */
	bool made;  /* the walk of some spec makes it, and what is above */
	bool wrote; /* such a spec ends here, so more may be below */
	VEC(struct node *) children;
	VEC(size_t) ends; /* numbers of specs */
};

struct fieldspec_paths {
	struct overlay_run *run;
	struct node root;
	VEC(bool) always; /* its walk, or one before, makes or refuses things */
	VEC(bool) found;
};

struct fieldspec_sieve {
	struct overlay_run *run;
	const struct fieldspecs *specs;
	bool makes;
	struct table types; /* keys of types to struct chosen */
};

/* The specs of one kind of objects. */
struct chosen {
	struct fieldspecs specs;
	struct fieldspec_paths *paths;
};

struct fieldspec_paths *fieldspec_paths_new(struct overlay_run *run)
{
	struct fieldspec_paths *paths =
		arena_zalloc(run->arena, sizeof(*paths));

	paths->run = run;
	return paths;
}

static struct node *child(struct fieldspec_paths *paths, struct node *node,
			  const struct fieldspec_part *part)
{
	struct arena *arena = paths->run->arena;
	struct node *made;
	size_t i;

	for (i = 0; i < node->children.count; i++) {
		made = node->children.items[i];
		if (made->len == part->len &&
		    memcmp(made->name, part->name, part->len) == 0)
			return made;
	}
	made = arena_zalloc(arena, sizeof(*made));
	made->name = part->name;
	made->len = part->len;
	vec_push(arena, &node->children, made);
	return made;
}

void fieldspec_paths_add(struct fieldspec_paths *paths,
			 const struct fieldspec *spec, bool makes)
{
	const struct fieldspec_parts *parts = fieldspec_split(paths->run, spec);
	struct arena *arena = paths->run->arena;
	struct node *node = &paths->root;
	bool always = makes && spec->create;
	size_t i;

	for (i = 0; i < parts->count; i++) {
		node = child(paths, node, &parts->items[i]);
		node->list |= parts->items[i].list;
		node->made |= makes && spec->create;
		always |= node->wrote || parts->items[i].odd;
	}
	node->wrote |= makes && spec->create;
	vec_push(arena, &node->ends, paths->always.count);
	vec_push(arena, &paths->always, always || node->made);
	vec_push(arena, &paths->found, false);
}

static void let_through(struct fieldspec_paths *paths, const struct node *node)
{
	size_t i;

	for (i = 0; i < node->ends.count; i++)
		paths->found.items[node->ends.items[i]] = true;
	for (i = 0; i < node->children.count; i++)
		let_through(paths, node->children.items[i]);
}

/* Where a walk changes the value or fails, all that lies below is let go. */
static void lay_over(struct fieldspec_paths *paths, const struct node *node,
		     const struct value *value)
{
	const struct value *item;
	size_t i, j;

	if (node->list && !value_is_list(value)) {
		let_through(paths, node);
		return;
	}
	if (value_is_list(value)) {
		list_foreach (item, value)
			lay_over(paths, node, item);
		return;
	}
	if (!value_is_map(value)) {
		if (!value_is_null(value))
			let_through(paths, node);
		return;
	}
	for (i = 0; i < node->children.count; i++) {
		const struct node *next = node->children.items[i];
		const struct value_entry *entry =
			value_entry(value, next->name, next->len);

		if (!entry)
			continue;
		for (j = 0; j < next->ends.count; j++)
			paths->found.items[next->ends.items[j]] = true;
		if (next->children.count)
			lay_over(paths, next, entry->value);
	}
}

const bool *fieldspec_paths_match(struct fieldspec_paths *paths,
				  const struct value *root)
{
	if (!paths->found.count)
		return NULL;
	memcpy(paths->found.items, paths->always.items,
	       paths->found.count * sizeof(bool));
	if (paths->root.ends.count)
		let_through(paths, &paths->root);
	else
		lay_over(paths, &paths->root, root);
	return paths->found.items;
}

struct fieldspec_sieve *fieldspec_sieve_new(struct overlay_run *run,
					    const struct fieldspecs *specs,
					    bool makes)
{
	struct fieldspec_sieve *sieve =
		arena_zalloc(run->arena, sizeof(*sieve));

	sieve->run = run;
	sieve->specs = specs;
	sieve->makes = makes;
	table_init(&sieve->types, run->arena);
	return sieve;
}

static struct chosen *choose(struct fieldspec_sieve *sieve,
			     const struct object *object)
{
	struct arena *arena = sieve->run->arena;
	struct chosen *chosen = arena_zalloc(arena, sizeof(*chosen));
	size_t i;

	chosen->paths = fieldspec_paths_new(sieve->run);
	for (i = 0; i < sieve->specs->count; i++) {
		const struct fieldspec *spec = sieve->specs->items[i];

		if (!fieldspec_selects(spec, object->group, object->version,
				       object->kind))
			continue;
		vec_push(arena, &chosen->specs, spec);
		fieldspec_paths_add(chosen->paths, spec, sieve->makes);
	}
	return chosen;
}

bool fieldspec_sieve_apply(struct fieldspec_sieve *sieve, struct object *object,
			   const struct fieldspec_action *action)
{
	const char *type = resource_of(object)->type->key;
	struct chosen *chosen = table_gets(&sieve->types, type);
	const bool *found;
	size_t i;

	if (!chosen) {
		chosen = choose(sieve, object);
		table_puts(&sieve->types, type, chosen);
	}
	found = fieldspec_paths_match(chosen->paths, object->root);
	for (i = 0; i < chosen->specs.count; i++)
		if (found[i] && !fieldspec_walk(sieve->run, object,
						chosen->specs.items[i], action))
			return false;
	return true;
}
