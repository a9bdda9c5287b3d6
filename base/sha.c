#include "base/sha.h"

#include <stdbool.h>
#include <string.h>

#include "base/big_endian.h"

/* All three pad a text with a bit, zeros and the length in bits. */
struct blocks {
	const uint8_t *text;
	size_t len;
	size_t block; /* bytes in one */
	bool ended;
	uint8_t room[128];
};

/* The next block; NULL behind the last one. */
static const uint8_t *blocks_next(struct blocks *blocks, uint64_t bits)
{
	size_t block = blocks->block, field = block / 8, i;
	const uint8_t *whole = blocks->text;

	if (!block)
		return NULL;
	if (blocks->len >= block) {
		blocks->text += block;
		blocks->len -= block;
		return whole;
	}
	memset(blocks->room, 0, sizeof(blocks->room));
	if (!blocks->ended) {
		if (blocks->len)
			memcpy(blocks->room, blocks->text, blocks->len);
		blocks->room[blocks->len] = 0x80;
		blocks->ended = true;
		if (blocks->len + 1 + field > block) {
			blocks->len = 0;
			return blocks->room;
		}
	}
	for (i = 0; i < 8; i++)
		blocks->room[block - 1 - i] = (uint8_t)(bits >> 8 * i);
	blocks->len = blocks->block = 0;
	return blocks->room;
}

static struct blocks blocks_of(const char *text, size_t len, size_t block)
{
	struct blocks blocks = { .text = (const uint8_t *)text,
				 .len = len,
				 .block = block };

	return blocks;
}

static void put_big(uint8_t *at, uint64_t word, size_t bytes)
{
	while (bytes--) {
		at[bytes] = (uint8_t)word;
		word >>= 8;
	}
}

static uint32_t rol32(uint32_t x, unsigned n)
{
	return x << n | x >> (32 - n);
}

static uint32_t ror32(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static uint64_t ror64(uint64_t x, unsigned n)
{
	return x >> n | x << (64 - n);
}

/* The function and the constant of a round of SHA-1. */
static uint32_t sha1_mix(unsigned round, const uint32_t s[5])
{
	switch (round / 20) {
	case 0:
		return (s[3] ^ (s[1] & (s[2] ^ s[3]))) + 0x5a827999;
	case 1:
		return (s[1] ^ s[2] ^ s[3]) + 0x6ed9eba1;
	case 2:
		return ((s[1] & s[2]) | (s[3] & (s[1] | s[2]))) + 0x8f1bbcdc;
	}
	return (s[1] ^ s[2] ^ s[3]) + 0xca62c1d6;
}

static void sha1_block(uint32_t state[5], const uint8_t *block)
{
	uint32_t w[80], s[5];
	unsigned i;

	for (i = 0; i < 16; i++)
		w[i] = big_endian_32(block + 4 * i);
	for (; i < 80; i++)
		w[i] = rol32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	memcpy(s, state, sizeof(s));
	for (i = 0; i < 80; i++) {
		uint32_t next = rol32(s[0], 5) + sha1_mix(i, s) + s[4] + w[i];

		memmove(s + 1, s, 4 * sizeof(*s));
		s[2] = rol32(s[2], 30);
		s[0] = next;
	}
	for (i = 0; i < 5; i++)
		state[i] += s[i];
}

void sha1(const char *text, size_t len, uint8_t digest[SHA1_BYTES])
{
	uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
			      0xc3d2e1f0 };
	struct blocks blocks = blocks_of(text, len, 64);
	const uint8_t *block;

	while ((block = blocks_next(&blocks, (uint64_t)len * 8)))
		sha1_block(state, block);
	for (size_t i = 0; i < 5; i++)
		put_big(digest + 4 * i, state[i], 4);
}

/*
 * Fractions of the cube roots of the first 80 primes.  SHA-256 takes the
 * upper halves of the first 64.
 */
