/*
 * RFC 1950 to 1952.  Codes are looked up by their first bits in a table, the
 * few longer ones bit by bit.
 */
#include "base/gunzip.h"

#include <string.h>

#include "base/arena.h"

enum {
	WINDOW = 1 << 15,
	ROOM = 2 * WINDOW,
	LONGEST = 258, /* bytes that one code may stand for */
	BITS_MAX = 15,
	TABLE_BITS = 9,
	LITERALS = 288,
	DISTANCES = 30,
	ORDERS = 19,
};

/* A set of codes of different lengths; they are in the order of symbols. */
struct codes {
	uint16_t table[1 << TABLE_BITS]; /* symbol << 4 | length; 0: longer */
	unsigned bits;                   /* of the table: no more than needed */
	bool fixed;                      /* the RFC's own: no table is made */
	uint16_t count[BITS_MAX + 1];
	uint16_t symbols[LITERALS];
};

enum block {
	BLOCK_NONE,
	BLOCK_STORED,
	BLOCK_CODED,
	BLOCK_LAST, /* there is none any more */
};

struct inflate {
	uint64_t bits;
	unsigned bit_count;
	enum block block;
	bool last;
	size_t stored; /* bytes left of a stored block */
	struct codes literals;
	struct codes distances;
	unsigned char text[ROOM];
	size_t len;
	size_t given;
};

/* Bits. */

