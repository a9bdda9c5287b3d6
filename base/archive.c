/*
 * Reading of archives: the headers of tar in its dialects (V7, ustar, pax and
 * GNU's long names), with the leniency and the complaints of archive/tar.
 */
#include "base/archive.h"

#include <string.h>

#include "base/arena.h"
#include "base/gunzip.h"
#include "base/number.h"

enum {
	BLOCK = 512,
	SPECIAL_MAX = 1 << 20, /* of names and records in front of a member */
};

/* Where the fields of a header are. */
enum {
	AT_NAME = 0,
	AT_SIZE = 124,
	AT_SUM = 148,
	AT_KIND = 156,
	AT_MAGIC = 257,
	AT_PREFIX = 345,
	LEN_NAME = 100,
	LEN_NUMBER = 12,
	LEN_SUM = 8,
	LEN_PREFIX = 155,
};

struct header {
	char block[BLOCK];
	const char *name;
	uint64_t size;
	char kind;
};

struct unpacking {
	struct arena *arena;
	struct gunzip gunzip;
	const struct archive_limits *limits;
	uint64_t left; /* bytes that members may still have */
	uint64_t overhead;
	size_t padding;   /* behind the member read last */
	const char *name; /* what comes in front of a header says, or NULL */
	bool sized;
	uint64_t size;
	enum archive_status status;
	const char *problem;
};

static const char invalid[] = "archive/tar: invalid tar header";
static const char short_text[] = "unexpected EOF";

/* Failing; always false. */

static bool broken(struct unpacking *unpacking, const char *problem)
{
	unpacking->status = ARCHIVE_BROKEN;
	unpacking->problem = problem;
	return false;
}

/* What Go's readers say where the bytes end. */
static bool ended(struct unpacking *unpacking)
{
	const struct gunzip *gunzip = &unpacking->gunzip;

	switch (gunzip->status) {
	case GUNZIP_MORE:
	case GUNZIP_END:
	case GUNZIP_SHORT:
		break;
	case GUNZIP_CORRUPT:
		return broken(unpacking,
			      arena_printf(unpacking->arena,
					   "flate: corrupt input before "
					   "offset %zu",
					   gunzip->fault_at));
	case GUNZIP_HEADER:
		return broken(unpacking, "gzip: invalid header");
	case GUNZIP_SUM:
		return broken(unpacking, "gzip: invalid checksum");
	}
	return broken(unpacking, short_text);
}

/* Reading. */

/* Bytes between members count too: a million empty ones are a bomb. */
static bool count_overhead(struct unpacking *unpacking, uint64_t bytes)
{
	unpacking->overhead += bytes;
	if (unpacking->overhead <= unpacking->limits->total)
		return true;
	return broken(
		unpacking,
		arena_printf(unpacking->arena,
			     "what lies between the files of the archive "
			     "has more than %llu bytes (--limit "
			     "archive-size)",
			     (unsigned long long)unpacking->limits->total));
}

static bool pass_over(struct unpacking *unpacking, uint64_t count)
{
	char block[BLOCK];

	if (!count_overhead(unpacking, count))
		return false;
	while (count) {
		size_t want = count < BLOCK ? (size_t)count : BLOCK;

		if (gunzip_read(&unpacking->gunzip, block, want) < want)
			return ended(unpacking);
		count -= want;
	}
	return true;
}

/* A text of the archive; NULL: it ends before. */
static char *read_text(struct unpacking *unpacking, uint64_t size)
{
	char *text = arena_alloc(unpacking->arena, (size_t)size + 1);

	if (gunzip_read(&unpacking->gunzip, text, (size_t)size) < size) {
		ended(unpacking);
		return NULL;
	}
	text[size] = '\0';
	unpacking->padding = (size_t)(-size % BLOCK);
	return text;
}

static bool is_zero(const char *block)
{
	size_t i;

	for (i = 0; i < BLOCK; i++)
		if (block[i])
			return false;
	return true;
}

/* False at the end as well: two blocks of zeros, or nothing any more. */
static bool read_block(struct unpacking *unpacking, char *block)
{
	struct gunzip *gunzip = &unpacking->gunzip;
	size_t got = 0, zeros;

	if (!count_overhead(unpacking, BLOCK))
		return false;
	got = gunzip_read(gunzip, block, unpacking->padding);
	if (got < unpacking->padding)
		return gunzip->status != GUNZIP_END && ended(unpacking);
	unpacking->padding = 0;
	for (zeros = 0; zeros < 2; zeros++) {
		got = gunzip_read(gunzip, block, BLOCK);
		if (!got && gunzip->status == GUNZIP_END)
			return false;
		if (got < BLOCK)
			return ended(unpacking);
		if (!is_zero(block))
			return !zeros || broken(unpacking, invalid);
	}
	return false;
}

