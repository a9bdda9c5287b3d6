#include "compiler/inputs/near.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/table.h"
#include "compiler/inputs/lenders.h"
#include "compiler/inputs/texts.h"
#include "compiler/mentions.h"
#include "compiler/run.h"
#include "model/value.h"
#include "overlays/overlay.h"

enum {
	START_MAX = 512 /* a longer path is looked at itself */
};

VEC_TYPE(dirs, const char *);

/* What changed, by its path and by that of each folder it lies in. */
struct near {
	struct run *run;
	const struct table *mentions; /* of kustomizations; NULL: not known */
	struct table paths;
	struct table above;
	struct table dirs; /* of kustomizations that a change may reach */
	struct table above_dirs;
	const struct table *folders; /* in which all files count; or NULL */
	struct table users; /* path to the kustomizations that name it */
	struct dirs todo;
	bool knows_starts; /* names of environments are parts of paths */
	bool odd;          /* not all mentions can be found */
	bool lends;        /* a change lies in a chart */
};

/* A path, and each folder it lies in. */
static void add_above(struct near *near, struct table *above, const char *path,
		      size_t len)
{
	table_put(above, path, len, near);
	while (len) {
		while (len && path[len - 1] != '/')
			len--;
		len -= len > 0;
		if (table_get(above, path, len))
			return;
		table_put(above, path, len, near);
	}
}

static void add_path(struct near *near, const char *path)
{
	size_t len = strlen(path);

	while (len && path[len - 1] == '/')
		len--;
	path = arena_strndup(near->run->arena, path, len);
	table_puts(&near->paths, path, near);
	add_above(near, &near->above, path, len);
}

