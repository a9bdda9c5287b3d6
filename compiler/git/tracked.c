/*
 * What of a work tree counts.  libgit2 could list it, but would look at every
 * file that is tracked to see whether it changed.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/git/private.h"

static void add_folders(struct git_tracked *tracked, const char *path)
{
	size_t len = strlen(path);

	for (;;) {
		while (len && path[len - 1] != '/')
			len--;
		if (!len || table_get(&tracked->folders, path, --len))
			return;
		table_put(&tracked->folders, path, len, tracked);
	}
}

bool git_track(struct git *self, struct arena *arena, struct diag_sink *diags,
	       struct git_tracked *tracked)
{
	const struct git_index_file *index = git_index_load(self, diags);
	size_t i;

	tracked->git = self;
	tracked->arena = arena;
	table_init(&tracked->files, arena);
	table_init(&tracked->folders, arena);
	table_init(&tracked->foreign, arena);
	for (i = 0; index && i < index->entries.count; i++) {
		const struct git_entry *entry = &index->entries.items[i];

		switch (git_kind_of(entry->mode)) {
		case TREE_FILE:
			table_puts(&tracked->files, entry->path, tracked);
			break;
		case TREE_DIR:
		case TREE_OTHER:
			table_puts(&tracked->foreign, entry->path, tracked);
			continue;
		case TREE_LINK:
			break;
		}
		add_folders(tracked, entry->path);
	}
	return index != NULL;
}

bool git_next_file(const struct git *self, size_t *at,
		   struct git_tracked_file *file)
{
	const struct git_entry *entry;

	if (!self->index || *at == self->index->entries.count)
		return false;
	entry = &self->index->entries.items[(*at)++];
	file->path = entry->path;
	file->regular = git_kind_of(entry->mode) == TREE_FILE;
	file->id = entry->id.id;
	return true;
}

bool git_counts_file(const struct git_tracked *tracked, const char *path)
{
	return table_gets(&tracked->files, path) ||
	       !git_is_ignored(tracked->git, path);
}

bool git_counts_folder(const struct git_tracked *tracked, const char *path)
{
	if (table_gets(&tracked->folders, path))
		return true;
	return !table_gets(&tracked->foreign, path) &&
	       !git_is_ignored(tracked->git,
			       arena_join(tracked->arena, path, "/"));
}