/* Fields. */

/* Octal with space and NUL around it, or a binary number behind a mark. */
static bool parse_number(const char *field, size_t len, uint64_t *number)
{
	size_t i = 0;

	*number = 0;
	if (field[0] & 0x80) {
		if (field[0] & 0x40)
			return false; /* below zero */
		for (i = 0; i < len; i++) {
			const unsigned char byte = (unsigned char)field[i];

			if (*number >> 55)
				return false;
			*number = *number << 8 | (i ? byte : byte & 0x3f);
		}
		return true;
	}
	while (len && (field[0] == ' ' || !field[0]))
		field++, len--;
	while (len && (field[len - 1] == ' ' || !field[len - 1]))
		len--;
	for (i = 0; i < len && field[i]; i++) {
		if (field[i] < '0' || field[i] > '7' || *number >> 60)
			return false;
		*number = *number << 3 | (uint64_t)(field[i] - '0');
	}
	return true;
}

/* The bytes of a header with its sum as spaces, signed or not. */
static bool sum_holds(const char *block)
{
	uint64_t wanted;
	int64_t plain = 0, with_sign = 0;
	size_t i;

	if (!parse_number(block + AT_SUM, LEN_SUM, &wanted))
		return false;
	for (i = 0; i < BLOCK; i++) {
		const char byte =
			i >= AT_SUM && i < AT_SUM + LEN_SUM ? ' ' : block[i];

		plain += (unsigned char)byte;
		with_sign += (signed char)byte;
	}
	return (int64_t)wanted == plain || (int64_t)wanted == with_sign;
}

static const char *field_text(struct unpacking *unpacking, const char *field,
			      size_t len)
{
	const char *nul = memchr(field, 0, len);

	return arena_strndup(unpacking->arena, field,
			     nul ? (size_t)(nul - field) : len);
}

/* Numbers that nobody asks for have to be numbers nevertheless. */
static bool fields_are_numbers(const char *block)
{
	static const struct {
		uint16_t at;
		uint16_t len;
	} old[] = { { 100, 8 }, { 108, 8 }, { 116, 8 }, { 136, 12 } },
	  newer[] = { { 329, 8 }, { 337, 8 } };
	uint64_t number;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(old); i++)
		if (!parse_number(block + old[i].at, old[i].len, &number) &&
		    !(block[old[i].at] & 0x80))
			return false;
	if (memcmp(block + AT_MAGIC, "ustar", 5) != 0)
		return true;
	for (i = 0; i < ARRAY_COUNT(newer); i++)
		if (!parse_number(block + newer[i].at, newer[i].len, &number) &&
		    !(block[newer[i].at] & 0x80))
			return false;
	return true;
}

static bool read_header(struct unpacking *unpacking, struct header *header)
{
	const char *block = header->block, *prefix;

	if (!read_block(unpacking, header->block))
		return false;
	if (!sum_holds(block) || !fields_are_numbers(block) ||
	    !parse_number(block + AT_SIZE, LEN_NUMBER, &header->size))
		return broken(unpacking, invalid);
	header->kind = block[AT_KIND];
	header->name = field_text(unpacking, block + AT_NAME, LEN_NAME);
	if (memcmp(block + AT_MAGIC, "ustar\0", 6) != 0 || !block[AT_PREFIX])
		return true;
	prefix = field_text(unpacking, block + AT_PREFIX, LEN_PREFIX);
	header->name =
		arena_printf(unpacking->arena, "%s/%s", prefix, header->name);
	return true;
}

/* What stands in front of a header. */

