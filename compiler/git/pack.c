/*
 * Packs: the index of each says at which byte of it an object begins, as a
 * text or as what is to be changed in another one.
 */
#include <string.h>

#include "base/arena.h"
#include "base/big_endian.h"
#include "base/gunzip.h"
#include "base/pool.h"
#include "base/sha.h"
#include "base/tree.h"
#include "base/vec.h"
#include "compiler/git/store.h"

enum {
	HEADER = 8,        /* of an index */
	FANOUT = 256 * 4,  /* how many ids begin with this byte or a lower */
	CHAIN_MAX = 10000, /* texts that one is made from */
	DELTA_OFFSET = 6,  /* kinds of entries beside those of objects */
	DELTA_ID = 7,
	TRAILER = SHA1_BYTES,
	SIZES_MAX = 20, /* bytes of two sizes */
};

static const uint64_t file_max = (uint64_t)1 << 36;

struct pack {
	const char *name; /* of its index, without ".idx" */
	const unsigned char *index;
	size_t index_len;
	uint32_t count;
	const unsigned char *bytes; /* NULL: not opened yet */
	size_t len;
};

struct git_packs {
	struct arena *arena;
	struct tree *tree;
	struct pool_lock *lock;
	bool opened;
	VEC(struct pack) packs;
};

struct git_packs *git_packs_open(struct arena *arena, struct tree *tree)
{
	struct git_packs *packs = arena_zalloc(arena, sizeof(*packs));

	packs->arena = arena;
	packs->tree = tree;
	packs->lock = pool_lock_new(arena);
	return packs;
}

static bool read_file(struct git_packs *self, const char *name, const char *ext,
		      const unsigned char **bytes, size_t *len)
{
	struct tree_text text;

	if (self->tree->class->read(
		    self->tree,
		    arena_printf(self->arena, "objects/pack/%s%s", name, ext),
		    self->arena, file_max, &text) != TREE_OK)
		return false;
	*bytes = (const unsigned char *)text.at;
	*len = text.len;
	return true;
}

static void add_pack(struct git_packs *self, const char *name)
{
	struct pack pack = { .name = name };
	uint64_t needed;

	if (!read_file(self, name, ".idx", &pack.index, &pack.index_len) ||
	    pack.index_len < HEADER + FANOUT + 2 * TRAILER ||
	    memcmp(pack.index, "\377tOc\0\0\0\2", HEADER) != 0)
		return;
	pack.count = big_endian_32(pack.index + HEADER + FANOUT - 4);
	needed = HEADER + FANOUT + (uint64_t)pack.count * (SHA1_BYTES + 4 + 4);
	if (needed + 2 * TRAILER <= pack.index_len)
		vec_push(self->arena, &self->packs, pack);
}

static void open_all(struct git_packs *self)
{
	struct tree_listing listing;
	size_t i;

	self->opened = true;
	if (self->tree->class->list(self->tree, "objects/pack", self->arena,
				    false, &listing) != TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		size_t len = strlen(name);

		if (len > 4 && strcmp(name + len - 4, ".idx") == 0)
			add_pack(self,
				 arena_strndup(self->arena, name, len - 4));
	}
}

static void open_pack(struct git_packs *self, struct pack *pack)
{
	const unsigned char *bytes;

	if (!pack->bytes &&
	    read_file(self, pack->name, ".pack", &bytes, &pack->len) &&
	    pack->len > TRAILER && memcmp(bytes, "PACK\0\0\0\2", HEADER) == 0)
		pack->bytes = bytes;
}

static const unsigned char *id_at(const struct pack *pack, uint32_t at)
{
	return pack->index + HEADER + FANOUT + (size_t)at * SHA1_BYTES;
}

