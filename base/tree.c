#include "base/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/tree_cache.h"

enum {
	LINK_HOPS_MAX = 40
};

const char *tree_status_text(enum tree_status status)
{
	switch (status) {
	case TREE_OK:
		return "it can be read";
	case TREE_MISSING:
		return "no such file";
	case TREE_OUTSIDE:
		return "leads out of the project";
	case TREE_NOT_FILE:
		return "not a regular file";
	case TREE_NOT_DIR:
		return "not a directory";
	case TREE_LOOP:
		return "links lead in a circle";
	case TREE_TOO_LARGE:
		return "larger than the limit for files (--limit file-size)";
	case TREE_DENIED:
		return "permission denied";
	case TREE_ABSENT:
		return "its content is not in this clone of the repository "
		       "(git fetch brings it)";
	case TREE_POINTER:
		return "a pointer of Git LFS, whose content is not here (git "
		       "lfs pull brings it)";
	case TREE_SUBMODULE:
		return "a submodule; its files are in another repository";
	case TREE_IO:
		return "reading failed";
	}
	BUG("a status of a tree without a text");
}

void tree_init(struct tree *tree, const struct tree_class *class,
	       uint64_t file_limit)
{
	tree->class = class;
	tree->cache = tree_cache_new();
	tree->file_limit = file_limit;
}

static void close_tree(void *tree)
{
	tree_close(tree);
}

void tree_close_with(struct tree *tree, struct arena *arena)
{
	arena_on_free(arena, close_tree, tree);
}

void tree_close(struct tree *tree)
{
	if (!tree)
		return;
	tree_cache_free(tree->cache);
	tree->class->close(tree);
}

void tree_expect(struct tree *tree, uint64_t bytes)
{
	struct tree_cache *cache = tree->cache;

	pthread_mutex_lock(&cache->reading);
	arena_expect(cache->shared,
		     bytes < SIZE_MAX ? (size_t)bytes : SIZE_MAX);
	pthread_mutex_unlock(&cache->reading);
}

/*
 * What stands for a file that LFS has not fetched.  Only where the content
 * would be read as something else: files that a chart passes on stay as
 * they are.
 */
static bool is_pointer(const char *path, const char *text)
{
	static const char begin[] = "version https://git-lfs.github.com/spec/";

	return strncmp(text, begin, sizeof(begin) - 1) == 0 &&
	       path_has_ext(path, ".yaml .yml .json .tpl .tgz .gz");
}

/* Texts stand beside one another, but nobody waits for that. */
static enum tree_status read_into(struct tree *tree, const char *path,
				  struct tree_cell *cell)
{
	struct tree_cache *cache = tree->cache;
	bool shares = pthread_mutex_trylock(&cache->reading) == 0;
	enum tree_status status = tree->class->read(
		tree, path, shares ? cache->shared : tree_cell_arena(cell),
		tree->file_limit, &cell->text);

	if (shares)
		pthread_mutex_unlock(&cache->reading);
	return status;
}

static const struct tree_cell *cached_read(struct tree *tree, const char *path)
{
	struct tree_cell *cell = tree_cache_cell(tree->cache, path);
	enum tree_status status;

	pthread_mutex_lock(&cell->lock);
	if (!cell->filled) {
		status = read_into(tree, path, cell);
		if (status == TREE_OK && is_pointer(path, cell->text.at))
			status = TREE_POINTER;
		/* Others may be looking at one that is the same. */
		if (cell->status != status)
			cell->status = status;
		/* What is outside may be allowed later. */
		cell->filled = status != TREE_OUTSIDE;
		if (status == TREE_OK)
			tree_cache_note(tree->cache, cell);
	}
	pthread_mutex_unlock(&cell->lock);
	return cell;
}

void tree_view_init(struct tree_view *view, struct tree *tree,
		    struct arena *arena)
{
	memset(view, 0, sizeof(*view));
	view->tree = tree;
	view->arena = arena;
	table_init(&view->seen, arena);
	table_init(&view->stats, arena);
}

