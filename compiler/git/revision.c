/*
 * A revision as a tree.  Folders are read when somebody first looks into them:
 * a change of one file in a large repository costs the folders on its way.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/source.h"
#include "base/table.h"
#include "base/tree.h"
#include "compiler/git/private.h"

struct folder;

struct item {
	struct git_item own;
	struct folder *_Atomic folder; /* NULL: not read yet */
	atomic_uint_least64_t size;    /* of a file, plus one; 0: not asked */
};

struct folder {
	struct arena *arena; /* its own, so that threads can read apart */
	struct item *items;  /* by bytes of the name */
	size_t count;
};

struct revision {
	struct tree tree;
	struct arena *arena;
	struct git *git;
	const char *here; /* names are shown relative to this folder */
	struct item root;
	struct tree *with; /* has all but what changed; or NULL */
	const struct table *changed;
	struct tree *lender; /* has what it may be without; or NULL */
	const struct table *lent;
};

static int compare(const void *a, const void *b)
{
	const struct item *one = a, *other = b;

	return strcmp(one->own.name, other->own.name);
}

static enum tree_status read_folder(const struct revision *self,
				    const git_oid *id, struct folder **made)
{
	struct arena *arena = arena_new();
	struct folder *folder = arena_zalloc(arena, sizeof(*folder));
	struct git_items items;
	enum tree_status status = git_read_items(self->git, id, arena, &items);
	size_t i;

	if (status != TREE_OK) {
		arena_free(arena);
		return status;
	}
	folder->arena = arena;
	folder->count = items.count;
	folder->items =
		arena_zalloc(arena, (items.count + 1) * sizeof(*folder->items));
	for (i = 0; i < items.count; i++)
		folder->items[i].own = items.items[i];
	if (items.count > 1)
		qsort(folder->items, items.count, sizeof(*folder->items),
		      compare);
	*made = folder;
	return TREE_OK;
}

/* Who comes second throws away what it has read. */
static enum tree_status enter(const struct revision *self, struct item *item,
			      struct folder **found)
{
	struct folder *made = NULL, *before = NULL;
	enum tree_status status;

	*found = atomic_load(&item->folder);
	if (*found)
		return TREE_OK;
	if (git_kind_of(item->own.mode) != TREE_DIR)
		return TREE_NOT_DIR;
	status = read_folder(self, &item->own.id, &made);
	if (status != TREE_OK)
		return status;
	*found = made;
	if (!atomic_compare_exchange_strong(&item->folder, &before, made)) {
		arena_free(made->arena);
		*found = before;
	}
	return TREE_OK;
}

