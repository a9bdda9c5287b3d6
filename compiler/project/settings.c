#include "compiler/project/settings.h"

#include "base/arena.h"
#include "compiler/project.h"
#include "model/value.h"

static void add_level(struct settings *settings, struct arena *arena,
		      const struct value *node, const struct project_file *file)
{
	struct settings_level level = { node, file };

	if (node)
		vec_push(arena, &settings->levels, level);
}

void settings_init(struct settings *settings, struct arena *arena,
		   const struct target *target,
		   const struct environment *environment,
		   const struct project_file *file)
{
	size_t i, j;

	settings->levels.items = NULL;
	settings->levels.count = 0;
	settings->levels.room = 0;
	if (target)
		add_level(settings, arena, target->node, file);
	for (i = 0; i < environment->chain.count; i++) {
		const struct environment *link = environment->chain.items[i];

		for (j = 0; j < link->nodes.count; j++)
			add_level(settings, arena, link->nodes.items[j].map,
				  link->nodes.items[j].file);
	}
	for (; file; file = file->parent)
		add_level(settings, arena, file->root, file);
}

const struct value *settings_get(const struct settings *settings,
				 const char *key)
{
	const struct value *value;
	size_t i;

	for (i = 0; i < settings->levels.count; i++) {
		value = value_get(settings->levels.items[i].node, key);
		if (value)
			return value;
	}
	return NULL;
}

struct value *settings_variable(const struct settings *settings,
				const char *name, size_t len)
{
	struct value *value;
	size_t i;

	for (i = 0; i < settings->levels.count; i++) {
		value = value_getn(
			value_get(settings->levels.items[i].node, "vars"), name,
			len);
		if (value)
			return value;
	}
	return NULL;
}
