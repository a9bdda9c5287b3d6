/*
 * Which files there are, and the folders they lie in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/source.h"
#include "base/tree.h"
#include "compiler/discover/private.h"
#include "compiler/inputs.h"
#include "compiler/ledger.h"
#include "compiler/report.h"
#include "model/value.h"
#include "overlays/overlay.h"

/* How deep folders are entered where Git does not list them. */
enum {
	DEPTH_MAX = 64
};

bool search_is_json(const char *name)
{
	return path_has_ext(name, ".json");
}

bool search_is_yaml(const char *name)
{
	return path_has_ext(name, ".yaml .yml .json");
}

const char *search_display(struct search *search, const char *path)
{
	return tree_view_display(search->discovery->view, path);
}

struct value *search_text(struct search *search, const char *text)
{
	return value_new_cstring(search->arena, NULL, text);
}

/* Folders nobody means when he says "lint .". */
static const char *left_out(const char *name)
{
	static const char *const names[] = { "node_modules", "testdata" };
	size_t i;

	if (name[0] == '.')
		return "in a hidden folder";
	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return i ? "in a folder of test data"
				 : "in a folder of packages";
	return NULL;
}

/* What Go has copied from elsewhere, with all their examples and tests. */
static bool is_of_go(struct search *search, const char *dir)
{
	struct tree_stat stat;

	return strcmp(path_name(dir), "vendor") == 0 &&
	       tree_view_stat(search->discovery->view,
			      path_below(search->arena, dir, "modules.txt"),
			      &stat) == TREE_OK;
}

static bool matches(const struct project_texts *patterns, const char *path)
{
	size_t i;

	for (i = 0; i < patterns->count; i++)
		if (strcmp(patterns->items[i].text, path) == 0 ||
		    glob_match(GLOB_PROJECT, patterns->items[i].text, path))
			return true;
	return false;
}

bool discover_excludes(const struct project_discover *asked, const char *path)
{
	struct arena *arena = arena_new_small();
	char *part = arena_strdup(arena, path);
	bool excluded = false;

	while (asked->exclude.count && *part && !excluded) {
		char *slash = strrchr(part, '/');

		excluded = matches(&asked->exclude, part);
		*(slash ? slash : part) = '\0';
	}
	arena_free(arena);
	return excluded;
}

/* Whether the user named this very folder. */
static bool is_named(const struct search *search, const char *path)
{
	const struct project_discover *asked = search->discovery->asked;

	return asked ? matches(&asked->in, path)
		     : strcmp(path, search->top) == 0;
}

/* What the user named is entered, whatever it is called. */
static void place(struct search *search, struct folder *folder)
{
	const struct folder *parent = folder->parent;
	const struct project_discover *asked = search->discovery->asked;
	const char *output = search->discovery->output;

	folder->excluded = (parent && parent->excluded) ||
			   (asked && matches(&asked->exclude, folder->path));
	if (is_named(search, folder->path)) {
		folder->asked = true;
		return;
	}
	if (parent) {
		folder->asked = parent->asked;
		folder->left_out = parent->left_out;
	}
	if (folder->left_out || !path_is_below(folder->path, search->top) ||
	    !*folder->path)
		return;
	folder->left_out = is_of_go(search, folder->path)
				   ? "in a folder of packages"
				   : left_out(path_name(folder->path));
	if (output && strcmp(folder->path, output) == 0)
		folder->left_out = "written by plimsoll build";
}

static struct folder *search_folder(struct search *search, const char *dir)
{
	struct folder *folder = table_gets(&search->folders, dir);
	struct folder *parent = NULL;

	if (folder)
		return folder;
	if (*dir)
		parent = search_folder(search, path_folder(search->arena, dir));
	folder = arena_zalloc(search->arena, sizeof(*folder));
	folder->path = dir;
	folder->parent = parent;
	place(search, folder);
	table_puts(&search->folders, dir, folder);
	return folder;
}

struct folder *search_folder_of(struct search *search, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;

	if (!search->last || strlen(search->last->path) != len ||
	    strncmp(search->last->path, path, len) != 0)
		search->last =
			search_folder(search, path_folder(search->arena, path));
	return search->last;
}

/* What is not YAML counts only if something else names it. */
static bool may_count(const char *name)
{
	return search_is_yaml(name) || overlay_is_file_name(name);
}

/* A repository of its own, that this one does not know. */
static bool is_foreign(const struct tree_listing *listing, const char *dir)
{
	size_t i;

	for (i = 0; *dir && i < listing->count; i++)
		if (strcmp(listing->items[i].name, ".git") == 0)
			return true;
	return false;
}

/* Bundles of earlier builds are no sources, with a project file or without. */
static void note_written(struct search *search, const char *dir)
{
	struct arena *arena = search->arena;
	struct source *source;
	const char *line;
	uint32_t number;
	size_t len;

	if (tree_view_read(search->discovery->view,
			   path_join(arena, dir, LEDGER_NAME), SOURCE_PROJECT,
			   &source) != TREE_OK)
		return;
	for (number = 1; (line = source_line(source, number, &len)); number++)
		if (len && *line != '#')
			table_puts(&search->written,
				   path_join(arena, dir,
					     arena_strndup(arena, line, len)),
				   search);
}

/*
 * Links are not followed: what they lead to is found where it is.  `tracked`:
 * NULL if every file counts.
 */