static const uint64_t roots[80] = {
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f,
	0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
	0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242,
	0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
	0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
	0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275,
	0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f,
	0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
	0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc,
	0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6,
	0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
	0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
	0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99,
	0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
	0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc,
	0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915,
	0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
	0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba,
	0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
	0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
	0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static void sha256_block(uint32_t state[8], const uint8_t *block)
{
	uint32_t w[64], s[8];
	unsigned i;

	for (i = 0; i < 16; i++)
		w[i] = big_endian_32(block + 4 * i);
	for (; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + w[i - 7] +
		       (ror32(a, 7) ^ ror32(a, 18) ^ a >> 3) +
		       (ror32(b, 17) ^ ror32(b, 19) ^ b >> 10);
	}
	memcpy(s, state, sizeof(s));
	for (i = 0; i < 64; i++) {
		uint32_t t1 =
			s[7] +
			(ror32(s[4], 6) ^ ror32(s[4], 11) ^ ror32(s[4], 25)) +
			(s[6] ^ (s[4] & (s[5] ^ s[6]))) +
			(uint32_t)(roots[i] >> 32) + w[i];
		uint32_t t2 =
			(ror32(s[0], 2) ^ ror32(s[0], 13) ^ ror32(s[0], 22)) +
			((s[0] & s[1]) | (s[2] & (s[0] | s[1])));

		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += t1;
		s[0] = t1 + t2;
	}
	for (i = 0; i < 8; i++)
		state[i] += s[i];
}

void sha256(const char *text, size_t len, uint8_t digest[SHA256_BYTES])
{
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
			      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	struct blocks blocks = blocks_of(text, len, 64);
	const uint8_t *block;

	while ((block = blocks_next(&blocks, (uint64_t)len * 8)))
		sha256_block(state, block);
	for (size_t i = 0; i < 8; i++)
		put_big(digest + 4 * i, state[i], 4);
}

static void sha512_block(uint64_t state[8], const uint8_t *block)
{
	uint64_t w[80], s[8];
	unsigned i;

	for (i = 0; i < 16; i++)
		w[i] = big_endian_64(block + 8 * i);
	for (; i < 80; i++) {
		uint64_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + w[i - 7] +
		       (ror64(a, 1) ^ ror64(a, 8) ^ a >> 7) +
		       (ror64(b, 19) ^ ror64(b, 61) ^ b >> 6);
	}
	memcpy(s, state, sizeof(s));
	for (i = 0; i < 80; i++) {
		uint64_t t1 =
			s[7] +
			(ror64(s[4], 14) ^ ror64(s[4], 18) ^ ror64(s[4], 41)) +
			(s[6] ^ (s[4] & (s[5] ^ s[6]))) + roots[i] + w[i];
		uint64_t t2 =
			(ror64(s[0], 28) ^ ror64(s[0], 34) ^ ror64(s[0], 39)) +
			((s[0] & s[1]) | (s[2] & (s[0] | s[1])));

		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += t1;
		s[0] = t1 + t2;
	}
	for (i = 0; i < 8; i++)
		state[i] += s[i];
}

void sha512(const char *text, size_t len, uint8_t digest[SHA512_BYTES])
{
	uint64_t state[8] = { 0x6a09e667f3bcc908, 0xbb67ae8584caa73b,
			      0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
			      0x510e527fade682d1, 0x9b05688c2b3e6c1f,
			      0x1f83d9abfb41bd6b, 0x5be0cd19137e2179 };
	struct blocks blocks = blocks_of(text, len, 128);
	const uint8_t *block;

	while ((block = blocks_next(&blocks, (uint64_t)len * 8)))
		sha512_block(state, block);
	for (size_t i = 0; i < 8; i++)
		put_big(digest + 8 * i, state[i], 8);
}

void sha_hex(const uint8_t *digest, size_t len, char *hex)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*hex++ = digits[digest[i] >> 4];
		*hex++ = digits[digest[i] & 15];
	}
	*hex = '\0';
}