static struct item *find_item(const struct folder *folder, const char *name,
			      size_t len)
{
	size_t low = 0, high = folder->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct item *item = &folder->items[middle];
		int order = strncmp(item->own.name, name, len);

		if (order == 0 && !item->own.name[len])
			return item;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static enum tree_status find(struct revision *self, const char *path,
			     struct item **found)
{
	struct item *item = &self->root;
	struct folder *folder;
	enum tree_status status;

	if (path[0] == '/')
		return TREE_OUTSIDE;
	while (*path) {
		size_t len = strcspn(path, "/");

		status = enter(self, item, &folder);
		if (status != TREE_OK)
			return status;
		item = find_item(folder, path, len);
		if (!item)
			return TREE_MISSING;
		path += len;
		path += *path == '/';
	}
	*found = item;
	return TREE_OK;
}

/* The text is that of the other tree, which keeps it. */
static bool read_shared(const struct revision *self, const char *path,
			uint64_t limit, struct tree_text *text)
{
	struct source *source;
	struct tree_view view;
	struct arena *scratch;
	bool good;

	if (!self->with || table_gets(self->changed, path))
		return false;
	scratch = arena_new_small();
	tree_view_init(&view, self->with, scratch);
	good = tree_view_read(&view, path, SOURCE_MANIFEST, &source) ==
		       TREE_OK &&
	       source->len <= limit;
	if (good) {
		text->at = source->text;
		text->len = source->len;
	}
	arena_free(scratch);
	return good;
}

static bool is_lent(const struct revision *self, const char *path,
		    enum tree_status status)
{
	return status == TREE_MISSING && self->lent &&
	       table_gets(self->lent, path);
}

/*
 * To look at an object alone is as dear as to read it, and who asks for a size
 * reads it next.
 */
static enum tree_status size_of(const struct revision *self, struct item *item,
				const char *path, uint64_t *size)
{
	enum tree_status status = TREE_OK;
	struct tree_text text;

	*size = atomic_load(&item->size);
	if (*size) {
		--*size;
		return TREE_OK;
	}
	if (git_kind_of(item->own.mode) == TREE_FILE &&
	    read_shared(self, path, SIZE_MAX, &text))
		*size = text.len;
	else
		status = git_blob_size(self->git, &item->own.id, size);
	if (status == TREE_OK)
		atomic_store(&item->size, *size + 1);
	return status;
}

static enum tree_status revision_stat(struct tree *tree, const char *path,
				      struct tree_stat *stat)
{
	struct revision *self = (struct revision *)tree;
	struct item *item;
	enum tree_status status = find(self, path, &item);

	memset(stat, 0, sizeof(*stat));
	if (is_lent(self, path, status))
		return self->lender->class->stat(self->lender, path, stat);
	if (status != TREE_OK)
		return status;
	stat->kind = git_kind_of(item->own.mode);
	if (stat->kind == TREE_OTHER)
		return TREE_SUBMODULE;
	stat->mode = stat->kind == TREE_DIR ? 0755 : item->own.mode & 0777;
	if (stat->kind == TREE_FILE || stat->kind == TREE_LINK)
		(void)size_of(self, item, path, &stat->size);
	return TREE_OK;
}

static enum tree_status revision_read(struct tree *tree, const char *path,
				      struct arena *arena, uint64_t limit,
				      struct tree_text *text)
{
	struct revision *self = (struct revision *)tree;
	struct item *item;
	enum tree_status status = find(self, path, &item);
	uint64_t size;

	if (is_lent(self, path, status))
		return self->lender->class->read(self->lender, path, arena,
						 limit, text);
	if (status != TREE_OK)
		return status;
	if (git_kind_of(item->own.mode) != TREE_FILE)
		return TREE_NOT_FILE;
	if (read_shared(self, path, limit, text))
		return TREE_OK;
	status = size_of(self, item, path, &size);
	if (status == TREE_OK && size > limit)
		status = TREE_TOO_LARGE;
	return status == TREE_OK ? git_read_whole(self->git, &item->own.id,
						  arena, &text->at, &text->len)
				 : status;
}

static void list_lent(struct revision *self, const char *path,
		      struct arena *arena, struct tree_listing *listing)
{
	size_t before = listing->count;
	struct item *item;
	uint32_t i;

	for (i = 0; self->lent && i < self->lent->count; i++) {
		const char *lent = self->lent->entries[i].key;
		struct tree_entry entry = { path_name(lent), TREE_FILE };

		if (strcmp(path_folder(arena, lent), path) == 0 &&
		    find(self, lent, &item) != TREE_OK)
			listing->items[listing->count++] = entry;
	}
	if (listing->count > before)
		tree_listing_sort(listing);
}

static enum tree_status revision_list(struct tree *tree, const char *path,
				      struct arena *arena, bool looks,
				      struct tree_listing *listing)
{
	struct revision *self = (struct revision *)tree;
	struct folder *folder;
	struct item *item;
	enum tree_status status = find(self, path, &item);
	size_t i;

	(void)looks;
	if (status == TREE_OK)
		status = enter(self, item, &folder);
	if (status != TREE_OK)
		return status;
	listing->count = folder->count;
	listing->items = arena_zalloc(
		arena, (folder->count + (self->lent ? self->lent->count : 0) +
			1) * sizeof(*listing->items));
	for (i = 0; i < folder->count; i++) {
		const struct git_item *own = &folder->items[i].own;

		listing->items[i].name = arena_strdup(arena, own->name);
		listing->items[i].kind = git_kind_of(own->mode);
	}
	list_lent(self, path, arena, listing);
	return TREE_OK;
}

static enum tree_status revision_readlink(struct tree *tree, const char *path,
					  struct arena *arena,
					  const char **target)
{
	struct revision *self = (struct revision *)tree;
	struct item *item;
	enum tree_status status = find(self, path, &item);
	size_t len;

	if (status != TREE_OK)
		return status;
	if (git_kind_of(item->own.mode) != TREE_LINK)
		return TREE_NOT_FILE;
	return git_read_blob(self->git, &item->own.id, arena, tree->file_limit,
			     target, &len);
}

static const char *revision_display(struct tree *tree, const char *path,
				    struct arena *arena)
{
	const struct revision *self = (struct revision *)tree;

	return path_relative(arena, path_clean(arena, self->here),
			     path_clean(arena, path));
}

static void release(struct item *item)
{
	struct folder *folder = atomic_load(&item->folder);
	size_t i;

	if (!folder)
		return;
	for (i = 0; i < folder->count; i++)
		release(&folder->items[i]);
	arena_free(folder->arena);
}

static void revision_close(struct tree *tree)
{
	struct revision *self = (struct revision *)tree;

	release(&self->root);
	arena_free(self->arena);
}

void git_revision_share(struct tree *revision, struct tree *with,
			const struct table *changed)
{
	struct revision *self = (struct revision *)revision;

	self->with = with;
	self->changed = changed;
}

void git_revision_lend(struct tree *revision, struct tree *from,
		       const struct table *paths)
{
	struct revision *self = (struct revision *)revision;

	self->lender = from;
	self->lent = paths;
}

static const struct tree_class revision_class = {
	.stat = revision_stat,
	.read = revision_read,
	.list = revision_list,
	.readlink = revision_readlink,
	.display = revision_display,
	.close = revision_close,
};

struct tree *git_open_revision(struct git *self, struct diag_sink *diags,
			       const char *revision, const char *here,
			       uint64_t file_limit)
{
	struct arena *arena;
	struct revision *tree;
	git_oid found;

	if (!git_find_tree(self, diags, revision, &found))
		return NULL;
	arena = arena_new();
	tree = arena_zalloc(arena, sizeof(*tree));
	tree->arena = arena;
	tree->git = self;
	tree->here = arena_strdup(arena, here);
	tree->root.own.mode = GIT_FILEMODE_TREE;
	tree->root.own.id = found;
	tree_init(&tree->tree, &revision_class, file_limit);
	return &tree->tree;
}
