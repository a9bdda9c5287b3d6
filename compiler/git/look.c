/*
 * The work tree as it lies on disk beside what is staged.  libgit2 could do it,
 * but looks at one file after the other, and reads no split or sparse index.
 *
 * A file with the size and times that the index has is taken as unchanged, as
 * Git does; what was written after the index may have changed within the same
 * tick of the clock, and is read, as is all that looks different.
 */
#include "compiler/git/look.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/sha.h"
#include "base/str.h"
#include "base/tree_disk.h"
#include "compiler/git/private.h"
#include "compiler/options.h"

enum {
	SHARE = 32 /* folders that one thread looks at at a time */
};

enum comparison_answer {
	SAME,
	CHANGED,
	FILTERED /* it reads differently, and filters may undo that */
};

static struct tracked_dir *place_at(struct git_look *self, const char *path,
				    size_t len)
{
	struct tracked_dir *place = table_get(&self->known, path, len);
	size_t end = len;

	if (place)
		return place;
	place = arena_zalloc(self->arena, sizeof(*place));
	place->path = arena_strndup(self->arena, path, len);
	while (end && path[end - 1] != '/')
		end--;
	if (len)
		place->parent = place_at(self, path, end ? end - 1 : 0);
	table_put(&self->known, place->path, len, place);
	vec_push(self->arena, &self->places, place);
	return place;
}

/* Most files lie in the same folder as the one before. */
static bool is_in(const struct tracked_dir *place, const char *path, size_t len)
{
	return place && strncmp(place->path, path, len) == 0 &&
	       !place->path[len];
}

static void find_places(struct git_look *self)
{
	struct tracked_dir *place = NULL;
	size_t i;

	place_at(self, "", 0);
	for (i = 0; i < self->file->entries.count; i++) {
		const struct git_entry *entry = &self->file->entries.items[i];
		size_t len = (size_t)(path_name(entry->path) - entry->path);

		len -= len > 0;
		if (!is_in(place, entry->path, len))
			place = place_at(self, entry->path, len);
		vec_push(self->arena, &place->entries, entry);
	}
}

static bool is_later(const struct disk_stamp *one,
		     const struct disk_stamp *other)
{
	return one->written > other->written ||
	       (one->written == other->written &&
		one->written_rest >= other->written_rest);
}

/* Who writes an index may leave out parts of seconds, and cuts numbers. */
static bool is_same_time(int64_t time, uint32_t rest, int64_t known,
			 uint32_t known_rest)
{
	return (uint32_t)time == (uint32_t)known &&
	       (rest == known_rest || !known_rest);
}

static bool looks_same(const struct git_index_file *index,
		       const struct git_entry *entry,
		       const struct disk_file *file)
{
	const struct disk_stamp *was = &entry->stamp, *is = &file->stamp;

	/* A size of 0 may be Git's sign for "read it". */
	return was->size && (uint32_t)is->size == was->size &&
	       (uint32_t)is->inode == was->inode &&
	       is_same_time(is->written, is->written_rest, was->written,
			    was->written_rest) &&
	       is_same_time(is->changed, is->changed_rest, was->changed,
			    was->changed_rest) &&
	       !is_later(is, &index->stamp);
}

bool git_is_same_on_disk(struct git *self, struct arena *arena,
			 const char *path)
{
	const struct git_entry *entry =
		self->index ? git_index_seek(self->index, path) : NULL;
	struct disk_file file = { .kind = TREE_FILE };

	return entry && !entry->stage &&
	       git_kind_of(entry->mode) == TREE_FILE &&
	       disk_stamp_of(path_join(arena, self->root, path), &file.stamp) &&
	       looks_same(self->index, entry, &file);
}

static bool has_id(struct arena *arena, const struct git_entry *entry,
		   const char *text, size_t len)
{
	unsigned char id[SHA1_BYTES];
	struct str blob;

	str_init(&blob, arena);
	str_printf(&blob, "blob %zu", len);
	str_putc(&blob, '\0');
	str_put(&blob, text, len);
	sha1(blob.text, blob.len, id);
	return memcmp(id, entry->id.id, sizeof(id)) == 0;
}

