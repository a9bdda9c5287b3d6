/*
 * Kustomizations: which of them are roots, and what the others are part of.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/tree.h"
#include "compiler/discover/private.h"
#include "overlays/overlay.h"

enum {
	SHARE = 16 /* read by one thread at a time */
};

static void find_kustomizations(struct search *search)
{
	const struct table *near = search->discovery->near;
	uint32_t i;

	for (i = 0; i < search->files.count; i++) {
		const char *path = search->files.items[i];
		struct folder *folder = search_folder_of(search, path);

		if (!overlay_is_file_name(path_name(path)) ||
		    folder->left_out || folder->chart || folder->kustomization)
			continue;
		folder->kustomization = path_name(path);
		folder->is_far = near && !table_gets(near, folder->path);
		vec_push(search->arena, &search->kustomizations, folder);
	}
	for (i = 0; i < search->folders.count; i++) {
		struct folder *folder = search->folders.entries[i].value;

		if (folder->kustomization)
			folder->kustomized = folder;
		else if (folder->parent)
			folder->kustomized = folder->parent->kustomized;
	}
}

static void read_one(void *context, struct tree_view *view, size_t index)
{
	const struct search *search = context;
	struct folder *folder = search->kustomizations.items[index];
	struct overlay_summary summary;
	struct overlay_options options = { .view = view };

	if (folder->is_far ||
	    !overlay_summarize(view->arena, &options, folder->path, &summary))
		return;
	folder->component = summary.component;
	folder->amends =
		summary.amends && strcmp(folder->path, search->top) != 0;
	folder->names = summary.names;
	folder->is_read = true;
}

static bool may_be_root(const struct folder *folder)
{
	return !folder->is_far && !folder->component && !folder->amends &&
	       !folder->unbuilt;
}

/* Charts and kustomizations that are named are part of what names them. */
static void note_names(struct search *search, struct folder *by)
{
	size_t i;

	for (i = 0; i < by->names.count; i++) {
		const char *path = by->names.items[i];
		struct folder *folder = table_gets(
			&search->folders, strcmp(path, ".") == 0 ? "" : path);

		if (folder && folder != by &&
		    (folder->kustomization || folder->has_chart)) {
			folder->shared = folder->named;
			folder->named = true;
			continue;
		}
		if (!table_gets(&search->named, path))
			table_puts(&search->named, path, by);
		folder = table_gets(&search->folders,
				    path_folder(search->arena, path));
		if (folder)
			folder->holds_named = true;
	}
}

/* What a root builds on; a worklist, since chains may be long. */
static void reach(struct search *search, struct folder *root)
{
	struct folders todo = { 0 };
	size_t i;

	root->reached = true;
	vec_push(search->arena, &todo, root);
	while (todo.count) {
		const struct folder *folder = todo.items[--todo.count];

		for (i = 0; i < folder->names.count; i++) {
			const char *path = folder->names.items[i];
			struct folder *next =
				table_gets(&search->folders, path);

			if (!next || next->reached)
				continue;
			next->reached = true;
			if (next->kustomization)
				vec_push(search->arena, &todo, next);
		}
	}
}

static void add_shared(struct search *search, struct folders *todo,
		       struct folder *folder)
{
	struct table *shared = &search->discovery->project->shared_bases;

	if (!folder->kustomization || table_puts(shared, folder->path, folder))
		return;
	vec_push(search->arena, todo, folder);
}

/* What a shared base builds on is shared as well. */
static void find_shared(struct search *search)
{
	struct folders todo = { 0 };
	size_t i;

	for (i = 0; i < search->kustomizations.count; i++)
		if (search->kustomizations.items[i]->shared)
			add_shared(search, &todo,
				   search->kustomizations.items[i]);
	while (todo.count) {
		const struct folder *folder = todo.items[--todo.count];

		for (i = 0; i < folder->names.count; i++) {
			struct folder *next = table_gets(
				&search->folders, folder->names.items[i]);

			if (next)
				add_shared(search, &todo, next);
		}
	}
}

void search_kustomizations(struct search *search)
{
	struct folder *folder;
	size_t i;

	find_kustomizations(search);
	search_spread(search, search->kustomizations.count, SHARE, read_one,
		      search);
	for (i = 0; i < search->kustomizations.count; i++) {
		folder = search->kustomizations.items[i];
		note_names(search, folder);
		if (folder->is_read)
			table_puts(search->discovery->kustomizations,
				   folder->path, &folder->names);
	}
	for (i = 0; i < search->kustomizations.count; i++) {
		folder = search->kustomizations.items[i];
		if (may_be_root(folder) && !folder->named)
			reach(search, folder);
	}
	find_shared(search);
}

/*
 * Those that name one another in a circle have no root: the first is built,
 * and says so.  What only a Component names that nobody uses stands alone.
 */
void add_roots(struct search *search)
{
	size_t i;

	for (i = 0; i < search->kustomizations.count; i++) {
		struct folder *folder = search->kustomizations.items[i];
		bool root = may_be_root(folder) && !folder->named;

		if (!root && may_be_root(folder) && !folder->reached) {
			root = true;
			reach(search, folder);
		}
		if (root &&
		    search_may_add(search, folder, folder->kustomization))
			add_folder(search, SOURCE_KIND_KUSTOMIZATION,
				   folder->path);
	}
}
