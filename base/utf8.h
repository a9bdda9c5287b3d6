/*
 * UTF-8 and the classes of characters, as Go's utf8 and unicode packages see
 * them (Unicode 15).
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UTF8_REPLACEMENT = 0xFFFD,
	UTF8_ROOM = 4
};

/*
 * Decode one character; `*size` is its bytes.  A byte that is not the
 * beginning of a valid one gives UTF8_REPLACEMENT and size 1, as in Go.
 */
uint32_t utf8_decode(const char *text, size_t len, size_t *size);

/* The last character before the end; the same rule. */
uint32_t utf8_decode_last(const char *text, size_t len, size_t *size);

/* Encode; returns the bytes written, at most UTF8_ROOM. */
size_t utf8_encode(char *buf, uint32_t rune);

bool utf8_valid(const char *text, size_t len);

/* The offset of the first byte that is not ASCII, or `len`. */
size_t utf8_ascii_prefix(const char *text, size_t len);

/* Characters in the text; a bad byte counts as one. */
size_t utf8_count(const char *text, size_t len);

bool rune_is_letter(uint32_t rune);
bool rune_is_digit(uint32_t rune);  /* unicode.IsDigit: Nd */
bool rune_is_number(uint32_t rune); /* unicode.IsNumber: N */
bool rune_is_upper(uint32_t rune);
bool rune_is_lower(uint32_t rune);
bool rune_is_title(uint32_t rune);
bool rune_is_space(uint32_t rune); /* unicode.IsSpace */
bool rune_is_punct(uint32_t rune);
bool rune_is_print(uint32_t rune); /* strconv.IsPrint */
uint32_t rune_to_upper(uint32_t rune);
uint32_t rune_to_lower(uint32_t rune);
uint32_t rune_to_title(uint32_t rune);

/* unicode.SimpleFold: the next character that is equal but for case. */
uint32_t rune_fold(uint32_t rune);

#endif
