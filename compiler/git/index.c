#include "compiler/git/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/big_endian.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/sha.h"
#include "base/tree.h"
#include "base/tree_disk.h"
#include "compiler/git/look.h"
#include "compiler/git/private.h"
#include "compiler/options.h"

enum {
	HEADER = 12,
	CHECKSUM = 20,
	FIXED = 62, /* of an entry, in front of its name */
	MODE_AT = 24,
	ID_AT = 40,
	FLAGS_AT = 60,
	EXTENDED = 0x4000,
	ASSUME_VALID = 0x8000,
	INTENT_TO_ADD = 0x2000, /* in the second pair of flags */
	SKIP_WORK_TREE = 0x4000,
	DEPTH_MAX = 256,
	SIZE_MAX_READ = 1 << 30,
	NAME_MAX_READ = 4096 /* no system opens a longer one */
};

/* What is left to read. */
struct bytes {
	const unsigned char *at;
	const unsigned char *end;
};

/* How many bytes of the name before it a name of version 4 drops. */
static bool read_dropped(struct bytes *in, size_t *dropped)
{
	size_t number = 0;

	while (in->at < in->end && number < SIZE_MAX_READ) {
		unsigned char byte = *in->at++;

		number = number << 7 | (byte & 0x7f);
		if (!(byte & 0x80)) {
			*dropped = number;
			return true;
		}
		number++;
	}
	return false;
}

/* The name of an entry, and `in` behind it. */
static const char *read_name(struct bytes *in, struct arena *arena,
			     const unsigned char *entry, const char *before)
{
	const char *name;
	size_t dropped = 0, kept = 0;
	const unsigned char *nul;

	if (before && !read_dropped(in, &dropped))
		return NULL;
	nul = memchr(in->at, 0, (size_t)(in->end - in->at));
	if (!nul)
		return NULL;
	name = (const char *)in->at;
	in->at = nul + 1;
	if (before) {
		if (dropped > strlen(before))
			return NULL;
		kept = strlen(before) - dropped;
		return arena_join(arena, arena_strndup(arena, before, kept),
				  name);
	}
	/* Filled with up to 8 NULs to a multiple of 8. */
	in->at = entry + (((size_t)(nul - entry) + 8) & ~(size_t)7);
	return in->at <= in->end ? name : NULL;
}

static struct disk_stamp read_stamp(const unsigned char *at)
{
	const struct disk_stamp stamp = {
		.changed = big_endian_32(at),
		.changed_rest = big_endian_32(at + 4),
		.written = big_endian_32(at + 8),
		.written_rest = big_endian_32(at + 12),
		.inode = big_endian_32(at + 20),
		.size = big_endian_32(at + 36),
	};

	return stamp;
}

static bool read_entry(struct bytes *in, struct arena *arena, uint32_t version,
		       const char **before, struct git_index_file *file)
{
	const unsigned char *at = in->at;
	struct git_entry entry = { 0 };
	uint32_t flags, more = 0;

	if (in->end - at < FIXED + 2)
		return false;
	flags = big_endian_16(at + FLAGS_AT);
	entry.mode = big_endian_32(at + MODE_AT);
	entry.stage = flags >> 12 & 3;
	entry.stamp = read_stamp(at);
	memcpy(entry.id.id, at + ID_AT, sizeof(entry.id.id));
	in->at += FIXED;
	if (flags & EXTENDED) {
		more = big_endian_16(in->at);
		in->at += 2;
	}
	entry.path = read_name(in, arena, at, version == 4 ? *before : NULL);
	if (!entry.path || strlen(entry.path) > NAME_MAX_READ)
		return false;
	if (entry.mode == GIT_FILEMODE_TREE)
		file->sparse = true;
	*before = entry.path;
	entry.trusted = flags & ASSUME_VALID || more & SKIP_WORK_TREE;
	entry.intent = more & INTENT_TO_ADD;
	vec_push(arena, &file->entries, entry);
	return true;
}