/* Its number among the ids, which are sorted. */
static bool find_id(const struct pack *pack, const unsigned char *id,
		    uint32_t *at)
{
	const unsigned char *fanout = pack->index + HEADER;
	uint32_t low = id[0] ? big_endian_32(fanout + 4 * (id[0] - 1)) : 0;
	uint32_t high = big_endian_32(fanout + 4 * id[0]);

	if (high > pack->count)
		return false;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = memcmp(id_at(pack, middle), id, SHA1_BYTES);

		if (order == 0) {
			*at = middle;
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Behind the ids their sums, then where they begin; large ones elsewhere. */
static bool find_offset(const struct pack *pack, const unsigned char *id,
			uint64_t *offset)
{
	const unsigned char *offsets =
		id_at(pack, pack->count) + (size_t)pack->count * 4;
	const unsigned char *large = offsets + (size_t)pack->count * 4;
	uint32_t at, small;
	size_t left;

	if (!find_id(pack, id, &at))
		return false;
	small = big_endian_32(offsets + (size_t)at * 4);
	*offset = small;
	if (!(small & 0x80000000u))
		return true;
	small &= 0x7fffffffu;
	left = (size_t)(pack->index + pack->index_len - large);
	if ((uint64_t)small * 8 + 8 > left)
		return false;
	*offset = big_endian_64(large + (size_t)small * 8);
	return true;
}

/* An entry, and where what is packed begins. */
struct entry {
	unsigned kind;
	uint64_t size;
	uint64_t base; /* of a change: where the other one is */
	size_t at;
};

static bool read_offset(const struct pack *pack, size_t *at, uint64_t *offset)
{
	unsigned char byte;

	*offset = 0;
	do {
		if (*at >= pack->len || *offset > file_max)
			return false;
		byte = pack->bytes[(*at)++];
		*offset = *offset << 7 | (byte & 0x7f);
		*offset += byte >> 7; /* so that each number is written once */
	} while (byte & 0x80);
	return true;
}

static bool read_entry(const struct pack *pack, uint64_t offset,
		       struct entry *entry)
{
	unsigned shift = 4;
	unsigned char byte;

	if (offset < HEADER + 4 || offset >= pack->len - TRAILER)
		return false;
	entry->at = (size_t)offset;
	byte = pack->bytes[entry->at++];
	entry->kind = byte >> 4 & 7;
	entry->size = byte & 15;
	for (; byte & 0x80 && shift < 60; shift += 7) {
		if (entry->at >= pack->len)
			return false;
		byte = pack->bytes[entry->at++];
		entry->size |= (uint64_t)(byte & 0x7f) << shift;
	}
	if (entry->kind == DELTA_OFFSET) {
		if (!read_offset(pack, &entry->at, &entry->base) ||
		    entry->base > offset)
			return false;
		entry->base = offset - entry->base;
	} else if (entry->kind == DELTA_ID) {
		if (pack->len - entry->at < SHA1_BYTES ||
		    !find_offset(pack, pack->bytes + entry->at, &entry->base))
			return false;
		entry->at += SHA1_BYTES;
	}
	return true;
}

static const unsigned char *unpack(const struct pack *pack, struct arena *arena,
				   const struct entry *entry)
{
	return (unsigned char *)git_unpack(
		arena, (const char *)pack->bytes + entry->at,
		pack->len - entry->at, entry->size);
}

struct bytes {
	const unsigned char *at;
	const unsigned char *end;
};

/* Lowest bits first. */
static bool read_size(struct bytes *in, uint64_t *size)
{
	unsigned shift = 0;

	for (*size = 0; in->at < in->end && shift < 63; shift += 7) {
		*size |= (uint64_t)(*in->at & 0x7f) << shift;
		if (!(*in->at++ & 0x80))
			return true;
	}
	return false;
}

/* Up to `count` bytes of a number, those that `bits` says are there. */
static bool read_some(struct bytes *in, unsigned bits, unsigned count,
		      size_t *number)
{
	unsigned i;

	*number = 0;
	for (i = 0; i < count; i++) {
		if (!(bits >> i & 1))
			continue;
		if (in->at == in->end)
			return false;
		*number |= (size_t)*in->at++ << 8 * i;
	}
	return true;
}

/* Pieces of the other text, and new ones. */
static bool apply(struct bytes in, struct arena *arena, struct git_text *text)
{
	uint64_t before, after;
	size_t from, len, done = 0;
	char *made;

	if (!read_size(&in, &before) || !read_size(&in, &after) ||
	    before != text->len || after > (uint64_t)1 << 30)
		return false;
	made = arena_alloc(arena, after + 1);
	while (in.at < in.end) {
		unsigned what = *in.at++;
		const char *piece = (const char *)in.at;

		if (what & 0x80) {
			if (!read_some(&in, what, 4, &from) ||
			    !read_some(&in, what >> 4, 3, &len))
				return false;
			len = len ? len : 0x10000;
			if (from > before || len > before - from)
				return false;
			piece = text->at + from;
		} else {
			len = what;
			if (!len || (size_t)(in.end - in.at) < len)
				return false;
			in.at += len;
		}
		if (len > after - done)
			return false;
		memcpy(made + done, piece, len);
		done += len;
	}
	made[done] = '\0';
	text->at = made;
	text->len = done;
	return done == after;
}

VEC_TYPE(changes, struct entry);

/* The text that is whole, and what to change in it, the last one first. */
static bool read_chain(const struct pack *pack, uint64_t offset,
		       struct arena *arena, struct changes *changes,
		       struct entry *whole)
{
	for (;;) {
		if (changes->count > CHAIN_MAX ||
		    !read_entry(pack, offset, whole))
			return false;
		if (whole->kind != DELTA_OFFSET && whole->kind != DELTA_ID)
			break;
		vec_push(arena, changes, *whole);
		offset = whole->base;
	}
	return whole->kind >= GIT_OBJECT_COMMIT &&
	       whole->kind <= GIT_OBJECT_TAG;
}

/* The text after one change, which is in `arena` then. */
static bool change(const struct pack *pack, const struct entry *entry,
		   struct arena *arena, struct git_text *text)
{
	struct bytes in;

	in.at = unpack(pack, arena, entry);
	if (!in.at)
		return false;
	in.end = in.at + entry->size;
	return apply(in, arena, text);
}

/* A chain may be long: no more is kept of it than the text before. */
static bool read_text(const struct pack *pack, uint64_t offset,
		      struct arena **scratch, struct git_text *text)
{
	struct changes changes = { 0 };
	struct entry entry;

	if (!read_chain(pack, offset, scratch[0], &changes, &entry))
		return false;
	text->type = (git_object_t)entry.kind;
	text->len = (size_t)entry.size;
	text->at = (const char *)unpack(pack, scratch[1], &entry);
	while (text->at && changes.count) {
		struct arena *next = arena_new();
		bool good = change(pack, &changes.items[--changes.count], next,
				   text);

		arena_free(scratch[1]);
		scratch[1] = next;
		if (!good)
			return false;
	}
	return text->at != NULL;
}

/* They are few: a look into each takes less than to sort them by use. */
static struct pack *find_pack(struct git_packs *self, const git_oid *id,
			      uint64_t *offset)
{
	struct pack *found = NULL;
	size_t i;

	pool_lock(self->lock);
	if (!self->opened)
		open_all(self);
	for (i = 0; i < self->packs.count && !found; i++)
		if (find_offset(&self->packs.items[i], id->id, offset))
			found = &self->packs.items[i];
	if (found)
		open_pack(self, found);
	pool_unlock(self->lock);
	return found && found->bytes ? found : NULL;
}

bool git_packs_read(struct git_packs *self, const git_oid *id,
		    struct arena *arena, struct git_text *text)
{
	uint64_t offset;
	const struct pack *pack = find_pack(self, id, &offset);
	struct arena *scratch[2];
	bool good;

	if (!pack)
		return false;
	scratch[0] = arena_new_small();
	scratch[1] = arena_new();
	good = read_text(pack, offset, scratch, text);
	if (good)
		text->at = arena_strndup(arena, text->at, text->len);
	arena_free(scratch[0]);
	arena_free(scratch[1]);
	return good;
}

/* A change begins with the size of what it changes, and that of the result. */
static bool read_changed_size(const struct pack *pack,
			      const struct entry *entry, uint64_t *size)
{
	struct arena *scratch = arena_new();
	unsigned char start[SIZES_MAX];
	struct bytes in = { start, start };
	struct gunzip gunzip;
	bool good;

	gunzip_init_zlib(&gunzip, scratch,
			 (const char *)pack->bytes + entry->at,
			 pack->len - entry->at);
	in.end += gunzip_read(&gunzip, (char *)start, sizeof(start));
	good = read_size(&in, size) && read_size(&in, size);
	arena_free(scratch);
	return good;
}

bool git_packs_size(struct git_packs *self, const git_oid *id, uint64_t *size)
{
	uint64_t offset;
	const struct pack *pack = find_pack(self, id, &offset);
	struct entry entry;

	if (!pack || !read_entry(pack, offset, &entry))
		return false;
	if (entry.kind == DELTA_OFFSET || entry.kind == DELTA_ID)
		return read_changed_size(pack, &entry, size);
	*size = entry.size;
	return true;
}