/* What is there is looked at once; what is missing may still be written. */
static enum tree_status look(struct tree_view *view, const char *path,
			     struct tree_stat *stat)
{
	const struct tree_stat *seen = table_gets(&view->stats, path);
	enum tree_status status;
	struct tree_stat *kept;

	if (seen) {
		*stat = *seen;
		return TREE_OK;
	}
	status = view->tree->class->stat(view->tree, path, stat);
	if (status != TREE_OK)
		return status;
	kept = arena_alloc(view->arena, sizeof(*kept));
	*kept = *stat;
	table_puts(&view->stats, arena_strdup(view->arena, path), kept);
	return TREE_OK;
}

static void log_access(struct tree_view *view, enum tree_access_kind kind,
		       const char *path)
{
	static const char *const letters[] = { "o", "l", "g", "m" };
	struct tree_access access = { kind, NULL };
	char *key = arena_join(view->arena, letters[kind], path);

	if (table_find(&view->seen, key, strlen(key)))
		return;
	table_puts(&view->seen, key, view);
	access.path = key + 1;
	vec_push(view->arena, &view->log, access);
}

/* Clean, with "" for the root; NULL if it leads out. */
static const char *tree_path(struct arena *arena, const char *path)
{
	path = path_clean(arena, path);
	if (strcmp(path, ".") == 0)
		return "";
	return path[0] == '/' || path_is_below(path, "") ? path : NULL;
}

/* A walk along a path: what is resolved, and what remains. */
struct walk {
	struct tree_view *view;
	const char *done; /* without links */
	const char *rest;
	struct tree_stat stat; /* of `done` */
	int hops;
};

static bool walk_up(struct walk *walk)
{
	const char *slash = strrchr(walk->done, '/');
	size_t len = slash ? (size_t)(slash - walk->done) : 0;

	if (!*walk->done)
		return false;
	if (len == 0 && walk->done[0] == '/')
		len = 1;
	walk->done = arena_strndup(walk->view->arena, walk->done, len);
	walk->stat.kind = TREE_DIR;
	return true;
}

static enum tree_status walk_link(struct walk *walk, const char *link)
{
	struct arena *arena = walk->view->arena;
	struct tree *tree = walk->view->tree;
	enum tree_status status;
	const char *target;

	if (++walk->hops > LINK_HOPS_MAX)
		return TREE_LOOP;
	log_access(walk->view, TREE_OPENED, link);
	status = tree->class->readlink(tree, link, arena, &target);
	if (status != TREE_OK)
		return status;
	if (target[0] == '/') {
		if (!tree->class->inside)
			return TREE_OUTSIDE;
		target = tree->class->inside(tree, target, arena);
		walk->done = target[0] == '/' ? "/" : "";
		walk->stat.kind = TREE_DIR;
	}
	walk->rest = arena_printf(arena, "%s/%s", target, walk->rest);
	return TREE_OK;
}

/* One part further. */
static enum tree_status walk_part(struct walk *walk)
{
	struct arena *arena = walk->view->arena;
	size_t len = strcspn(walk->rest, "/");
	const char *part = arena_strndup(arena, walk->rest, len), *next;
	enum tree_status status;

	walk->rest += len;
	walk->rest += strspn(walk->rest, "/");
	if (!*part || strcmp(part, ".") == 0)
		return TREE_OK;
	if (walk->stat.kind != TREE_DIR)
		return TREE_NOT_DIR;
	if (strcmp(part, "..") == 0)
		return walk_up(walk) ? TREE_OK : TREE_OUTSIDE;
	next = *walk->done && strcmp(walk->done, "/") != 0
		       ? arena_printf(arena, "%s/%s", walk->done, part)
		       : arena_join(arena, walk->done, part);
	status = look(walk->view, next, &walk->stat);
	if (status == TREE_OK && walk->stat.kind == TREE_LINK) {
		walk->stat.kind = TREE_DIR;
		return walk_link(walk, next);
	}
	/* Above a folder that is allowed there are only real folders. */
	if (status == TREE_OUTSIDE && next[0] == '/' && *walk->rest) {
		walk->stat.kind = TREE_DIR;
		status = TREE_OK;
	}
	walk->done = next;
	return status;
}