static void walk(struct search *search, const struct git_tracked *tracked,
		 const char *dir, unsigned depth)
{
	struct tree_listing listing;
	size_t i;

	if (depth > DEPTH_MAX ||
	    tree_view_list(search->discovery->view, dir, &listing) != TREE_OK ||
	    (tracked && depth && is_foreign(&listing, dir)))
		return;
	for (i = 0; i < listing.count; i++) {
		const struct tree_entry *entry = &listing.items[i];
		const char *path;

		if (strcmp(entry->name, LEDGER_NAME) == 0)
			note_written(search, dir);
		if (entry->kind == TREE_FILE
			    ? !may_count(entry->name)
			    : entry->kind != TREE_DIR ||
				      strcmp(entry->name, ".git") == 0)
			continue;
		path = path_below(search->arena, dir, entry->name);
		if (entry->kind == TREE_DIR) {
			if (!tracked || git_counts_folder(tracked, path))
				walk(search, tracked, path, depth + 1);
		} else if (!tracked || git_counts_file(tracked, path)) {
			vec_push(search->arena, &search->files, path);
		}
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void leave_out(struct search *search, const struct folder *folder,
		      const char *path)
{
	struct report_skipped *skipped = search->discovery->skipped;

	if (!folder->asked || search_is_json(path) || !search_is_yaml(path))
		return;
	skipped->files++;
	search_skip(search, &skipped->folders, "excluded by the project file",
		    path);
}

bool search_is_taken(const struct search *search, const char *path)
{
	const struct inputs *inputs = search->discovery->inputs;

	return inputs && inputs_has(inputs, path);
}

bool search_is_asked(const struct search *search, const struct folder *folder,
		     const char *path)
{
	const struct project_discover *asked = search->discovery->asked;

	return folder->asked || (asked && matches(&asked->in, path));
}

bool search_may_add(struct search *search, const struct folder *folder,
		    const char *file)
{
	const char *path = *folder->path ? arena_printf(search->arena, "%s/%s",
							folder->path, file)
					 : file;

	return search_is_asked(search, folder, path) &&
	       !search_is_taken(search, path);
}

/* As where no folder has a name that begins with another's. */
static bool is_sorted(const struct git_paths *paths)
{
	size_t i;

	for (i = 1; i < paths->count; i++)
		if (strcmp(paths->items[i - 1], paths->items[i]) > 0)
			return false;
	return true;
}

/* Its steps are objects, and what is to be found in others. */
static bool is_test(const char *name)
{
	return strcmp(name, "chainsaw-test.yaml") == 0 ||
	       strcmp(name, "chainsaw-test.yml") == 0;
}

/* By bytes, and without what the project file leaves out. */
static void place_files(struct search *search)
{
	const struct project_discover *asked = search->discovery->asked;
	struct folder *folder;
	size_t i, kept = 0;

	if (!is_sorted(&search->files))
		qsort(search->files.items, search->files.count,
		      sizeof(*search->files.items), compare);
	for (i = 0; i < search->files.count; i++) {
		const char *path = search->files.items[i];

		folder = search_folder_of(search, path);
		if (strcmp(path_name(path), ".sops.yaml") == 0)
			search->has_sops = true;
		if (is_test(path_name(path)) && !is_named(search, folder->path))
			folder->tested = true;
		if (!folder->excluded && asked &&
		    overlay_is_file_name(path_name(path)) &&
		    matches(&asked->exclude, path))
			folder->unbuilt = true;
		else if (folder->excluded ||
			 (asked && matches(&asked->exclude, path))) {
			leave_out(search, folder, path);
			continue;
		}
		search->files.items[kept++] = path;
	}
	search->files.count = kept;
}

/* What walk() would find where the tree is what is staged. */
static void list_staged(struct search *search)
{
	struct git_tracked_file file;
	size_t at = 0;

	while (git_next_file(search->discovery->staged, &at, &file)) {
		const char *name = path_name(file.path);

		if (!file.regular || !path_is_below(file.path, search->top))
			continue;
		if (strcmp(name, LEDGER_NAME) == 0)
			note_written(search,
				     path_folder(search->arena, file.path));
		if (may_count(name))
			vec_push(search->arena, &search->files, file.path);
	}
}

/*
 * What Git does not list is entered where the user says so: an ignored
 * folder, a submodule, a linked one.
 */
bool search_list(struct search *search)
{
	struct discovery *discovery = search->discovery;
	struct git_tracked tracked;

	if (discovery->git && !git_track(discovery->git, search->arena,
					 discovery->diags, &tracked))
		return false;
	if (discovery->staged)
		list_staged(search);
	else
		walk(search, discovery->git ? &tracked : NULL, search->top, 0);
	if (!search->files.count && discovery->git && *search->top)
		walk(search, NULL, search->top, 0);
	place_files(search);
	return true;
}

struct share {
	struct search *search;
	size_t count;
	size_t size;
	void (*work)(void *context, struct tree_view *view, size_t index);
	void *context;
	struct arena **arenas;
};

static void do_share(void *context, size_t index)
{
	struct share *share = context;
	struct tree *tree = share->search->discovery->view->tree;
	size_t end = (index + 1) * share->size, i;
	struct tree_view view;

	tree_view_init(&view, tree, share->arenas[index]);
	for (i = index * share->size; i < end && i < share->count; i++)
		share->work(share->context, &view, i);
}

void search_spread(struct search *search, size_t count, size_t size,
		   void (*work)(void *context, struct tree_view *view,
				size_t index),
		   void *context)
{
	size_t shares = (count + size - 1) / size, i;
	struct share share = { search, count, size, work, context, NULL };

	share.arenas = arena_alloc(search->arena,
				   (shares + 1) * sizeof(*share.arenas));
	for (i = 0; i < shares; i++) {
		share.arenas[i] = arena_new();
		arena_adopt(search->arena, share.arenas[i]);
	}
	pool_run(search->discovery->workers, shares, do_share, &share);
}
