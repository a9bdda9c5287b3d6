/*
 * A commit or the index as a tree: both are a list of paths sorted by bytes,
 * in which a folder is the range of paths that begin with its name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/tree.h"
#include "base/vec.h"
#include "compiler/git/private.h"

struct git_snapshot {
	struct tree tree;
	struct arena *arena;
	struct git *git;
	git_index *index;
	const char *here; /* names are shown relative to this folder */
	VEC(const git_index_entry *) entries;
};

static int compare_entries(const void *a, const void *b)
{
	const git_index_entry *one = *(const git_index_entry *const *)a;
	const git_index_entry *other = *(const git_index_entry *const *)b;

	return strcmp(one->path, other->path);
}

/* The first entry that is not before the `len` bytes of `path`. */
static size_t lower_bound(const struct git_snapshot *self, const char *path,
			  size_t len)
{
	size_t low = 0, high = self->entries.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *at = self->entries.items[middle]->path;

		/* A longer path that begins with it is behind it. */
		if (strncmp(at, path, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const git_index_entry *find_entry(const struct git_snapshot *self,
					 const char *path)
{
	size_t at = lower_bound(self, path, strlen(path) + 1);

	if (at == self->entries.count ||
	    strcmp(self->entries.items[at]->path, path) != 0)
		return NULL;
	return self->entries.items[at];
}

/* "dir/" and the first entry below it; the end of the list if none is. */
static size_t first_below(const struct git_snapshot *self, const char *dir,
			  struct arena *arena, const char **prefix)
{
	size_t len, at;

	*prefix = *dir ? arena_join(arena, dir, "/") : "";
	len = strlen(*prefix);
	at = lower_bound(self, *prefix, len);
	if (at < self->entries.count &&
	    strncmp(self->entries.items[at]->path, *prefix, len) == 0)
		return at;
	return self->entries.count;
}

static enum tree_kind kind_of(unsigned mode)
{
	switch (mode) {
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		return TREE_FILE;
	case GIT_FILEMODE_LINK:
		return TREE_LINK;
	}
	return TREE_OTHER; /* a submodule */
}

/* What lies at a path that is no entry: a folder, or nothing. */
static enum tree_status stat_folder(const struct git_snapshot *self,
				    const char *path, struct tree_stat *stat)
{
	struct arena *scratch = arena_new();
	enum tree_status status = TREE_MISSING;
	const char *prefix, *slash;

	if (!*path ||
	    first_below(self, path, scratch, &prefix) < self->entries.count) {
		stat->kind = TREE_DIR;
		stat->mode = 0755;
		status = TREE_OK;
	}
	for (slash = strchr(path, '/'); status == TREE_MISSING && slash;
	     slash = strchr(slash + 1, '/'))
		if (find_entry(self, arena_strndup(scratch, path,
						   (size_t)(slash - path))))
			status = TREE_NOT_DIR;
	arena_free(scratch);
	return status;
}

static enum tree_status odb_status(int code)
{
	return code == GIT_ENOTFOUND ? TREE_ABSENT : TREE_IO;
}

static enum tree_status snapshot_stat(struct tree *tree, const char *path,
				      struct tree_stat *stat)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	const git_index_entry *entry = find_entry(self, path);
	git_object_t type;
	size_t size;

	memset(stat, 0, sizeof(*stat));
	if (path[0] == '/')
		return TREE_OUTSIDE;
	if (!entry)
		return stat_folder(self, path, stat);
	stat->kind = kind_of(entry->mode);
	stat->mode = entry->mode & 0777;
	if (stat->kind == TREE_OTHER)
		return TREE_OK;
	if (git.git_odb_read_header(&size, &type, self->git->odb, &entry->id) ==
	    0)
		stat->size = size;
	return TREE_OK;
}

static enum tree_status read_blob(const struct git_snapshot *self,
				  const git_oid *id, struct arena *arena,
				  uint64_t limit, const char **text,
				  size_t *len)
{
	git_odb_object *object;
	git_object_t type;
	size_t size;
	int code = git.git_odb_read_header(&size, &type, self->git->odb, id);

	if (code < 0)
		return odb_status(code);
	if (size > limit)
		return TREE_TOO_LARGE;
	code = git.git_odb_read(&object, self->git->odb, id);
	if (code < 0)
		return odb_status(code);
	*len = git.git_odb_object_size(object);
	*text = arena_strndup(arena, git.git_odb_object_data(object), *len);
	git.git_odb_object_free(object);
	return TREE_OK;
}

static enum tree_status snapshot_read(struct tree *tree, const char *path,
				      struct arena *arena, uint64_t limit,
				      const char **text, size_t *len)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	const git_index_entry *entry = find_entry(self, path);
	struct tree_stat stat;

	if (!entry)
		return stat_folder(self, path, &stat) == TREE_OK ? TREE_NOT_FILE
								 : TREE_MISSING;
	if (kind_of(entry->mode) != TREE_FILE)
		return TREE_NOT_FILE;
	return read_blob(self, &entry->id, arena, limit, text, len);
}

static int compare_names(const void *a, const void *b)
{
	const struct tree_entry *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static enum tree_status snapshot_list(struct tree *tree, const char *path,
				      struct arena *arena,
				      struct tree_listing *listing)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	VEC(struct tree_entry) found = { 0 };
	const char *prefix;
	size_t at = first_below(self, path, arena, &prefix);
	size_t len = strlen(prefix);

	if (*path && at == self->entries.count)
		return find_entry(self, path) ? TREE_NOT_DIR : TREE_MISSING;
	while (at < self->entries.count &&
	       strncmp(self->entries.items[at]->path, prefix, len) == 0) {
		const git_index_entry *entry = self->entries.items[at];
		size_t name_len = strcspn(entry->path + len, "/");
		struct tree_entry item = {
			arena_strndup(arena, entry->path + len, name_len),
			TREE_DIR,
		};

		if (entry->path[len + name_len]) {
			/* '0' is the byte behind '/'. */
			at = lower_bound(
				self,
				arena_printf(arena, "%s%s0", prefix, item.name),
				len + name_len + 1);
		} else {
			item.kind = kind_of(entry->mode);
			at++;
		}
		vec_push(arena, &found, item);
	}
	if (found.count > 1)
		qsort(found.items, found.count, sizeof(*found.items),
		      compare_names);
	listing->items = found.items;
	listing->count = found.count;
	return TREE_OK;
}

static enum tree_status snapshot_readlink(struct tree *tree, const char *path,
					  struct arena *arena,
					  const char **target)
{
	const struct git_snapshot *self = (struct git_snapshot *)tree;
	const git_index_entry *entry = find_entry(self, path);
	size_t len;

	if (!entry)
		return TREE_MISSING;
	if (kind_of(entry->mode) != TREE_LINK)
		return TREE_NOT_FILE;
	return read_blob(self, &entry->id, arena, tree->file_limit, target,
			 &len);
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

	git.git_index_free(self->index);
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

/* The entries of an index, which the tree takes over. */
static struct tree *open_entries(struct git *self, git_index *index,
				 const char *here, uint64_t file_limit)
{
	struct arena *arena = arena_new();
	struct git_snapshot *tree = arena_zalloc(arena, sizeof(*tree));
	size_t i, count = git.git_index_entrycount(index);
	bool sorted = true;

	tree->arena = arena;
	tree->git = self;
	tree->index = index;
	tree->here = arena_strdup(arena, here);
	for (i = 0; i < count; i++) {
		const git_index_entry *entry =
			git.git_index_get_byindex(index, i);

		/* `git add --intent-to-add`: a name that has no content yet. */
		if (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
			continue;
		if (tree->entries.count &&
		    strcmp((*vec_last(&tree->entries))->path, entry->path) > 0)
			sorted = false;
		vec_push(arena, &tree->entries, entry);
	}
	/* An index may be sorted without regard to case. */
	if (!sorted)
		qsort(tree->entries.items, tree->entries.count,
		      sizeof(*tree->entries.items), compare_entries);
	tree_init(&tree->tree, &snapshot_class, file_limit);
	return &tree->tree;
}

static bool refuse_conflicts(struct diag_sink *diags, git_index *index)
{
	size_t i, count = git.git_index_entrycount(index);

	for (i = 0; i < count; i++) {
		const git_index_entry *entry =
			git.git_index_get_byindex(index, i);

		if (GIT_INDEX_ENTRY_STAGE(entry) == 0)
			continue;
		diag_error(diags, NULL,
			   "%s is in conflict, so what is staged has no "
			   "content yet",
			   entry->path);
		diag_help(diags, "resolve the conflict and git add the file");
		return false;
	}
	return true;
}

struct tree *git_open_index(struct git *self, struct diag_sink *diags,
			    const char *here, uint64_t file_limit)
{
	git_index *index;
	int code = git.git_repository_index(&index, self->repository);

	if (code < 0) {
		git_fail(diags, self, code);
		return NULL;
	}
	if (refuse_conflicts(diags, index))
		return open_entries(self, index, here, file_limit);
	git.git_index_free(index);
	return NULL;
}

struct tree *git_open_revision(struct git *self, struct diag_sink *diags,
			       const char *revision, const char *here,
			       uint64_t file_limit)
{
	git_object *found = git_find_tree(self, diags, revision);
	git_index *index = NULL;
	int code;

	if (!found)
		return NULL;
	code = git.git_index_new(&index);
	if (code == 0)
		code = git.git_index_read_tree(index, (git_tree *)found);
	git.git_object_free(found);
	if (code == 0)
		return open_entries(self, index, here, file_limit);
	git_fail(diags, self, code);
	git.git_index_free(index);
	return NULL;
}