/*
 * The library knows two filters: one for ends of lines, one for "$Id$".  What
 * it has to look up to know whether they are on takes longer than the rest.
 */
static bool may_be_filtered(const char *text, size_t len)
{
	const char *end = text + len, *at = text;

	if (memchr(text, '\r', len))
		return true;
	while ((at = memchr(at, '$', (size_t)(end - at))) != NULL)
		if (end - ++at >= 2 && at[0] == 'I' && at[1] == 'd')
			return true;
	return false;
}

static enum comparison_answer reads(struct git_look *self,
				    const struct git_entry *entry,
				    const struct disk_file *file)
{
	enum comparison_answer answer = CHANGED;
	struct tree *tree = self->tree;
	struct arena *scratch = arena_new();
	bool link = file->kind == TREE_LINK;
	struct tree_text text = { .at = NULL };
	enum tree_status status =
		link ? tree->class->readlink(tree, entry->path, scratch,
					     &text.at)
		     : tree->class->read(tree, entry->path, scratch,
					 SIZE_MAX >> 1, &text);

	if (status == TREE_OK) {
		if (link)
			text.len = strlen(text.at);
		if (has_id(scratch, entry, text.at, text.len))
			answer = SAME;
		else if (!link && may_be_filtered(text.at, text.len))
			answer = FILTERED;
	}
	arena_free(scratch);
	return answer;
}

static enum comparison_answer look_at(struct git_look *self,
				      const struct git_entry *entry,
				      const struct disk_file *file)
{
	if (entry->stage || git_kind_of(entry->mode) != file->kind)
		return CHANGED;
	return looks_same(self->file, entry, file) ? SAME
						   : reads(self, entry, file);
}

static const char *path_in(struct arena *arena, const struct tracked_dir *place,
			   const char *name)
{
	return *place->path ? arena_printf(arena, "%s/%s", place->path, name)
			    : name;
}

void git_note_change(struct arena *arena, struct git_changes *changes,
		     const char *path, bool deleted)
{
	const struct git_change change = { .path = path, .deleted = deleted };

	vec_push(arena, changes, change);
}

/* NULL: it is no longer there, or as a folder. */
static const struct disk_file *find_file(const struct disk_files *files,
					 size_t *at, const char *name)
{
	while (*at < files->count && strcmp(files->items[*at].name, name) < 0)
		++*at;
	if (*at == files->count || strcmp(files->items[*at].name, name) != 0 ||
	    files->items[*at].kind == TREE_DIR)
		return NULL;
	return &files->items[*at];
}

/* What the user vouches for is not looked at. */
static void compare_entries(struct git_look *self, struct tracked_dir *place,
			    const struct disk_files *files, struct arena *arena)
{
	size_t at = 0, i;

	for (i = 0; i < place->entries.count; i++) {
		const struct git_entry *entry = place->entries.items[i];
		const struct disk_file *file =
			find_file(files, &at, path_name(entry->path));
		enum comparison_answer answer;

		if (git_kind_of(entry->mode) == TREE_OTHER)
			vec_push(arena, &place->modules, entry);
		if (entry->trusted || git_kind_of(entry->mode) == TREE_OTHER)
			continue;
		answer = file ? look_at(self, entry, file) : CHANGED;
		if (answer == FILTERED)
			vec_push(arena, &place->filtered, entry->path);
		else if (answer == CHANGED)
			git_note_change(arena, &place->changes, entry->path,
					!file);
	}
}

/* A folder in the place of a tracked file is not tracked; a submodule is. */
static bool is_entry(const struct tracked_dir *place, size_t *at,
		     const struct disk_file *file)
{
	const struct git_entry *entry;

	while (*at < place->entries.count &&
	       strcmp(path_name(place->entries.items[*at]->path), file->name) <
		       0)
		++*at;
	if (*at == place->entries.count)
		return false;
	entry = place->entries.items[*at];
	return strcmp(path_name(entry->path), file->name) == 0 &&
	       (file->kind != TREE_DIR ||
		git_kind_of(entry->mode) == TREE_OTHER);
}