static bool read_count(struct bytes *in, unsigned char end, int *count)
{
	bool minus = in->at < in->end && *in->at == '-';

	*count = 0;
	for (in->at += minus; in->at < in->end && *in->at != end; in->at++) {
		if (*in->at < '0' || *in->at > '9' ||
		    *count > SIZE_MAX_READ / 16)
			return false;
		*count = *count * 10 + (*in->at - '0');
	}
	if (in->at == in->end)
		return false;
	in->at++;
	*count = minus ? -1 : *count;
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct git_cached *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* Folder = name NUL count " " folders LF [ id ] { Folder } */
static bool read_cached(struct bytes *in, struct arena *arena,
			struct git_cached *cached, unsigned depth)
{
	const unsigned char *nul =
		memchr(in->at, 0, (size_t)(in->end - in->at));
	int entries, folders, i;

	memset(cached, 0, sizeof(*cached));
	if (!nul || depth > DEPTH_MAX)
		return false;
	cached->name = (const char *)in->at;
	in->at = nul + 1;
	if (!read_count(in, ' ', &entries) || !read_count(in, '\n', &folders))
		return false;
	cached->valid = entries >= 0;
	if (cached->valid) {
		cached->files = (size_t)entries;
		if ((size_t)(in->end - in->at) < sizeof(cached->id.id))
			return false;
		memcpy(cached->id.id, in->at, sizeof(cached->id.id));
		in->at += sizeof(cached->id.id);
	}
	for (i = 0; i < folders; i++)
		if (!read_cached(in, arena, vec_new(arena, &cached->folders),
				 depth + 1))
			return false;
	/* Git sorts them by length. */
	if (cached->folders.count > 1)
		qsort(cached->folders.items, cached->folders.count,
		      sizeof(*cached->folders.items), by_name);
	return true;
}

/* Extensions in small letters must be understood. */
static bool read_extensions(struct bytes *in, struct arena *arena,
			    struct git_index_file *file)
{
	while (in->end - in->at > 8) {
		size_t len = big_endian_32(in->at + 4);
		struct bytes inner = { in->at + 8, in->at + 8 + len };

		if (len > (size_t)(in->end - in->at) - 8)
			return false;
		if (memcmp(in->at, "link", 4) == 0 && len > CHECKSUM) {
			file->link = inner.at;
			file->link_end = inner.end;
		} else if (memcmp(in->at, "sdir", 4) != 0 &&
			   (in->at[0] < 'A' || in->at[0] > 'Z')) {
			return false;
		} else if (memcmp(in->at, "TREE", 4) == 0) {
			file->cached =
				arena_alloc(arena, sizeof(*file->cached));
			if (!read_cached(&inner, arena, file->cached, 0))
				file->cached = NULL;
		}
		in->at += 8 + len;
	}
	return true;
}

bool git_index_parse_text(struct arena *arena, const struct source *source,
			  struct git_index_file *file)
{
	const unsigned char *text = (const unsigned char *)source->text;
	struct bytes in = { text + HEADER, text + source->len - CHECKSUM };
	const char *before = "";
	uint32_t version, count, i;

	if (source->len < HEADER + CHECKSUM || memcmp(text, "DIRC", 4) != 0)
		return false;
	version = big_endian_32(text + 4);
	count = big_endian_32(text + 8);
	if (version < 2 || version > 4 || count > source->len / FIXED)
		return false;
	vec_reserve(arena, &file->entries, count + 1);
	for (i = 0; i < count; i++)
		if (!read_entry(&in, arena, version, &before, file))
			return false;
	return read_extensions(&in, arena, file);
}

/* The folder that .git is, or that the file of this name leads to. */
static const char *git_dir(struct arena *arena, struct tree_view *view,
			   const char *root)
{
	static const char front[] = "gitdir: ";
	const char *own = path_join(arena, root, ".git"), *path;
	struct source *source;
	struct tree_stat stat;

	if (tree_view_stat(view, own + 1, &stat) == TREE_OK &&
	    stat.kind == TREE_DIR)
		return own;
	if (tree_view_read(view, own + 1, SOURCE_PROJECT, &source) != TREE_OK ||
	    strncmp(source->text, front, strlen(front)) != 0)
		return NULL;
	path = source->text + strlen(front);
	return path_join(arena, root,
			 arena_strndup(arena, path, strcspn(path, "\r\n")));
}

static bool read_file(struct arena *arena, struct tree_view *view,
		      const char *path, struct git_index_file *file)
{
	struct source *source;

	return disk_stamp_of(path, &file->stamp) &&
	       tree_view_read(view, path + 1, SOURCE_PROJECT, &source) ==
		       TREE_OK &&
	       git_index_parse_text(arena, source, file);
}

/* Most of a split index lies in another file, named by its checksum. */
static bool read_base(struct arena *arena, struct tree_view *view,
		      const char *dir, struct git_index_file *file)
{
	struct git_index_file base = { 0 };
	char name[2 * CHECKSUM + 1];

	sha_hex(file->link, CHECKSUM, name);
	return read_file(arena, view,
			 path_join(arena, dir,
				   arena_join(arena, "sharedindex.", name)),
			 &base) &&
	       git_index_join(arena, file, &base);
}

/* `git add --intent-to-add`: names that have no content yet. */
static void drop_intents(struct git_index_file *file)
{
	size_t i, kept = 0;

	for (i = 0; i < file->entries.count; i++)
		if (!file->entries.items[i].intent)
			file->entries.items[kept++] = file->entries.items[i];
	file->entries.count = kept;
}

bool git_index_parse(struct arena *arena, const char *root, const char *name,
		     struct git_index_file *file)
{
	/* Whatever links lead to: Git itself is not confined either. */
	struct tree *tree = tree_disk_open("/", root, SIZE_MAX_READ);
	const char *path = NULL, *dir;
	struct tree_view view;
	bool good = false;

	memset(file, 0, sizeof(*file));
	if (!tree)
		return false;
	tree_view_init(&view, tree, arena);
	dir = git_dir(arena, &view, root);
	if (name)
		path = path_join(arena, root, name);
	else if (dir)
		path = path_join(arena, dir, "index");
	if (path)
		good = read_file(arena, &view, path, file);
	if (good && file->link)
		good = dir && read_base(arena, &view, dir, file);
	drop_intents(file);
	/* The texts live as long as the tree. */
	tree_close_with(tree, arena);
	return good;
}

static int by_path(const void *a, const void *b)
{
	const struct git_entry *one = a, *other = b;

	return strcmp(one->path, other->path);
}

void git_index_sort(struct git_index_file *file)
{
	if (file->entries.count > 1)
		qsort(file->entries.items, file->entries.count,
		      sizeof(*file->entries.items), by_path);
}

static bool load_by_library(struct git *self, struct arena *arena,
			    struct diag_sink *diags,
			    struct git_index_file *file)
{
	git_index *index;
	size_t i, count;
	int code;

	memset(file, 0, sizeof(*file));
	if (!git_use_library(self, diags))
		return false;
	code = git.git_repository_index(&index, self->repository);
	if (code < 0)
		return git_fail(diags, self, code);
	count = git.git_index_entrycount(index);
	for (i = 0; i < count; i++) {
		const git_index_entry *from =
			git.git_index_get_byindex(index, i);
		struct git_entry entry = {
			.path = arena_strdup(arena, from->path),
			.id = from->id,
			.mode = from->mode,
			.stage = (uint32_t)GIT_INDEX_ENTRY_STAGE(from),
		};

		if (!(from->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD))
			vec_push(arena, &file->entries, entry);
	}
	git.git_index_free(index);
	/* An index may be sorted without regard to case. */
	git_index_sort(file);
	return true;
}

const struct git_index_file *git_index_load(struct git *self,
					    struct diag_sink *diags)
{
	struct git_index_file *file;

	if (self->index)
		return self->index;
	self->index = self->look ? git_look_index(self->look) : NULL;
	if (self->index)
		return self->index;
	file = arena_alloc(self->arena, sizeof(*file));
	if (!git_index_parse(self->arena, self->root,
			     options_variable("GIT_INDEX_FILE"), file) &&
	    !load_by_library(self, self->arena, diags, file))
		return NULL;
	if (file->sparse && !git_index_expand(self, file)) {
		diag_error(diags, NULL,
			   "a folder of the sparse index of %s cannot be read",
			   self->root);
		return NULL;
	}
	self->index = file;
	return file;
}

size_t git_index_lower(const struct git_index_file *file, const char *path,
		       size_t len)
{
	size_t low = 0, high = file->entries.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		/* A longer path that begins with it is behind it. */
		if (strncmp(file->entries.items[middle].path, path, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct git_entry *git_index_seek(const struct git_index_file *file,
				       const char *path)
{
	size_t at = git_index_lower(file, path, strlen(path) + 1);

	if (at == file->entries.count ||
	    strcmp(file->entries.items[at].path, path) != 0)
		return NULL;
	return &file->entries.items[at];
}