static enum tree_status walk_all(struct tree_view *view, const char *path,
				 const char **real, struct tree_stat *stat)
{
	struct walk walk = { .view = view, .done = "", .rest = path };
	enum tree_status status;

	if (path[0] == '/')
		walk.done = "/";
	walk.stat.kind = TREE_DIR;
	while (*walk.rest) {
		status = walk_part(&walk);
		if (status != TREE_OK) {
			*real = walk.done;
			return status;
		}
	}
	/* After ".." or a link to the root nothing has looked at it yet. */
	status = look(view, walk.done, stat);
	*real = walk.done;
	return status;
}

/* `exact` where the name itself matters and not only what it leads to. */
static enum tree_status resolve(struct tree_view *view, const char **path,
				bool exact, const char **real,
				struct tree_stat *stat)
{
	const char *clean = tree_path(view->arena, *path);
	enum tree_status status;

	if (!clean) {
		log_access(view, TREE_MISSED, *path);
		return TREE_OUTSIDE;
	}
	*path = clean;
	*real = clean;
	/* Most paths have no link in them, and one look says so. */
	status = look(view, clean, stat);
	if (exact || (status != TREE_MISSING &&
		      (status != TREE_OK || stat->kind == TREE_LINK)))
		status = walk_all(view, clean, real, stat);
	if (status != TREE_OK)
		log_access(view, TREE_MISSED, clean);
	return status;
}

enum tree_status tree_view_resolve(struct tree_view *view, const char *path,
				   const char **real)
{
	struct tree_stat stat;

	return resolve(view, &path, true, real, &stat);
}

enum tree_status tree_view_stat(struct tree_view *view, const char *path,
				struct tree_stat *stat)
{
	const char *real;
	enum tree_status status = resolve(view, &path, false, &real, stat);

	/* A folder is no input before it is listed. */
	if (status == TREE_OK && stat->kind == TREE_FILE)
		log_access(view, TREE_OPENED, real);
	return status;
}

/*
 * What can be read under its own name is a file and no link, so that nobody
 * has to look first.  Otherwise NULL, and looking tells why.
 */
static const struct tree_cell *read_at_once(struct tree_view *view,
					    const char *path)
{
	const char *clean = tree_path(view->arena, path);
	const struct tree_cell *cell =
		clean ? cached_read(view->tree, clean) : NULL;

	if (!cell || cell->status != TREE_OK)
		return NULL;
	log_access(view, TREE_OPENED, clean);
	return cell;
}

static enum tree_status read_behind_links(struct tree_view *view,
					  const char *path,
					  const struct tree_cell **cell)
{
	struct tree_stat stat;
	const char *real;
	enum tree_status status = resolve(view, &path, false, &real, &stat);

	if (status != TREE_OK)
		return status;
	if (stat.kind != TREE_FILE) {
		log_access(view, TREE_MISSED, path);
		return TREE_NOT_FILE;
	}
	log_access(view, TREE_OPENED, real);
	*cell = cached_read(view->tree, real);
	return TREE_OK;
}

enum tree_status tree_view_read(struct tree_view *view, const char *path,
				enum source_role role, struct source **source)
{
	const struct tree_cell *cell = read_at_once(view, path);
	enum tree_status status;

	if (!cell) {
		status = read_behind_links(view, path, &cell);
		if (status != TREE_OK)
			return status;
	}
	if (cell->status == TREE_OK)
		*source = tree_cell_source(
			view->arena, tree_view_display(view, path), role, cell);
	return cell->status;
}

bool tree_view_has_read(struct tree_view *view, const char *path,
			enum source_role role, struct source **source)
{
	struct tree_cell *cell = tree_cache_find(view->tree->cache, path);
	bool has;

	if (!cell)
		return false;
	pthread_mutex_lock(&cell->lock);
	has = cell->filled && cell->status == TREE_OK;
	pthread_mutex_unlock(&cell->lock);
	if (has)
		*source = tree_cell_source(
			view->arena, tree_view_display(view, path), role, cell);
	return has;
}

