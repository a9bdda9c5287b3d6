/*
 * The work tree compared with what is staged.  libgit2 could do it, but looks
 * at one file after the other, and reads no split or sparse index.
 *
 * A file with the size and times that the index has is taken as unchanged, as
 * Git does; what was written after the index may have changed within the same
 * tick of the clock, and is read, as is all that looks different.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/sha.h"
#include "base/source.h"
#include "base/str.h"
#include "base/tree_disk.h"
#include "base/vec.h"
#include "compiler/git/private.h"
#include "compiler/options.h"

enum {
	SHARE = 32,     /* folders that one thread looks at at a time */
	DEPTH_MAX = 64, /* of folders that hold nothing that is tracked */
};

/* A folder that holds tracked files. */
struct tracked_dir {
	const char *path;
	struct tracked_dir *parent;
	bool listed; /* as a folder, by what holds it */
	bool gone;
	VEC(const struct git_entry *) entries; /* by bytes of the name */
	struct git_changes changes;
	VEC(const char *) filtered;  /* paths; filters may undo the change */
	VEC(const char *) untracked; /* paths; of folders with a "/" */
	VEC(const struct git_entry *) modules;
};

enum comparison_answer {
	SAME,
	CHANGED,
	FILTERED /* it reads differently, and filters may undo that */
};

struct comparison {
	struct git *git;
	const struct git_index_file *file;
	struct arena *arena;
	struct tree *tree;
	struct table known; /* places by path */
	VEC(struct tracked_dir *) places;
	struct arena **arenas; /* of shares */
	struct git_changes *changes;
};