/* One "LENGTH KEY=VALUE\n"; false: it is none. */
static bool take_record(struct unpacking *unpacking, const char **at,
			const char *end)
{
	const char *space = memchr(*at, ' ', (size_t)(end - *at));
	const char *key, *equal, *last;
	uint64_t length;

	if (!space ||
	    number_parse_uint(*at, (size_t)(space - *at), 10, &length) !=
		    NUMBER_OK ||
	    length < 5 || length > (uint64_t)(end - *at))
		return false;
	key = space + 1;
	last = *at + length - 1;
	if (key >= last || *last != '\n')
		return false;
	equal = memchr(key, '=', (size_t)(last - key));
	if (!equal || equal == key)
		return false;
	if (equal - key == 4 && memcmp(key, "path", 4) == 0) {
		if (memchr(equal, 0, (size_t)(last - equal)))
			return false;
		unpacking->name = arena_strndup(unpacking->arena, equal + 1,
						(size_t)(last - equal - 1));
	} else if (equal - key == 4 && memcmp(key, "size", 4) == 0) {
		if (number_parse_uint(equal + 1, (size_t)(last - equal - 1), 10,
				      &unpacking->size) != NUMBER_OK)
			return false;
		unpacking->sized = true;
	} else if (equal - key >= 11 && memcmp(key, "GNU.sparse.", 11) == 0) {
		return false; /* nobody packs charts with holes in them */
	}
	*at = last + 1;
	return true;
}

static bool read_special(struct unpacking *unpacking,
			 const struct header *header)
{
	const char *text, *at;

	if (header->size > SPECIAL_MAX)
		return broken(unpacking, "archive/tar: header field too long");
	if (!count_overhead(unpacking, header->size))
		return false;
	text = at = read_text(unpacking, header->size);
	if (!text)
		return false;
	if (header->kind == 'L')
		unpacking->name = text;
	while (header->kind == 'x' && at < text + header->size)
		if (!take_record(unpacking, &at, text + header->size))
			return broken(unpacking, invalid);
	return true;
}

/* Members. */

static bool is_special(char kind)
{
	return kind == 'x' || kind == 'L' || kind == 'K';
}

static bool is_folder(const struct header *header)
{
	uint64_t mode;
	size_t len = strlen(header->name);

	return header->kind == '5' ||
	       (!header->kind && len && header->name[len - 1] == '/') ||
	       (parse_number(header->block + 100, 8, &mode) &&
		(mode & ~07777ull) == 040000);
}

/* Links, devices, folders and pipes have no text, whatever their size says. */
static bool has_text(const struct header *header)
{
	return !header->kind || !strchr("123456", header->kind);
}

static bool take_member(struct unpacking *unpacking,
			const struct header *header,
			struct archive_members *members)
{
	struct archive_member member = { .name = header->name, .text = "" };
	const uint64_t size = has_text(header) ? header->size : 0;

	if (header->kind == 'S')
		return broken(unpacking, invalid);
	if (header->kind == 'g' || is_folder(header)) {
		unpacking->padding = (size_t)(-size % BLOCK);
		return pass_over(unpacking, size);
	}
	if (size > unpacking->left || size > unpacking->limits->file) {
		unpacking->status = size > unpacking->left
					    ? ARCHIVE_TOO_LARGE
					    : ARCHIVE_FILE_TOO_LARGE;
		vec_push(unpacking->arena, members, member);
		return false;
	}
	if (size)
		member.text = read_text(unpacking, size);
	if (!member.text)
		return false;
	member.len = (size_t)size;
	unpacking->left -= size;
	vec_push(unpacking->arena, members, member);
	return true;
}

static bool next_member(struct unpacking *unpacking,
			struct archive_members *members)
{
	struct header header;

	unpacking->name = NULL;
	unpacking->sized = false;
	do {
		if (!read_header(unpacking, &header))
			return false;
		if (is_special(header.kind) &&
		    !read_special(unpacking, &header))
			return false;
	} while (is_special(header.kind));
	if (unpacking->name)
		header.name = unpacking->name;
	if (unpacking->sized)
		header.size = unpacking->size;
	return take_member(unpacking, &header, members);
}

enum archive_status archive_unpack(struct arena *arena, const char *bytes,
				   size_t len,
				   const struct archive_limits *limits,
				   struct archive_members *members,
				   const char **problem)
{
	struct unpacking unpacking = { .arena = arena,
				       .limits = limits,
				       .left = limits->total };

	*problem = NULL;
	if (len < 3 || memcmp(bytes, "\x1f\x8b\x08", 3) != 0)
		return ARCHIVE_NOT_GZIP;
	gunzip_init(&unpacking.gunzip, arena, bytes, len);
	while (next_member(&unpacking, members))
		;
	*problem = unpacking.problem;
	return unpacking.status;
}