static uint64_t little_endian_64(const unsigned char *at)
{
	return at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
	       (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 |
	       (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
	       (uint64_t)at[7] << 56;
}

static void fill(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	unsigned whole = (63 - inflate->bit_count) / 8;

	/* Bits above the count are those that come next: they may be there. */
	if (inflate->bit_count < 64 && gunzip->len - gunzip->at >= 8) {
		inflate->bits |= little_endian_64(gunzip->bytes + gunzip->at)
				 << inflate->bit_count;
		gunzip->at += whole;
		inflate->bit_count += 8 * whole;
		return;
	}
	while (inflate->bit_count <= 56 && gunzip->at < gunzip->len) {
		inflate->bits |= (uint64_t)gunzip->bytes[gunzip->at++]
				 << inflate->bit_count;
		inflate->bit_count += 8;
	}
}

static bool fail(struct gunzip *gunzip, enum gunzip_status status)
{
	gunzip->status = status;
	gunzip->fault_at = gunzip->at - gunzip->inflate->bit_count / 8;
	return false;
}

static bool skip(struct gunzip *gunzip, unsigned count)
{
	struct inflate *inflate = gunzip->inflate;

	if (count > inflate->bit_count)
		return fail(gunzip, GUNZIP_SHORT);
	inflate->bits >>= count;
	inflate->bit_count -= count;
	return true;
}

static bool take(struct gunzip *gunzip, unsigned count, unsigned *value)
{
	if (gunzip->inflate->bit_count < count)
		fill(gunzip);
	*value = (unsigned)(gunzip->inflate->bits & ((1u << count) - 1));
	return skip(gunzip, count);
}

/* Codes. */

static unsigned reversed(unsigned code, unsigned length)
{
	static const unsigned char digits[] = { 0, 8, 4, 12, 2, 10, 6, 14,
						1, 9, 5, 13, 3, 11, 7, 15 };

	code = (unsigned)digits[code & 15] << 12 |
	       (unsigned)digits[code >> 4 & 15] << 8 |
	       (unsigned)digits[code >> 8 & 15] << 4 | digits[code >> 12 & 15];
	return code >> (16 - length);
}

static void fill_table(struct codes *codes, const unsigned char *lengths,
		       unsigned count)
{
	unsigned next[BITS_MAX + 2] = { 0 }, i, length, size;

	for (length = 1; length <= BITS_MAX; length++)
		next[length + 1] = (next[length] + codes->count[length]) << 1;
	for (length = BITS_MAX; length > 1 && !codes->count[length];)
		length--;
	codes->fixed = false;
	codes->bits = length < TABLE_BITS ? length : TABLE_BITS;
	size = 1u << codes->bits;
	memset(codes->table, 0, size * sizeof(*codes->table));
	for (i = 0; i < count; i++) {
		unsigned code;

		length = lengths[i];
		if (!length)
			continue;
		code = reversed(next[length]++, length);
		for (; length <= codes->bits && code < size;
		     code += 1u << length)
			codes->table[code] = (uint16_t)(i << 4 | length);
	}
}

/*
 * From the lengths of all symbols.  Codes have to use up all there is; as in
 * Go a single one of one bit may stand alone, and a set may be empty until
 * one of it is asked for.
 */
static bool make_codes(struct codes *codes, const unsigned char *lengths,
		       unsigned count)
{
	unsigned offsets[BITS_MAX + 2] = { 0 }, i, used = 0;
	long left = 1;

	memset(codes->count, 0, sizeof(codes->count));
	for (i = 0; i < count; i++)
		codes->count[lengths[i]]++;
	codes->count[0] = 0;
	for (i = 1; i <= BITS_MAX; i++) {
		left = (left << 1) - codes->count[i];
		if (left < 0)
			return false;
		offsets[i + 1] = offsets[i] + codes->count[i];
		used += codes->count[i];
	}
	for (i = 0; i < count; i++)
		if (lengths[i])
			codes->symbols[offsets[lengths[i]]++] = (uint16_t)i;
	fill_table(codes, lengths, count);
	return !left || !used || (used == 1 && codes->count[1] == 1);
}

/* A code that is longer than the table knows, bit by bit. */
static bool decode_slowly(struct gunzip *gunzip, const struct codes *codes,
			  unsigned *symbol)
{
	const uint64_t bits = gunzip->inflate->bits;
	unsigned length, code = 0, first = 0, index = 0;

	for (length = 1; length <= BITS_MAX; length++) {
		code |= bits >> (length - 1) & 1;
		if (code - first < codes->count[length]) {
			*symbol = codes->symbols[index + code - first];
			return skip(gunzip, length);
		}
		index += codes->count[length];
		first = (first + codes->count[length]) << 1;
		code <<= 1;
	}
	return fail(gunzip, gunzip->inflate->bit_count < BITS_MAX
				    ? GUNZIP_SHORT
				    : GUNZIP_CORRUPT);
}

/* Symbol << 4 | length.  A short text is read before a table were made. */
static unsigned fixed_entry(const struct inflate *inflate,
			    const struct codes *codes)
{
	const unsigned bits = (unsigned)inflate->bits;
	unsigned code;

	if (codes == &inflate->distances)
		return reversed(bits, 5) << 4 | 5;
	code = reversed(bits, 9);
	if (code < 24 << 2)
		return (256 + (code >> 2)) << 4 | 7;
	if (code < 192 << 1)
		return ((code >> 1) - 48) << 4 | 8;
	if (code < 200 << 1)
		return (280 + (code >> 1) - 192) << 4 | 8;
	return (144 + code - (200 << 1)) << 4 | 9;
}

static bool decode(struct gunzip *gunzip, const struct codes *codes,
		   unsigned *symbol)
{
	const struct inflate *inflate = gunzip->inflate;
	unsigned entry;

	if (inflate->bit_count < BITS_MAX)
		fill(gunzip);
	if (codes->fixed) {
		entry = fixed_entry(inflate, codes);
		*symbol = entry >> 4;
		return skip(gunzip, entry & 15);
	}
	entry = codes->table[inflate->bits & ((1u << codes->bits) - 1)];
	if (!entry)
		return decode_slowly(gunzip, codes, symbol);
	*symbol = entry >> 4;
	return skip(gunzip, entry & 15);
}

/* Blocks. */

/* The lengths of codes are themselves coded, and runs of them are short. */
static bool read_lengths(struct gunzip *gunzip, const struct codes *codes,
			 unsigned char *lengths, unsigned count)
{
	unsigned i = 0, symbol, times;
	unsigned char repeated;

	while (i < count) {
		if (!decode(gunzip, codes, &symbol))
			return false;
		if (symbol < 16) {
			lengths[i++] = (unsigned char)symbol;
			continue;
		}
		if (symbol == 16 && !i)
			return fail(gunzip, GUNZIP_CORRUPT);
		repeated = symbol == 16 ? lengths[i - 1] : 0;
		if (!take(gunzip,
			  symbol == 16   ? 2
			  : symbol == 17 ? 3
					 : 7,
			  &times))
			return false;
		times += symbol == 18 ? 11 : 3;
		if (times > count - i)
			return fail(gunzip, GUNZIP_CORRUPT);
		memset(lengths + i, repeated, times);
		i += times;
	}
	return true;
}

static bool read_codes(struct gunzip *gunzip)
{
	static const unsigned char order[ORDERS] = { 16, 17, 18, 0,  8, 7,  9,
						     6,  10, 5,  11, 4, 12, 3,
						     13, 2,  14, 1,  15 };
	struct inflate *inflate = gunzip->inflate;
	unsigned char lengths[LITERALS + 32] = { 0 };
	unsigned literals, distances, orders, i, length;

	if (!take(gunzip, 5, &literals) || !take(gunzip, 5, &distances) ||
	    !take(gunzip, 4, &orders))
		return false;
	literals += 257;
	distances += 1;
	if (literals > 286 || distances > DISTANCES)
		return fail(gunzip, GUNZIP_CORRUPT);
	for (i = 0; i < orders + 4; i++) {
		if (!take(gunzip, 3, &length))
			return false;
		lengths[order[i]] = (unsigned char)length;
	}
	if (!make_codes(&inflate->literals, lengths, ORDERS))
		return fail(gunzip, GUNZIP_CORRUPT);
	memset(lengths, 0, sizeof(lengths));
	if (!read_lengths(gunzip, &inflate->literals, lengths,
			  literals + distances))
		return false;
	if (!make_codes(&inflate->distances, lengths + literals, distances) ||
	    !make_codes(&inflate->literals, lengths, literals))
		return fail(gunzip, GUNZIP_CORRUPT);
	return true;
}

static bool begin_stored(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	unsigned length, complement;

	if (!skip(gunzip, inflate->bit_count % 8) ||
	    !take(gunzip, 16, &length) || !take(gunzip, 16, &complement))
		return false;
	if (length != (~complement & 0xffff))
		return fail(gunzip, GUNZIP_CORRUPT);
	inflate->stored = length;
	inflate->block = BLOCK_STORED;
	return true;
}

static bool begin_block(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	unsigned last, kind;

	if (inflate->last) {
		inflate->block = BLOCK_LAST;
		return true;
	}
	if (!take(gunzip, 1, &last) || !take(gunzip, 2, &kind))
		return false;
	inflate->last = last;
	inflate->block = BLOCK_CODED;
	if (kind == 0)
		return begin_stored(gunzip);
	if (kind == 2)
		return read_codes(gunzip);
	if (kind == 3)
		return fail(gunzip, GUNZIP_CORRUPT);
	inflate->literals.fixed = inflate->distances.fixed = true;
	return true;
}

static bool copy_stored(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	unsigned byte;

	while (inflate->stored && inflate->len < ROOM) {
		if (!take(gunzip, 8, &byte))
			return false;
		inflate->text[inflate->len++] = (unsigned char)byte;
		inflate->stored--;
	}
	if (!inflate->stored)
		inflate->block = BLOCK_NONE;
	return true;
}

/* The rest of a reference back: how long, from how far. */
static bool copy_back(struct gunzip *gunzip, unsigned symbol)
{
	static const uint16_t lengths[] = {
		3,  4,  5,  6,   7,   8,   9,   10,  11,  13,
		15, 17, 19, 23,  27,  31,  35,  43,  51,  59,
		67, 83, 99, 115, 131, 163, 195, 227, 258,
	};
	static const unsigned char length_bits[] = {
		0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
		2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
	};
	struct inflate *inflate = gunzip->inflate;
	unsigned length, distance, more, i;

	symbol -= 257;
	if (symbol >= ARRAY_COUNT(lengths))
		return fail(gunzip, GUNZIP_CORRUPT);
	if (!take(gunzip, length_bits[symbol], &more))
		return false;
	length = lengths[symbol] + more;
	if (!decode(gunzip, &inflate->distances, &symbol))
		return false;
	if (symbol >= DISTANCES)
		return fail(gunzip, GUNZIP_CORRUPT);
	distance = symbol + 1;
	if (symbol > 3) {
		const unsigned bits = symbol / 2 - 1;

		if (!take(gunzip, bits, &more))
			return false;
		distance = ((2 + symbol % 2) << bits) + more + 1;
	}
	if (distance > inflate->len)
		return fail(gunzip, GUNZIP_CORRUPT);
	for (i = 0; i < length; i++, inflate->len++)
		inflate->text[inflate->len] =
			inflate->text[inflate->len - distance];
	return true;
}

static bool copy_coded(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	unsigned symbol;

	while (inflate->len + LONGEST <= ROOM) {
		if (!decode(gunzip, &inflate->literals, &symbol))
			return false;
		if (symbol == 256) {
			inflate->block = BLOCK_NONE;
			return true;
		}
		if (symbol < 256)
			inflate->text[inflate->len++] = (unsigned char)symbol;
		else if (!copy_back(gunzip, symbol))
			return false;
	}
	return true;
}

/* Members. */

/* The fields that may stand between the fixed ones and the text. */
static bool skip_fields(struct gunzip *gunzip, unsigned flags)
{
	const unsigned char *nul;
	unsigned i;

	if (flags & 4) {
		size_t size;

		if (gunzip->len - gunzip->at < 2)
			return fail(gunzip, GUNZIP_SHORT);
		size = gunzip->bytes[gunzip->at] |
		       (size_t)gunzip->bytes[gunzip->at + 1] << 8;
		gunzip->at += 2;
		if (gunzip->len - gunzip->at < size)
			return fail(gunzip, GUNZIP_SHORT);
		gunzip->at += size;
	}
	for (i = 8; i <= 16; i <<= 1) { /* a name, a comment */
		if (!(flags & i))
			continue;
		nul = memchr(gunzip->bytes + gunzip->at, 0,
			     gunzip->len - gunzip->at);
		if (!nul)
			return fail(gunzip, GUNZIP_SHORT);
		gunzip->at = (size_t)(nul - gunzip->bytes) + 1;
	}
	if (!(flags & 2))
		return true;
	if (gunzip->len - gunzip->at < 2)
		return fail(gunzip, GUNZIP_SHORT);
	gunzip->at += 2;
	return true;
}

static void begin_text(struct inflate *inflate)
{
	inflate->bits = 0;
	inflate->bit_count = 0;
	inflate->len = inflate->given = 0;
	inflate->block = BLOCK_NONE;
	inflate->last = false;
}

static bool begin_member(struct gunzip *gunzip)
{
	const unsigned char *bytes = gunzip->bytes + gunzip->at;
	const size_t left = gunzip->len - gunzip->at;

	if (left < 10)
		return fail(gunzip, GUNZIP_SHORT);
	if (memcmp(bytes, "\x1f\x8b\x08", 3) != 0)
		return fail(gunzip, GUNZIP_HEADER);
	gunzip->at += 10;
	if (!skip_fields(gunzip, bytes[3]))
		return false;
	gunzip->sum = 0;
	gunzip->size = 0;
	begin_text(gunzip->inflate);
	return true;
}

/* Those behind the last block. */
static bool take_bytes(struct gunzip *gunzip, unsigned char *bytes,
		       unsigned count)
{
	unsigned i, byte;

	if (!skip(gunzip, gunzip->inflate->bit_count % 8))
		return false;
	for (i = 0; i < count; i++) {
		if (!take(gunzip, 8, &byte))
			return false;
		bytes[i] = (unsigned char)byte;
	}
	return true;
}

static bool end_zlib(struct gunzip *gunzip)
{
	unsigned char bytes[4];
	unsigned i;

	if (!take_bytes(gunzip, bytes, sizeof(bytes)))
		return false;
	for (i = 0; i < sizeof(bytes); i++)
		if (bytes[i] != (gunzip->sum >> 8 * (3 - i) & 0xff))
			return fail(gunzip, GUNZIP_SUM);
	gunzip->status = GUNZIP_END;
	return false;
}

static bool end_member(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	unsigned char bytes[8];
	unsigned i;

	if (!take_bytes(gunzip, bytes, sizeof(bytes)))
		return false;
	gunzip->at -= inflate->bit_count / 8;
	for (i = 0; i < 4; i++)
		if (bytes[i] != (gunzip->sum >> 8 * i & 0xff) ||
		    bytes[4 + i] != (gunzip->size >> 8 * i & 0xff))
			return fail(gunzip, GUNZIP_SUM);
	if (gunzip->at < gunzip->len)
		return begin_member(gunzip);
	gunzip->status = GUNZIP_END;
	return false;
}

/* CRC-32, four bits at a time. */
static uint32_t summed(uint32_t sum, const unsigned char *bytes, size_t len)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
		0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	size_t i;

	sum = ~sum;
	for (i = 0; i < len; i++) {
		sum ^= bytes[i];
		sum = sum >> 4 ^ table[sum & 15];
		sum = sum >> 4 ^ table[sum & 15];
	}
	return ~sum;
}

/* Adler-32: two sums, the other one of the first; no overflow in a piece. */
static uint32_t adler(uint32_t sum, const unsigned char *bytes, size_t len)
{
	enum {
		PRIME = 65521,
		PIECE = 5552
	};
	uint32_t low = sum & 0xffff, high = sum >> 16;

	while (len) {
		size_t end = len < PIECE ? len : PIECE, i;

		for (i = 0; i < end; i++) {
			low += bytes[i];
			high += low;
		}
		low %= PRIME;
		high %= PRIME;
		bytes += end;
		len -= end;
	}
	return high << 16 | low;
}

/* Some more text; what lies further back than a reference reaches goes. */
static bool produce(struct gunzip *gunzip)
{
	struct inflate *inflate = gunzip->inflate;
	size_t from;
	bool fine = true;

	if (inflate->len + LONGEST > ROOM) {
		from = inflate->len - WINDOW;
		memmove(inflate->text, inflate->text + from, WINDOW);
		inflate->len = inflate->given = WINDOW;
	}
	from = inflate->len;
	switch (inflate->block) {
	case BLOCK_NONE:
		return begin_block(gunzip);
	case BLOCK_LAST:
		return gunzip->zlib ? end_zlib(gunzip) : end_member(gunzip);
	case BLOCK_STORED:
		fine = copy_stored(gunzip);
		break;
	case BLOCK_CODED:
		fine = copy_coded(gunzip);
		break;
	}
	gunzip->sum = (gunzip->zlib ? adler : summed)(
		gunzip->sum, inflate->text + from, inflate->len - from);
	gunzip->size += (uint32_t)(inflate->len - from);
	return fine;
}

static void init(struct gunzip *gunzip, struct arena *arena, const char *bytes,
		 size_t len)
{
	memset(gunzip, 0, sizeof(*gunzip));
	gunzip->bytes = (const unsigned char *)bytes;
	gunzip->len = len;
	gunzip->inflate = arena_alloc(arena, sizeof(*gunzip->inflate));
	begin_text(gunzip->inflate);
}

void gunzip_init(struct gunzip *gunzip, struct arena *arena, const char *bytes,
		 size_t len)
{
	init(gunzip, arena, bytes, len);
	(void)begin_member(gunzip);
}

void gunzip_init_zlib(struct gunzip *gunzip, struct arena *arena,
		      const char *bytes, size_t len)
{
	init(gunzip, arena, bytes, len);
	gunzip->zlib = true;
	gunzip->sum = 1;
	if (len < 2)
		(void)fail(gunzip, GUNZIP_SHORT);
	/* The method, its check, and no dictionary. */
	else if ((gunzip->bytes[0] & 15) != 8 || gunzip->bytes[1] & 0x20 ||
		 (gunzip->bytes[0] << 8 | gunzip->bytes[1]) % 31 != 0)
		(void)fail(gunzip, GUNZIP_HEADER);
	else
		gunzip->at = 2;
}

size_t gunzip_read(struct gunzip *gunzip, char *into, size_t len)
{
	struct inflate *inflate = gunzip->inflate;
	size_t got = 0;

	for (;;) {
		size_t ready = inflate->len - inflate->given;

		if (ready > len - got)
			ready = len - got;
		memcpy(into + got, inflate->text + inflate->given, ready);
		inflate->given += ready;
		got += ready;
		if (got == len || gunzip->status != GUNZIP_MORE)
			return got;
		if (!produce(gunzip) && inflate->given == inflate->len)
			return got;
	}
}
