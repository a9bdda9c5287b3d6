/*
 * Growing text that may carry a segment map (see base/source.h).
 *
 *	struct str out;
 *
 *	str_init(&out, arena);
 *	str_puts(&out, "replicas: ");
 *	str_mark(&out, frame, action, &value->origin);
 *	str_puts(&out, "3");
 *
 * `struct text` is the finished, immutable form: what string functions take
 * and give.  What becomes of the map is the caller's choice, one helper each:
 *
 *	cut      str_put_slice    a part of a text with its segments
 *	insert   str_mark_front, str_put, str_put_slice
 *	keep                      the map of the argument, for a new text
 *	opaque   str_mark         one segment for the whole
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/source.h"

struct arena;

struct text {
	const char *at; /* a NUL follows if a str made it */
	size_t len;
	const struct segment_map *map; /* NULL: none */
};

struct str {
	struct arena *arena;
	char *text; /* no NUL behind it; see str_text */
	size_t len;
	size_t room;
	struct segment *segments;
	uint32_t count;
	uint32_t segment_room;
};

void str_init(struct str *str, struct arena *arena);

/* Forget the content, keep the memory. */
void str_clear(struct str *str);

/*
 * Words behind `column` bytes of a line, broken before `width`; further lines
 * begin behind `margin` blanks, and the last one ends.
 */
void str_put_wrapped(struct str *str, const char *words, size_t column,
		     size_t margin, size_t width);

/*
 * Text for a terminal, which nothing in it may steer: control characters are
 * question marks.  Line feeds and tabs stay.
 */
void str_put_tame(struct str *str, const char *text, size_t len);

/* The same of a name, which stays on one line; mostly itself. */
const char *str_tame_name(struct arena *arena, const char *name);

/* Forget what was put since `then` was copied from it. */
void str_rewind(struct str *str, const struct str *then);

/* Room for `more` bytes behind the last. */
void str_reserve(struct str *str, size_t more);

void str_put(struct str *str, const char *text, size_t len);
void str_puts(struct str *str, const char *text);
static inline void str_putc(struct str *str, char byte)
{
	if (str->len == str->room)
		str_reserve(str, 1);
	str->text[str->len++] = byte;
}
void str_fill(struct str *str, char byte, size_t count);
void str_printf(struct str *str, const char *format, ...) PRINTF_LIKE(2, 3);
void str_vprintf(struct str *str, const char *format, va_list args)
	PRINTF_LIKE(2, 0);

/* What is put next was written by `begin` in `frame`, and shows `from`. */
void str_mark(struct str *str, const struct frame *frame, uint32_t begin,
	      const struct origin *from);

/* The mark that `of` has at its front: before what a function adds there. */
void str_mark_front(struct str *str, const struct text *of);

/*
 * Append bytes [begin, end) of `of` with their segments.  `*hint` is the
 * segment to begin the search at, 0 at first; in a loop it saves the search.
 */
void str_put_slice(struct str *str, const struct text *of, size_t begin,
		   size_t end, uint32_t *hint);

/* Append all of it. */
void str_put_text(struct str *str, const struct text *of);

/* The same, `times` times. */
void str_repeat(struct str *str, const struct text *of, size_t times);

/* A NUL behind the text, which is returned; it lives in the arena. */
char *str_text(struct str *str);

/* The finished text with its map; `str` must not be appended to after. */
struct text str_finish(struct str *str);

/* A text over bytes without a map. */
struct text text_of(const char *at, size_t len);

/* Bytes [begin, end) of a text, map included; nothing is copied but the map. */
struct text text_slice(struct arena *arena, const struct text *of, size_t begin,
		       size_t end);

#endif
