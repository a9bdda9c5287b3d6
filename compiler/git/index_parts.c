/*
 * Indexes that do not hold all names themselves: split ones, which say what
 * they change in another file, and sparse ones, in which the name of a folder
 * stands for what a tree has.
 */
#include <string.h>

#include "base/arena.h"
#include "base/tree.h"
#include "compiler/git/index.h"
#include "compiler/git/private.h"

enum {
	CHECKSUM = 20,
	WORD_BITS = 64,
	DEPTH_MAX = 256,
};

struct bytes {
	const unsigned char *at;
	const unsigned char *end;
};

static bool read_number(struct bytes *in, size_t size, uint64_t *number)
{
	if ((size_t)(in->end - in->at) < size)
		return false;
	for (*number = 0; size; size--)
		*number = *number << 8 | *in->at++;
	return true;
}

/* The bit and how often its word comes; then so many words as they are. */
struct run {
	bool bit;
	uint64_t words;
	uint64_t literals;
};

static struct run run_of(uint64_t word)
{
	const struct run run = {
		.bit = word & 1,
		.words = word >> 1 & 0xffffffff,
		.literals = word >> 33,
	};

	return run;
}

static void set_bits(bool *bits, size_t count, size_t word, uint64_t value)
{
	size_t i;

	for (i = 0; i < WORD_BITS && word * WORD_BITS + i < count; i++)
		bits[word * WORD_BITS + i] = value >> i & 1;
}

/*
 * Bitmap = bits:32 words:32 { word:64 } last:32, as EWAH packs it:
 * { Run { literal } }
 */
static bool read_bitmap(struct bytes *in, bool *bits, size_t count)
{
	uint64_t size, words, word, last;
	size_t at = 0, limit = count / WORD_BITS + 1;

	if (!read_number(in, 4, &size) || !read_number(in, 4, &words))
		return false;
	while (words) {
		struct run run;

		if (!read_number(in, 8, &word))
			return false;
		words--;
		run = run_of(word);
		if (run.literals > words)
			return false;
		for (; run.words && at <= limit; run.words--)
			set_bits(bits, count, at++, run.bit ? UINT64_MAX : 0);
		for (; run.literals; run.literals--, words--) {
			if (!read_number(in, 8, &word))
				return false;
			if (at <= limit)
				set_bits(bits, count, at++, word);
		}
	}
	return size <= count && read_number(in, 4, &last);
}

/* Entries without a name replace what the bitmap says, in this order. */
static bool join(struct arena *arena, struct git_index_file *file,
		 const struct git_index_file *base, const bool *deleted,
		 const bool *replaced)
{
	struct git_index_file joined = { 0 };
	size_t next = 0, i;

	vec_reserve(arena, &joined.entries,
		    base->entries.count + file->entries.count + 1);
	for (i = 0; i < base->entries.count; i++) {
		struct git_entry entry = base->entries.items[i];

		if (replaced[i]) {
			if (next == file->entries.count ||
			    *file->entries.items[next].path)
				return false;
			entry = file->entries.items[next++];
			entry.path = base->entries.items[i].path;
		}
		if (!deleted[i])
			vec_push(arena, &joined.entries, entry);
	}
	for (; next < file->entries.count; next++) {
		if (!*file->entries.items[next].path)
			return false;
		vec_push(arena, &joined.entries, file->entries.items[next]);
	}
	git_index_sort(&joined);
	file->entries.items = joined.entries.items;
	file->entries.count = joined.entries.count;
	file->entries.room = joined.entries.room;
	return true;
}

/* Nothing behind the checksum: the other file, as it is. */
bool git_index_join(struct arena *arena, struct git_index_file *file,
		    const struct git_index_file *base)
{
	struct bytes in = { file->link + CHECKSUM, file->link_end };
	size_t count = base->entries.count;
	bool *deleted = arena_zalloc(arena, count + 1);
	bool *replaced = arena_zalloc(arena, count + 1);

	file->sparse |= base->sparse;
	if (in.at < in.end && (!read_bitmap(&in, deleted, count) ||
			       !read_bitmap(&in, replaced, count)))
		return false;
	return !base->link && join(arena, file, base, deleted, replaced);
}

static bool expand(struct git *self, const struct git_entry *folder,
		   struct git_index_file *to, unsigned depth)
{
	struct git_items items = { 0 };
	size_t i;

	if (depth > DEPTH_MAX ||
	    git_read_items(self, &folder->id, self->arena, &items) != TREE_OK)
		return false;
	for (i = 0; i < items.count; i++) {
		struct git_entry entry = {
			.id = items.items[i].id,
			.mode = items.items[i].mode,
			.trusted = true,
		};
		bool inner = git_kind_of(entry.mode) == TREE_DIR;

		entry.path =
			arena_printf(self->arena, "%s%s%s", folder->path,
				     items.items[i].name, inner ? "/" : "");
		if (!inner)
			vec_push(self->arena, &to->entries, entry);
		else if (!expand(self, &entry, to, depth + 1))
			return false;
	}
	return true;
}

bool git_index_expand(struct git *self, struct git_index_file *file)
{
	struct git_index_file whole = { 0 };
	size_t i;

	for (i = 0; i < file->entries.count; i++) {
		const struct git_entry *entry = &file->entries.items[i];

		if (entry->mode != GIT_FILEMODE_TREE)
			vec_push(self->arena, &whole.entries, *entry);
		else if (!expand(self, entry, &whole, 0))
			return false;
	}
	git_index_sort(&whole);
	file->entries.items = whole.entries.items;
	file->entries.count = whole.entries.count;
	file->entries.room = whole.entries.room;
	file->cached = NULL;
	file->sparse = false;
	return true;
}
