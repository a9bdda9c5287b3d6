/*
 * Digits of base 16, in either case.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdint.h>

/* 0 to 15; -1: `rune` (or byte) is no such digit. */
static inline int hex_digit(uint32_t rune)
{
	if (rune >= '0' && rune <= '9')
		return (int)(rune - '0');
	rune |= 0x20;
	return rune >= 'a' && rune <= 'f' ? (int)(rune - 'a') + 10 : -1;
}

#endif