static enum tree_status list(struct tree_view *view, const char *path,
			     bool looks, const char **real,
			     struct tree_listing *listing)
{
	struct tree *tree = view->tree;
	enum tree_status status;
	struct tree_stat stat;

	*real = tree_path(view->arena, path);
	/* What can be listed is a folder and no link: see read_at_once(). */
	if (*real && tree->class->list(tree, *real, view->arena, looks,
				       listing) == TREE_OK) {
		log_access(view, TREE_LISTED, *real);
		return TREE_OK;
	}
	status = resolve(view, &path, false, real, &stat);
	if (status != TREE_OK)
		return status;
	if (stat.kind != TREE_DIR) {
		log_access(view, TREE_MISSED, path);
		return TREE_NOT_DIR;
	}
	log_access(view, TREE_LISTED, *real);
	return tree->class->list(tree, *real, view->arena, looks, listing);
}

enum tree_status tree_view_list(struct tree_view *view, const char *path,
				struct tree_listing *listing)
{
	const char *real;

	return list(view, path, false, &real, listing);
}

static const char *joined(struct arena *arena, const char *dir,
			  const char *name)
{
	if (!*dir)
		return name;
	if (!*name)
		return dir;
	return strcmp(dir, "/") == 0 ? arena_join(arena, dir, name)
				     : arena_printf(arena, "%s/%s", dir, name);
}

enum tree_status tree_view_list_stats(struct tree_view *view, const char *path,
				      struct tree_listing *listing)
{
	const char *real;
	enum tree_status status = list(view, path, true, &real, listing);
	size_t i;

	for (i = 0; status == TREE_OK && i < listing->count; i++) {
		const struct tree_entry *entry = &listing->items[i];
		const char *name;

		if (!entry->looked)
			continue;
		name = joined(view->arena, real, entry->name);
		if (!table_gets(&view->stats, name))
			table_puts(&view->stats, name, (void *)&entry->stat);
	}
	return status;
}

/* What a glob still has to look at: a folder and where its names may match. */
struct glob_folder {
	const char *path; /* as it is matched, behind the literal folders */
	bool *active;     /* by part of the pattern */
};

struct glob_walk {
	struct tree_view *view;
	const char *base;  /* the folder the walk began in, without links */
	const char *shown; /* the same as the pattern names it */
	const char **parts;
	size_t count;
	VEC(struct glob_folder) folders;
	VEC(const char *) found;
};

/* "**" stands for no folder as well, so the part behind it is active too. */
static void activate(struct glob_walk *walk, bool *active, size_t part)
{
	active[part] = true;
	while (part + 1 < walk->count && strcmp(walk->parts[part], "**") == 0)
		active[++part] = true;
}

static void push_folder(struct glob_walk *walk, const char *path, bool *active)
{
	struct glob_folder folder = { path, active };

	vec_push(walk->view->arena, &walk->folders, folder);
}

static bool leads_to_file(struct glob_walk *walk, const char *path,
			  enum tree_kind kind)
{
	const char *real;
	struct tree_stat stat;

	if (kind != TREE_LINK)
		return kind == TREE_FILE;
	return walk_all(walk->view, path, &real, &stat) == TREE_OK &&
	       stat.kind == TREE_FILE;
}

static void glob_entry(struct glob_walk *walk, const struct glob_folder *folder,
		       const struct tree_entry *entry)
{
	struct arena *arena = walk->view->arena;
	bool *next = NULL, matches = false;
	const char *path = joined(arena, folder->path, entry->name);
	size_t i;

	for (i = 0; i < walk->count; i++) {
		bool deep = strcmp(walk->parts[i], "**") == 0;
		bool last = i + 1 == walk->count;

		if (!folder->active[i] ||
		    (!deep &&
		     !glob_match(GLOB_PATH, walk->parts[i], entry->name)))
			continue;
		matches = matches || last;
		if (entry->kind != TREE_DIR || (last && !deep))
			continue;
		if (!next)
			next = arena_zalloc(arena, walk->count);
		activate(walk, next, deep ? i : i + 1);
	}
	if (next)
		push_folder(walk, path, next);
	if (matches &&
	    leads_to_file(walk, joined(arena, walk->base, path), entry->kind))
		vec_push(arena, &walk->found, joined(arena, walk->shown, path));
}