static struct tracked_dir *place_at(struct comparison *self, const char *path,
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

static void find_places(struct comparison *self)
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

static enum comparison_answer reads(struct comparison *self,
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

static enum comparison_answer look_at(struct comparison *self,
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

static void note(struct arena *arena, struct git_changes *changes,
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
static void compare_entries(struct comparison *self, struct tracked_dir *place,
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
			note(arena, &place->changes, entry->path, !file);
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

static void find_untracked(struct comparison *self, struct tracked_dir *place,
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

static void look(void *context, size_t share)
{
	struct comparison *self = context;
	struct arena *arena = self->arenas[share];
	size_t end = (share + 1) * SHARE, i;
	struct disk_files files;

	for (i = share * SHARE; i < end && i < self->places.count; i++) {
		struct tracked_dir *place = self->places.items[i];
		const char *dir =
			path_join(arena, self->git->root, place->path);

		if (!disk_folder_read(dir, arena, &files)) {
			place->gone = true;
			continue;
		}
		compare_entries(self, place, &files, arena);
		find_untracked(self, place, &files, arena);
	}
}

/* Whether filters make of a file what the index has. */
static bool filters_to(struct comparison *self, const char *path)
{
	const struct git_entry *entry = git_index_seek(self->file, path);
	git_oid id;

	return git_use_library(self->git, NULL) &&
	       git.git_repository_hashfile(
		       &id, self->git->repository,
		       path_join(self->arena, self->git->root, path),
		       GIT_OBJECT_BLOB, path) == 0 &&
	       memcmp(id.id, entry->id.id, sizeof(id.id)) == 0;
}

static void add_untracked(struct comparison *self, const char *path,
			  unsigned depth);

/* A repository of its own is not ours. */
static void enter(struct comparison *self, const char *dir, unsigned depth)
{
	const char *name = path_join(self->arena, self->git->root, dir);
	struct disk_files files;
	size_t i;

	if (depth > DEPTH_MAX || !disk_folder_read(name, self->arena, &files))
		return;
	for (i = 0; i < files.count; i++)
		if (strcmp(files.items[i].name, ".git") == 0)
			return;
	for (i = 0; i < files.count; i++)
		add_untracked(
			self,
			arena_printf(
				self->arena, "%s%s%s", dir, files.items[i].name,
				files.items[i].kind == TREE_DIR ? "/" : ""),
			depth + 1);
}

static void add_untracked(struct comparison *self, const char *path,
			  unsigned depth)
{
	if (git_is_ignored(self->git, path))
		vec_push(self->git->arena, &self->git->unseen, path);
	else if (path[strlen(path) - 1] == '/')
		enter(self, path, depth);
	else
		note(self->arena, self->changes, path, false);
}

static void note_folder(struct comparison *self, const char *path)
{
	const struct git_change change = { .path = path, .folder = true };

	vec_push(self->arena, self->changes, change);
}

static bool is_there(struct comparison *self, const char *root,
		     const char *name)
{
	struct disk_stamp stamp;

	return disk_stamp_of(path_join(self->arena, root, name), &stamp);
}

/*
 * A submodule is a repository of its own, compared with the commit of it that
 * is staged here.
 */
static void add_module(struct comparison *self, const struct git_entry *entry)
{
	const struct git_state now = { .kind = GIT_STATE_WORK_TREE,
				       .workers = 1 };
	const char *root = path_join(self->arena, self->git->root, entry->path);
	char commit[GIT_OID_HEXSZ + 1];
	struct git_changes changes = { 0 };
	struct diag_sink nobody;
	struct git *module;
	size_t i;

	/* An empty folder: nobody has checked it out. */
	if (!is_there(self, root, ".git") && is_there(self, root, "."))
		return;
	diag_sink_init(&nobody, self->arena);
	sha_hex(entry->id.id, sizeof(entry->id.id), commit);
	/* That variable is about the repository around it. */
	module = options_variable("GIT_INDEX_FILE")
			 ? NULL
			 : git_open(self->arena, &nobody, root);
	if (!module || !git_find_changes(module, self->arena, &nobody, commit,
					 &now, &changes)) {
		note_folder(self, entry->path);
		return;
	}
	for (i = 0; i < changes.count; i++) {
		struct git_change change = changes.items[i];

		change.path = path_join(self->arena, entry->path, change.path);
		vec_push(self->arena, self->changes, change);
	}
}

static void gather_gone(struct comparison *self,
			const struct tracked_dir *place)
{
	size_t i;

	for (i = 0; i < place->entries.count; i++) {
		const struct git_entry *entry = place->entries.items[i];

		if (git_kind_of(entry->mode) == TREE_OTHER)
			note_folder(self, entry->path);
		else if (!entry->trusted)
			note(self->arena, self->changes, entry->path, true);
	}
}

static void gather(struct comparison *self, struct tracked_dir *place)
{
	size_t i;

	/* Below a link that took the place of a folder nothing is any more. */
	if (place->parent && (place->parent->gone || !place->listed))
		place->gone = true;
	if (place->gone) {
		gather_gone(self, place);
		return;
	}
	for (i = 0; i < place->changes.count; i++)
		vec_push(self->arena, self->changes, place->changes.items[i]);
	for (i = 0; i < place->filtered.count; i++)
		if (!filters_to(self, place->filtered.items[i]))
			note(self->arena, self->changes,
			     place->filtered.items[i], false);
	for (i = 0; i < place->untracked.count; i++)
		add_untracked(self, place->untracked.items[i], 0);
	for (i = 0; i < place->modules.count; i++)
		add_module(self, place->modules.items[i]);
}

static void free_arena(void *arena)
{
	arena_free(arena);
}

/* Folders stand behind those that hold them. */
static void compare(struct comparison *self, size_t workers)
{
	size_t shares = (self->places.count + SHARE - 1) / SHARE, i;

	self->arenas =
		arena_alloc(self->arena, (shares + 1) * sizeof(*self->arenas));
	for (i = 0; i < shares; i++) {
		self->arenas[i] = arena_new();
		arena_on_free(self->arena, free_arena, self->arenas[i]);
	}
	pool_run(workers, shares, look, self);
	for (i = 0; i < self->places.count; i++)
		gather(self, self->places.items[i]);
}

bool git_find_unstaged(struct git *self, struct arena *arena,
		       struct diag_sink *diags, size_t workers,
		       struct git_changes *changes)
{
	struct comparison comparison = {
		.git = self,
		.file = git_index_load(self, diags),
		.arena = arena,
		.changes = changes,
	};

	if (!comparison.file)
		return false;
	comparison.tree = tree_disk_open(self->root, self->root, SIZE_MAX >> 1);
	if (!comparison.tree)
		return diag_error(diags, NULL, "%s cannot be read", self->root);
	table_init(&comparison.known, arena);
	find_places(&comparison);
	compare(&comparison, workers);
	tree_close(comparison.tree);
	return true;
}
