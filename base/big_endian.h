/*
 * Numbers as they stand in files and digests, the highest byte first.
 */
#ifndef BASE_BIG_ENDIAN_H
#define BASE_BIG_ENDIAN_H

#include <stdint.h>

static inline uint32_t big_endian_16(const unsigned char *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static inline uint32_t big_endian_32(const unsigned char *at)
{
	return big_endian_16(at) << 16 | big_endian_16(at + 2);
}

static inline uint64_t big_endian_64(const unsigned char *at)
{
	return (uint64_t)big_endian_32(at) << 32 | big_endian_32(at + 4);
}

#endif