static enum tree_status glob_folders(struct glob_walk *walk)
{
	struct tree_view *view = walk->view;
	bool *active = arena_zalloc(view->arena, walk->count);
	size_t i, k;

	activate(walk, active, 0);
	push_folder(walk, "", active);
	for (i = 0; i < walk->folders.count; i++) {
		struct glob_folder folder = walk->folders.items[i];
		struct tree_listing listing = { 0 };
		const char *path = joined(view->arena, walk->base, folder.path);
		enum tree_status status = view->tree->class->list(
			view->tree, path, view->arena, false, &listing);

		if (status == TREE_MISSING || status == TREE_NOT_DIR)
			continue; /* gone since it was listed */
		if (*path)
			log_access(view, TREE_LISTED, path);
		if (status != TREE_OK)
			return status;
		for (k = 0; k < listing.count; k++)
			glob_entry(walk, &folder, &listing.items[k]);
	}
	return TREE_OK;
}

static int compare_entries(const void *a, const void *b)
{
	const struct tree_entry *one = a, *other = b;

	return strcmp(one->name, other->name);
}

void tree_listing_sort(struct tree_listing *listing)
{
	if (listing->count)
		qsort(listing->items, listing->count, sizeof(*listing->items),
		      compare_entries);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * The folders before the first special character are entered as they are,
 * through links as well, as a shell does.
 */
static enum tree_status glob_start(struct glob_walk *walk, const char *pattern)
{
	struct tree_view *view = walk->view;
	VEC(const char *) parts = { 0 };
	const char *head = pattern, *rest = pattern, *slash;
	struct tree_stat stat;
	enum tree_status status;

	while ((slash = strchr(rest, '/')) != NULL) {
		size_t len = (size_t)(slash + 1 - head);

		if (glob_is_pattern(arena_strndup(view->arena, head, len)))
			break;
		rest = slash + 1;
	}
	walk->shown =
		tree_path(view->arena, arena_strndup(view->arena, head,
						     (size_t)(rest - head)));
	if (!walk->shown)
		return TREE_OUTSIDE;
	while (*rest) {
		size_t len = strcspn(rest, "/");

		vec_push(view->arena, &parts,
			 arena_strndup(view->arena, rest, len));
		rest += len + (rest[len] == '/');
	}
	walk->parts = parts.items;
	walk->count = parts.count;
	status = walk_all(view, walk->shown, &walk->base, &stat);
	return status == TREE_OK && stat.kind != TREE_DIR ? TREE_NOT_DIR
							  : status;
}

enum tree_status tree_view_glob(struct tree_view *view, const char *dir,
				const char *pattern, struct tree_paths *paths)
{
	struct glob_walk walk = { .view = view };
	enum tree_status status;

	paths->items = NULL;
	paths->count = 0;
	pattern = path_join(view->arena, dir, pattern);
	log_access(view, TREE_GLOBBED, pattern);
	if (!glob_valid(GLOB_PROJECT, pattern))
		return TREE_OK;
	status = glob_start(&walk, pattern);
	if (status == TREE_MISSING || status == TREE_NOT_DIR)
		return TREE_OK;
	if (status == TREE_OK && walk.count)
		status = glob_folders(&walk);
	if (status != TREE_OK)
		return status;
	if (walk.found.count)
		qsort(walk.found.items, walk.found.count,
		      sizeof(*walk.found.items), compare_paths);
	paths->items = walk.found.items;
	paths->count = walk.found.count;
	return TREE_OK;
}

const char *tree_view_display(struct tree_view *view, const char *path)
{
	const char *clean = tree_path(view->arena, path);

	return view->tree->class->display(view->tree, clean ? clean : path,
					  view->arena);
}