static bool is_near_start(const struct near *near, const char *path, size_t len)
{
	if (table_get(&near->above, path, len))
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

/* Whether a change is at a path, above it or below it. */
static bool is_near(const struct near *near, const char *path)
{
	return is_near_start(near, path, strlen(path));
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

/* Whether a folder holds a kustomization of which names are known. */
static bool is_known(const struct near *near, const char *dir)
{
	return table_gets(&near->run->kustomizations, dir) ||
	       (near->mentions && table_gets(near->mentions, dir));
}

static bool is_in_folder(const struct near *near, const char *path)
{
	const char *slash = strrchr(path, '/');

	return near->folders && table_find(near->folders, path,
					   slash ? (size_t)(slash - path) : 0);
}

/* The same from what its text mentions; what is below it is near it. */
static void look_at_mentions(struct near *near, const char *dir,
			     const struct mentions *mentions)
{
	struct arena *arena = near->run->arena;
	size_t i;

	if (mentions->any || near->odd || is_near(near, dir)) {
		reach(near, dir);
		return;
	}
	for (i = 0; i < mentions->paths.count; i++) {
		const char *name =
			plain(path_join(arena, dir, mentions->paths.items[i]));

		if (is_known(near, name))
			add_user(near, name, dir);
		else if (is_near(near, name) || is_in_folder(near, name))
			reach(near, dir);
	}
}

static void find_first(struct near *near)
{
	const struct table *known = &near->run->kustomizations;
	uint32_t i;

	for (i = 0; i < known->count; i++)
		look_at(near, known->entries[i].key, known->entries[i].value);
	for (i = 0; near->mentions && i < near->mentions->count; i++) {
		const struct table_entry *entry = &near->mentions->entries[i];

		if (!table_gets(known, entry->key))
			look_at_mentions(near, entry->key, entry->value);
	}
}

/* Those that name a folder, and those above that may without a "..". */
static void reach_users(struct near *near, const char *dir)
{
	const struct dirs *users = table_gets(&near->users, dir);
	size_t len = strlen(dir), i;

	for (i = 0; users && i < users->count; i++)
		reach(near, users->items[i]);
	while (near->mentions && len) {
		const struct table_entry *above;

		while (len && dir[len - 1] != '/')
			len--;
		len -= len > 0;
		above = table_find(near->mentions, dir, len);
		if (above)
			reach(near, above->key);
	}
}

static void find_dirs(struct near *near)
{
	uint32_t i;

	find_first(near);
	while (near->todo.count)
		reach_users(near, near->todo.items[--near->todo.count]);
	for (i = 0; i < near->dirs.count; i++)
		add_above(near, &near->above_dirs, near->dirs.entries[i].key,
			  near->dirs.entries[i].len);
}

/* What cannot be told from texts, and from settings. */
static void find_gaps(struct near *near)
{
	const struct project *project = near->run->project;
	uint32_t i;

	near->knows_starts = true;
	for (i = 0; i < project->environments.count; i++)
		if (strstr(project->environments.items[i]->name, ".."))
			near->knows_starts = false;
	for (i = 0; near->mentions && i < near->mentions->count; i++)
		if (!mentions_can_be_found(near->mentions->entries[i].key))
			near->odd = true;
	for (i = 0; i < near->paths.count; i++)
		if (!mentions_can_be_found(near->paths.entries[i].key))
			near->odd = true;
}

static struct near *near_new(struct run *run, const struct git_paths *paths,
			     const struct texts *texts)
{
	struct near *near = arena_zalloc(run->arena, sizeof(*near));
	size_t i;

	near->run = run;
	near->mentions = texts ? texts_mentions(texts) : NULL;
	table_init(&near->above_dirs, run->arena);
	table_init(&near->paths, run->arena);
	table_init(&near->above, run->arena);
	table_init(&near->dirs, run->arena);
	table_init(&near->users, run->arena);
	for (i = 0; i < paths->count; i++)
		add_path(near, paths->items[i]);
	find_gaps(near);
	return near;
}

const struct near *near_find(struct run *run, const struct git_paths *paths,
			     size_t files, const struct texts *texts)
{
	struct near *near = near_new(run, paths, texts);

	near->lends = lenders_changed(run, paths, files);
	find_dirs(near);
	return near;
}

const struct table *near_kustomizations(struct run *run,
					const struct git_paths *paths,
					const struct table *folders,
					const struct texts *texts)
{
	struct near *near = near_new(run, paths, texts);

	near->folders = folders;
	find_dirs(near);
	return &near->dirs;
}

/* One that discovery did not see may lead anywhere. */
static bool reaches_dir(const struct near *near, const char *dir)
{
	dir = plain(dir);
	return !is_known(near, dir) || table_gets(&near->dirs, dir);
}

/* The folders before the first special character are literal. */
static bool reaches_pattern(const struct near *near, const char *pattern)
{
	size_t len = strcspn(pattern, "*?[{\\");

	while (len && pattern[len - 1] != '/')
		len--;
	return is_near_start(near, pattern, len ? len - 1 : 0);
}

/* A dependency that stands elsewhere may be what changed. */
static bool may_borrow(const struct near *near, const struct job_source *source)
{
	return near->lends && source->kind == SOURCE_KIND_CHART &&
	       lenders_may_serve(near->run, plain(source->path));
}

static bool reaches_source(const struct near *near,
			   const struct job_source *source)
{
	size_t i;

	if (source->kind == SOURCE_KIND_KUSTOMIZATION) {
		if (reaches_dir(near, source->path))
			return true;
	} else if (source->path &&
		   (is_near(near, source->path) || may_borrow(near, source))) {
		return true;
	}
	for (i = 0; i < source->patterns.count; i++)
		if (reaches_pattern(near, source->patterns.items[i]))
			return true;
	for (i = 0; i < source->values.count; i++)
		if (source->values.items[i].path &&
		    is_near(near, source->values.items[i].path))
			return true;
	return false;
}

bool near_reaches(const struct near *near, const struct job *job)
{
	size_t i;

	for (i = 0; i < job->overlays.count; i++)
		if (reaches_dir(near, job->overlays.items[i].path))
			return true;
	for (i = 0; i < job->sources.count; i++)
		if (reaches_source(near, &job->sources.items[i]))
			return true;
	return false;
}

/* What a text of a target's settings names, as far as it is literal. */
struct start {
	char path[START_MAX];
	size_t len;
};

/*
 * What stands before the first "${env}" of a text is literal.  False: anything
 * but a plain path from the folder of the project file may lead anywhere.
 */
static bool find_start(const struct target *target, const struct value *value,
		       struct start *start)
{
	const char *text = value_string(value), *rest;
	const char *folder = plain(target->dir);
	size_t dir = strlen(folder), len;

	if (!text || *text == '/' || *text == '.' || strstr(text, "..") ||
	    strstr(text, "//") || strstr(text, "/./"))
		return false;
	for (rest = text; (rest = strchr(rest, '$')); rest++)
		if (strncmp(rest, "${env}", 6) != 0)
			return false;
	len = strcspn(text, "$*?[{\\");
	if (text[len])
		while (len && text[len - 1] != '/')
			len--;
	while (len && text[len - 1] == '/')
		len--;
	if (dir + len + 2 > sizeof(start->path))
		return false;
	memcpy(start->path, folder, dir);
	if (dir && len)
		start->path[dir++] = '/';
	memcpy(start->path + dir, text, len);
	start->len = dir + len;
	start->path[start->len] = '\0';
	return true;
}

typedef bool text_test(void *context, const struct target *target,
		       const struct value *text);

static bool any_of(const struct target *target, const struct value *value,
		   text_test *test, void *context)
{
	const struct value *item;

	if (!value || value_is_map(value))
		return false;
	if (!value_is_list(value))
		return test(context, target, value);
	list_foreach (item, value)
		if (!value_is_map(item) && test(context, target, item))
			return true;
	return false;
}

/* Whether a test holds for any text of a target's settings that names files. */
static bool any_text(const struct target *target, text_test *test,
		     void *context)
{
	const struct value *node = target->node;
	size_t i;

	if (any_of(target, value_get(node, "values"), test, context) ||
	    any_of(target, value_get(node, "overlay"), test, context))
		return true;
	for (i = 0; i < target->sources.count; i++) {
		const struct target_source *source = &target->sources.items[i];

		if (any_of(target, source->from, test, context) ||
		    any_of(target, value_get(source->node, "values"), test,
			   context))
			return true;
	}
	return false;
}

static bool reaches_text(void *context, const struct target *target,
			 const struct value *text)
{
	const struct near *near = context;
	struct start start;

	return !find_start(target, text, &start) || is_near(near, start.path) ||
	       table_gets(&near->above_dirs, start.path);
}

static bool has_kustomization(const struct target *target)
{
	size_t i;

	for (i = 0; i < target->sources.count; i++)
		if (target->sources.items[i].kind == SOURCE_KIND_KUSTOMIZATION)
			return true;
	return value_get(target->node, "overlay") != NULL;
}

/* The same, told from settings. */
static bool target_may_borrow(const struct near *near,
			      const struct target *target)
{
	size_t i;

	for (i = 0; near->lends && i < target->sources.count; i++) {
		const struct target_source *source = &target->sources.items[i];
		struct start start;

		if (source->kind == SOURCE_KIND_CHART &&
		    (!find_start(target, source->from, &start) ||
		     strchr(value_string(source->from), '$') ||
		     lenders_may_serve(near->run, start.path)))
			return true;
	}
	return false;
}

bool near_reaches_target(const struct near *near, const struct target *target)
{
	return target->discovered || !near->knows_starts ||
	       (!near->mentions && has_kustomization(target)) ||
	       any_text(target, reaches_text, (void *)near) ||
	       target_may_borrow(near, target);
}