static void find_untracked(struct git_look *self, struct tracked_dir *place,
			   const struct disk_files *files, struct arena *arena)
{
	struct tracked_dir *inner;
	size_t at = 0, i;

	for (i = 0; i < files->count; i++) {
		const struct disk_file *file = &files->items[i];
		const char *path;

		if (is_entry(place, &at, file) ||
		    strcmp(file->name, ".git") == 0)
			continue;
		path = path_in(arena, place, file->name);
		inner = file->kind == TREE_DIR ? table_gets(&self->known, path)
					       : NULL;
		if (inner) {
			inner->listed = true;
			continue;
		}
		if (file->kind == TREE_DIR)
			path = arena_join(arena, path, "/");
		vec_push(arena, &place->untracked, path);
	}
}

static void look_at_share(struct git_look *self, size_t share)
{
	struct arena *arena = self->arenas[share];
	size_t end = (share + 1) * SHARE, i;
	struct disk_files files;

	for (i = share * SHARE; i < end && i < self->places.count; i++) {
		struct tracked_dir *place = self->places.items[i];
		const char *dir = path_join(arena, self->root, place->path);

		if (!disk_folder_read(dir, arena, &files)) {
			place->gone = true;
			continue;
		}
		compare_entries(self, place, &files, arena);
		find_untracked(self, place, &files, arena);
	}
}

static void free_arena(void *arena)
{
	arena_free(arena);
}

static void close_tree(void *tree)
{
	tree_close(tree);
}

static void make_shares(struct git_look *self)
{
	size_t i;

	self->tree = tree_disk_open(self->root, self->root, SIZE_MAX >> 1);
	if (!self->tree)
		return;
	arena_on_free(self->arena, close_tree, self->tree);
	table_init(&self->known, self->arena);
	find_places(self);
	self->shares = (self->places.count + SHARE - 1) / SHARE;
	self->arenas =
		arena_alloc(self->arena, self->shares * sizeof(*self->arenas));
	for (i = 0; i < self->shares; i++) {
		self->arenas[i] = arena_new();
		arena_on_free(self->arena, free_arena, self->arenas[i]);
	}
}

/* What must be known before anything is looked at, by who comes first. */
static void prepare(struct git_look *self)
{
	struct git_index_file *file;

	pool_lock(self->lock);
	if (!self->ready) {
		file = arena_alloc(self->arena, sizeof(*file));
		if (git_index_parse(self->arena, self->root,
				    options_variable("GIT_INDEX_FILE"), file) &&
		    !file->sparse) {
			self->file = file;
			make_shares(self);
		}
		self->ready = true;
	}
	pool_unlock(self->lock);
}

static void look(void *context, size_t index)
{
	struct git_look *self = context;
	size_t share;

	(void)index;
	prepare(self);
	while ((share = atomic_fetch_add(&self->next, 1)) < self->shares)
		look_at_share(self, share);
}

static void end(struct git_look *self)
{
	if (self->work)
		pool_end(self->work);
	self->work = NULL;
}

/* Nobody needs what is left of it. */
static void drop(void *look)
{
	struct git_look *self = look;

	atomic_store(&self->next, SIZE_MAX >> 1);
	end(self);
	arena_free(self->arena);
}

static struct git_look *new_look(struct arena *arena, const char *root)
{
	struct arena *own = arena_new();
	struct git_look *look = arena_zalloc(own, sizeof(*look));

	look->arena = own;
	look->root = root;
	look->lock = pool_lock_new(own);
	atomic_init(&look->next, 0);
	arena_on_free(arena, drop, look);
	return look;
}

struct git_look *git_look_begin(struct arena *arena, const char *root,
				size_t workers)
{
	struct git_look *self = new_look(arena, root);

	self->work = pool_begin(arena, workers, workers, look, self);
	return self;
}

const struct git_index_file *git_look_index(struct git_look *look)
{
	prepare(look);
	return look->file;
}

struct git_look *git_look_over(struct arena *arena, const char *root,
			       const struct git_index_file *file,
			       size_t workers)
{
	struct git_look *self = new_look(arena, root);

	self->file = file;
	make_shares(self);
	self->ready = true;
	pool_run(workers, self->shares, look, self);
	return self;
}

bool git_look_end(struct git_look *look)
{
	end(look);
	return look->tree != NULL;
}
