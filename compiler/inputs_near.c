#include "compiler/inputs_near.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/table.h"
#include "compiler/run.h"
#include "overlays/overlay.h"

VEC_TYPE(dirs, const char *);

/* What changed, by its path and by that of each folder it lies in. */
struct near {
	struct run *run;
	struct table paths;
	struct table above;
	struct table dirs;  /* of kustomizations that a change may reach */
	struct table users; /* path to the kustomizations that name it */
	struct dirs todo;
};

static void add_path(struct near *near, const char *path)
{
	size_t len = strlen(path);

	while (len && path[len - 1] == '/')
		len--;
	table_put(&near->paths, path, len, near);
	table_put(&near->above, path, len, near);
	while (len) {
		while (len && path[len - 1] != '/')
			len--;
		len -= len > 0;
		if (table_get(&near->above, path, len))
			return;
		table_put(&near->above, path, len, near);
	}
}

/* Whether a change is at a path, above it or below it. */
static bool is_near(const struct near *near, const char *path)
{
	size_t len = strlen(path);

	if (table_gets(&near->above, path))
		return true;
	for (;;) {
		if (table_get(&near->paths, path, len))
			return true;
		while (len && path[len - 1] != '/')
			len--;
		if (!len)
			return table_get(&near->paths, "", 0) != NULL;
		len--;
	}
}

static const char *plain(const char *dir)
{
	return strcmp(dir, ".") == 0 ? "" : dir;
}

static void reach(struct near *near, const char *dir)
{
	if (table_gets(&near->dirs, dir))
		return;
	table_puts(&near->dirs, dir, near);
	vec_push(near->run->arena, &near->todo, dir);
}

/* What discovery did not read, but may be read by whoever names it. */
static bool is_unknown_folder(const struct near *near, const char *name)
{
	struct tree_stat stat;

	return !*path_ext(name) &&
	       tree_view_stat(&near->run->view, name, &stat) == TREE_OK &&
	       stat.kind == TREE_DIR;
}

static void add_user(struct near *near, const char *name, const char *dir)
{
	struct arena *arena = near->run->arena;
	struct dirs *users = table_gets(&near->users, name);

	if (!users) {
		users = arena_zalloc(arena, sizeof(*users));
		table_puts(&near->users, name, users);
	}
	vec_push(arena, users, dir);
}

/* Where nothing is near a folder, no file in it is. */
static void look_at(struct near *near, const char *dir,
		    const struct overlay_paths *names)
{
	size_t i;

	if (is_near(near, dir)) {
		reach(near, dir);
		return;
	}
	for (i = 0; i < names->count; i++) {
		const char *name = plain(names->items[i]);

		if (table_gets(&near->run->kustomizations, name))
			add_user(near, name, dir);
		else if (is_unknown_folder(near, name) ||
			 (!path_is_below(name, dir) && is_near(near, name)))
			reach(near, dir);
	}
}

static void find_dirs(struct near *near)
{
	const struct table *known = &near->run->kustomizations;
	uint32_t i;
	size_t j;

	for (i = 0; i < known->count; i++)
		look_at(near, known->entries[i].key, known->entries[i].value);
	while (near->todo.count) {
		const char *dir = near->todo.items[--near->todo.count];
		const struct dirs *users = table_gets(&near->users, dir);

		for (j = 0; users && j < users->count; j++)
			reach(near, users->items[j]);
	}
}

const struct near *near_find(struct run *run, const struct git_changes *changes,
			     const struct git_paths *unseen)
{
	struct near *near;
	size_t i;

	if (!unseen)
		return NULL;
	near = arena_zalloc(run->arena, sizeof(*near));
	near->run = run;
	table_init(&near->paths, run->arena);
	table_init(&near->above, run->arena);
	table_init(&near->dirs, run->arena);
	table_init(&near->users, run->arena);
	for (i = 0; i < changes->count; i++)
		add_path(near, changes->items[i].path);
	for (i = 0; i < unseen->count; i++)
		add_path(near, unseen->items[i]);
	find_dirs(near);
	return near;
}

/* One that discovery did not see may lead anywhere. */
static bool reaches_dir(const struct near *near, const char *dir)
{
	dir = plain(dir);
	return !table_gets(&near->run->kustomizations, dir) ||
	       table_gets(&near->dirs, dir);
}

bool near_reaches(const struct near *near, const struct job *job)
{
	size_t i, j;

	for (i = 0; i < job->overlays.count; i++)
		if (reaches_dir(near, job->overlays.items[i].path))
			return true;
	for (i = 0; i < job->sources.count; i++) {
		const struct job_source *source = &job->sources.items[i];

		if (source->kind == SOURCE_KIND_KUSTOMIZATION
			    ? reaches_dir(near, source->path)
			    : source->patterns.count ||
				      (source->path &&
				       is_near(near, source->path)))
			return true;
		for (j = 0; j < source->values.count; j++)
			if (source->values.items[j].path &&
			    is_near(near, source->values.items[j].path))
				return true;
	}
	return false;
}
