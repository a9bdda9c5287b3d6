/*
 * The index as a tree: a list of paths sorted by bytes, in which a folder is
 * the range of paths that begin with its name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/tree.h"
#include "base/vec.h"
#include "compiler/git/private.h"

enum {
	LARGE = 1 << 20
};

struct git_snapshot {
	struct tree tree;
	struct arena *arena;
	struct git *git;
	const char *here; /* names are shown relative to this folder */
	const struct git_index_file *file;
};

/* "dir/" and the first entry below it; the end of the list if none is. */
static size_t first_below(const struct git_snapshot *self, const char *dir,
			  struct arena *arena, const char **prefix)
{
	size_t len, at;

	*prefix = *dir ? arena_join(arena, dir, "/") : "";
	len = strlen(*prefix);
	at = git_index_lower(self->file, *prefix, len);
	if (at < self->file->entries.count &&
	    strncmp(self->file->entries.items[at].path, *prefix, len) == 0)
		return at;
	return self->file->entries.count;
}

/* What lies at a path that is no entry: a folder, or nothing. */
static enum tree_status stat_folder(const struct git_snapshot *self,
				    const char *path, struct tree_stat *stat)
{
	struct arena *scratch = arena_new();
	enum tree_status status = TREE_MISSING;
	const char *prefix, *slash;

	if (!*path || first_below(self, path, scratch, &prefix) <
			      self->file->entries.count) {
		stat->kind = TREE_DIR;
		stat->mode = 0755;
		status = TREE_OK;
	}
	for (slash = strchr(path, '/'); status == TREE_MISSING && slash;
	     slash = strchr(slash + 1, '/'))
		if (git_index_seek(self->file,
				   arena_strndup(scratch, path,
						 (size_t)(slash - path))))
			status = TREE_NOT_DIR;
	arena_free(scratch);
	return status;
}

static enum tree_status snapshot_stat(struct tree *tree, const char *path,
				      struct tree_stat *stat)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	const struct git_entry *entry = git_index_seek(self->file, path);

	memset(stat, 0, sizeof(*stat));
	if (path[0] == '/')
		return TREE_OUTSIDE;
	if (!entry)
		return stat_folder(self, path, stat);
	stat->kind = git_kind_of(entry->mode);
	stat->mode = entry->mode & 0777;
	if (stat->kind == TREE_OTHER)
		return TREE_SUBMODULE;
	/* About as much: what is far from every limit is not looked up. */
	stat->size = entry->stamp.size;
	if (!stat->size || stat->size > LARGE)
		(void)git_blob_size(self->git, &entry->id, &stat->size);
	return TREE_OK;
}

static enum tree_status snapshot_read(struct tree *tree, const char *path,
				      struct arena *arena, uint64_t limit,
				      struct tree_text *text)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	const struct git_entry *entry = git_index_seek(self->file, path);
	enum tree_status status;
	struct tree_stat stat;

	if (!entry)
		return stat_folder(self, path, &stat) == TREE_OK ? TREE_NOT_FILE
								 : TREE_MISSING;
	if (git_kind_of(entry->mode) != TREE_FILE)
		return TREE_NOT_FILE;
	/* To ask for the size first is to look the object up twice. */
	if (!entry->stamp.size || entry->stamp.size > limit)
		return git_read_blob(self->git, &entry->id, arena, limit,
				     &text->at, &text->len);
	status = git_read_whole(self->git, &entry->id, arena, &text->at,
				&text->len);
	return status == TREE_OK && text->len > limit ? TREE_TOO_LARGE : status;
}

static enum tree_status snapshot_list(struct tree *tree, const char *path,
				      struct arena *arena, bool looks,
				      struct tree_listing *listing)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	VEC(struct tree_entry) found = { 0 };
	const char *prefix;
	size_t at = first_below(self, path, arena, &prefix);
	size_t len = strlen(prefix);
	bool has_folder = false;

	(void)looks;
	if (*path && at == self->file->entries.count)
		return git_index_seek(self->file, path) ? TREE_NOT_DIR
							: TREE_MISSING;
	while (at < self->file->entries.count &&
	       strncmp(self->file->entries.items[at].path, prefix, len) == 0) {
		const struct git_entry *entry = &self->file->entries.items[at];
		size_t name_len = strcspn(entry->path + len, "/");
		struct tree_entry item = {
			arena_strndup(arena, entry->path + len, name_len),
			TREE_DIR,
		};

		if (entry->path[len + name_len]) {
			has_folder = true;
			/* '0' is the byte behind '/'. */
			at = git_index_lower(
				self->file,
				arena_printf(arena, "%s%s0", prefix, item.name),
				len + name_len + 1);
		} else {
			item.kind = git_kind_of(entry->mode);
			at++;
		}
		vec_push(arena, &found, item);
	}
	/* "a-b" is before "a/", and "a" before both. */
	listing->items = found.items;
	listing->count = found.count;
	if (has_folder)
		tree_listing_sort(listing);
	return TREE_OK;
}

static enum tree_status snapshot_readlink(struct tree *tree, const char *path,
					  struct arena *arena,
					  const char **target)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	const struct git_entry *entry = git_index_seek(self->file, path);
	size_t len;

	if (!entry)
		return TREE_MISSING;
	if (git_kind_of(entry->mode) != TREE_LINK)
		return TREE_NOT_FILE;
	return git_read_blob(self->git, &entry->id, arena, tree->file_limit,
			     target, &len);
}

static const char *snapshot_display(struct tree *tree, const char *path,
				    struct arena *arena)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;

	return path_relative(arena, path_clean(arena, self->here),
			     path_clean(arena, path));
}

static void snapshot_close(struct tree *tree)
{
	struct git_snapshot *self = (struct git_snapshot *)tree;

	arena_free(self->arena);
}

static const struct tree_class snapshot_class = {
	.stat = snapshot_stat,
	.read = snapshot_read,
	.list = snapshot_list,
	.readlink = snapshot_readlink,
	.display = snapshot_display,
	.close = snapshot_close,
};

static bool refuse_conflicts(struct diag_sink *diags,
			     const struct git_index_file *file)
{
	size_t i;

	for (i = 0; i < file->entries.count; i++) {
		if (!file->entries.items[i].stage)
			continue;
		diag_error(diags, NULL,
			   "%s is in conflict, so what is staged has no "
			   "content yet",
			   file->entries.items[i].path);
		diag_help(diags, "resolve the conflict and git add the file");
		return false;
	}
	return true;
}

struct tree *git_open_index(struct git *self, struct diag_sink *diags,
			    const char *here, uint64_t file_limit)
{
	struct arena *arena = arena_new();
	struct git_snapshot *tree = arena_zalloc(arena, sizeof(*tree));

	tree->arena = arena;
	tree->git = self;
	tree->here = arena_strdup(arena, here);
	tree->file = git_index_load(self, diags);
	if (!tree->file || !refuse_conflicts(diags, tree->file)) {
		arena_free(arena);
		return NULL;
	}
	tree_init(&tree->tree, &snapshot_class, file_limit);
	return &tree->tree;
}
