#include "lints/subjects/cycles.h"

#include "base/arena.h"
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	STEPS_MAX = 200 /* a longer chain is not followed */
};

/* What waits for one another is a component, found as Tarjan does. */
struct cycle_node {
	size_t at; /* in the order of visits, from 1; 0: not yet */
	size_t low;
	size_t component; /* 0: still open */
};

static struct cycle_node *node_of(struct lint_run *run,
				  struct lint_cycles *cycles,
				  const struct object *object)
{
	const char *key = (const char *)&object->index;
	struct cycle_node *node =
		table_get(&cycles->nodes, key, sizeof(object->index));

	if (!node) {
		node = arena_zalloc(run->arena, sizeof(*node));
		table_put(&cycles->nodes, key, sizeof(object->index), node);
	}
	return node;
}

static void close_component(struct lint_cycles *cycles,
			    const struct cycle_node *first)
{
	struct cycle_node *node;

	cycles->components++;
	do {
		node = cycles->open.items[--cycles->open.count];
		node->component = cycles->components;
	} while (node != first);
}

static void visit(struct lint_run *run, struct lint_cycles *cycles,
		  const struct object *object, struct cycle_node *node,
		  unsigned steps)
{
	const struct value *item;

	node->at = node->low = ++cycles->visits;
	vec_push(run->arena, &cycles->open, node);
	list_foreach (item, value_at(object->root, cycles->path)) {
		const struct object *next = cycles->target(run, object, item);
		struct cycle_node *other =
			next ? node_of(run, cycles, next) : NULL;

		if (!other || other->component)
			continue;
		if (!other->at && steps < STEPS_MAX)
			visit(run, cycles, next, other, steps + 1);
		if (other->at && !other->component && other->low < node->low)
			node->low = other->low;
	}
	if (node->low == node->at)
		close_component(cycles, node);
}

void lint_cycles_init(struct lint_run *run, struct lint_cycles *cycles,
		      const char *path, lint_cycle_target *target)
{
	*cycles = (struct lint_cycles){ .path = path, .target = target };
	table_init(&cycles->nodes, run->arena);
}

bool lint_closes_cycle(struct lint_run *run, struct lint_cycles *cycles,
		       const struct object *object, const struct object *next)
{
	struct cycle_node *node = node_of(run, cycles, object);

	if (!node->at)
		visit(run, cycles, object, node, 0);
	return node->component == node_of(run, cycles, next)->component;
}
