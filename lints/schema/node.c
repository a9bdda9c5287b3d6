#include "lints/schema/node.h"

#include <string.h>

#include "base/arena.h"

const struct schema_node schema_node_any = { .shape = SCHEMA_NODE_ANY };

const struct schema_member *schema_member_find(const struct schema_node *node,
					       const char *name)
{
	size_t low = 0, high = node->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(node->members[middle].name, name);

		if (!order)
			return &node->members[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

struct schema_limits *schema_limits_new(struct arena *arena)
{
	struct schema_limits *limits = arena_zalloc(arena, sizeof(*limits));

	limits->most_characters = SCHEMA_NO_MOST;
	limits->most_items = SCHEMA_NO_MOST;
	limits->most_fields = SCHEMA_NO_MOST;
	return limits;
}

struct schema_choice *schema_choice_add(struct arena *arena,
					struct schema_limits *limits,
					enum schema_choice_kind kind,
					size_t count)
{
	size_t size = sizeof(*limits->choices);
	struct schema_choice *choice;

	limits->choices =
		arena_grow(arena, limits->choices, limits->choice_count * size,
			   (limits->choice_count + 1) * size);
	choice = &limits->choices[limits->choice_count++];
	choice->kind = kind;
	choice->count = count;
	choice->nodes =
		arena_alloc(arena, (count + 1) * sizeof(*choice->nodes));
	return choice;
}
