#include "compiler/lint_section.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "compiler/project.h"
#include "compiler/project/scope.h"
#include "compiler/project/settings.h"
#include "model/value.h"

/* A pattern from the root of the tree; `**` in front matches from there. */
static const char *moved(struct arena *arena, const char *dir,
			 const char *pattern)
{
	return strncmp(pattern, "**", 2) == 0 ? pattern
					      : path_join(arena, dir, pattern);
}

static struct value *moved_paths(struct arena *arena, const char *dir,
				 const struct value *paths)
{
	struct value *copy = value_new_map(arena, &paths->origin);
	const struct value_entry *entry;

	value_foreach (entry, paths) {
		const char *key = moved(arena, dir, entry->key);

		value_setn(arena, copy, key, strlen(key), &entry->origin,
			   entry->value);
	}
	return copy;
}

static struct value *moved_pattern(struct arena *arena, const char *dir,
				   struct value *pattern)
{
	const char *text = scope_source_text(pattern);
	struct value *copy, *item;

	if (text) {
		text = moved(arena, dir, text);
		return value_new_cstring(arena, &pattern->origin, text);
	}
	copy = value_new_list(arena, &pattern->origin);
	list_foreach (item, pattern)
		value_append(arena, copy, moved_pattern(arena, dir, item));
	return copy;
}

static struct value *moved_ignores(struct arena *arena, const char *dir,
				   const struct value *ignores)
{
	struct value *copy = value_new_list(arena, &ignores->origin), *item;

	list_foreach (item, ignores) {
		struct value *path = value_get(item, "path");

		if (path) {
			item = value_copy_deep(arena, item);
			value_set(arena, item, "path",
				  moved_pattern(arena, dir, path));
		}
		value_append(arena, copy, item);
	}
	return copy;
}

const struct value *lint_section(struct arena *arena,
				 const struct settings_level *level)
{
	struct value *section = value_get(level->node, "lint"), *copy;
	const struct value *paths = value_get(section, "paths");
	const struct value *ignores = value_get(section, "ignore");
	const char *dir = level->file->dir;

	if (!*dir || (!paths && !ignores))
		return section;
	copy = value_copy_deep(arena, section);
	if (paths)
		value_set(arena, copy, "paths", moved_paths(arena, dir, paths));
	if (ignores)
		value_set(arena, copy, "ignore",
			  moved_ignores(arena, dir, ignores));
	return copy;
}
