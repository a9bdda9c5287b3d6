/*
 * SHA-1, SHA-256 and SHA-512 of a text in memory.
 */
#ifndef BASE_SHA_H
#define BASE_SHA_H

#include <stddef.h>
#include <stdint.h>

enum {
	SHA1_BYTES = 20,
	SHA256_BYTES = 32,
	SHA512_BYTES = 64
};

void sha1(const char *text, size_t len, uint8_t digest[SHA1_BYTES]);
void sha256(const char *text, size_t len, uint8_t digest[SHA256_BYTES]);
void sha512(const char *text, size_t len, uint8_t digest[SHA512_BYTES]);

/* Lower-case hexadecimal digits and a NUL: room for 2 * len + 1. */
void sha_hex(const uint8_t *digest, size_t len, char *hex);

#endif
