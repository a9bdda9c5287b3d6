#include "base/str.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum {
	FIRST_ROOM = 64,
	FIRST_SEGMENTS = 2
};

void str_init(struct str *str, struct arena *arena)
{
	memset(str, 0, sizeof(*str));
	str->arena = arena;
}

void str_clear(struct str *str)
{
	str->len = 0;
	str->count = 0;
}

void str_rewind(struct str *str, const struct str *then)
{
	str->len = then->len;
	str->count = then->count;
}

void str_reserve(struct str *str, size_t more)
{
	size_t room = str->room ? str->room : FIRST_ROOM;

	if (str->len + more <= str->room)
		return;
	while (room < str->len + more)
		room *= 2;
	str->text = arena_regrow(str->arena, str->text, str->room, room);
	str->room = room;
}

void str_put(struct str *str, const char *text, size_t len)
{
	if (!len)
		return;
	if (len > str->room - str->len)
		str_reserve(str, len);
	memcpy(str->text + str->len, text, len);
	str->len += len;
}

void str_puts(struct str *str, const char *text)
{
	str_put(str, text, strlen(text));
}

void str_fill(struct str *str, char byte, size_t count)
{
	if (!count)
		return;
	str_reserve(str, count);
	memset(str->text + str->len, byte, count);
	str->len += count;
}

/* Bytes of the control character that a text begins with; 0: another one. */
static size_t control_size(const char *text, size_t len)
{
	unsigned char byte = (unsigned char)text[0];

	if (byte < ' ' || byte == 0x7f)
		return 1;
	/* U+0080 to U+009F: one of them is what ESC [ is. */
	return len > 1 && byte == 0xc2 && (unsigned char)text[1] < 0xa0 ? 2 : 0;
}

void str_put_tame(struct str *str, const char *text, size_t len)
{
	size_t i, size;

	for (i = 0; i < len; i += size ? size : 1) {
		size = control_size(text + i, len - i);
		if (text[i] == '\n' || text[i] == '\t')
			size = 0;
		str_putc(str, size ? '?' : text[i]);
	}
}

const char *str_tame_name(struct arena *arena, const char *name)
{
	size_t len = strlen(name), i = 0, size;
	struct str out;

	while (i < len && !control_size(name + i, len - i))
		i++;
	if (i == len)
		return name;
	str_init(&out, arena);
	for (i = 0; i < len; i += size ? size : 1) {
		size = control_size(name + i, len - i);
		str_putc(&out, size ? '?' : name[i]);
	}
	return str_text(&out);
}

void str_put_wrapped(struct str *str, const char *words, size_t column,
		     size_t margin, size_t width)
{
	size_t begin = column;

	while (*words) {
		size_t len = strcspn(words, " ");

		if (column > begin && column + 1 + len > width) {
			str_putc(str, '\n');
			str_fill(str, ' ', margin);
			column = begin = margin;
		} else if (column > begin) {
			str_putc(str, ' ');
			column++;
		}
		str_put(str, words, len);
		column += len;
		words += len;
		words += strspn(words, " ");
	}
	str_putc(str, '\n');
}

void str_vprintf(struct str *str, const char *format, va_list args)
{
	va_list again;
	int len;

	/* As a rule it fits, and need not be printed again. */
	str_reserve(str, FIRST_ROOM);
	va_copy(again, args);
	len = vsnprintf(str->text + str->len, str->room - str->len, format,
			again);
	va_end(again);
	if (len < 0)
		BUG("a format that vsnprintf refuses");
	if ((size_t)len >= str->room - str->len) {
		str_reserve(str, (size_t)len + 1);
		vsnprintf(str->text + str->len, (size_t)len + 1, format, args);
	}
	str->len += (size_t)len;
}

void str_printf(struct str *str, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_vprintf(str, format, args);
	va_end(args);
}

static void push_segment(struct str *str, const struct segment *segment)
{
	if (str->count == str->segment_room) {
		uint32_t room = str->segment_room ? str->segment_room * 2
				: str->room / 32 > FIRST_SEGMENTS
					? (uint32_t)(str->room / 32)
					: FIRST_SEGMENTS;

		str->segments = arena_grow(str->arena, str->segments,
					   str->segment_room * sizeof(*segment),
					   room * sizeof(*segment));
		str->segment_room = room;
	}
	str->segments[str->count++] = *segment;
}

/* Whether text at `at` marked as `next` only goes on with what `last` marks. */
static bool continues(const struct segment *last, const struct segment *next)
{
	if (last->frame != next->frame || last->from != next->from)
		return false;
	if (next->from)
		return last->begin == next->begin;
	return next->begin - last->begin == next->at - last->at;
}

void str_mark(struct str *str, const struct frame *frame, uint32_t begin,
	      const struct origin *from)
{
	struct segment next = { (uint32_t)str->len, begin, frame, from };

#ifdef PROVENANCE_OFF
	/* For measuring only: what the maps cost. */
	return;
#endif

	/* A segment that stayed empty gives way to the next one. */
	if (str->count && str->segments[str->count - 1].at == next.at)
		str->count--;
	if (str->count && continues(&str->segments[str->count - 1], &next))
		return;
	push_segment(str, &next);
}

void str_mark_front(struct str *str, const struct text *of)
{
	const struct segment *front;

	if (!of->map || !of->map->count)
		return;
	front = &of->map->segments[0];
	str_mark(str, front->frame, front->begin, front->from);
}

/* The segment that covers byte `at`, searching from `hint` on. */
static uint32_t segment_index(const struct segment_map *map, uint32_t hint,
			      size_t at)
{
	uint32_t low = hint < map->count ? hint : 0, high = map->count;

	if (map->segments[low].at > at)
		low = 0;
	if (low + 1 == high || map->segments[low + 1].at > at)
		return low;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (map->segments[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void str_put_slice(struct str *str, const struct text *of, size_t begin,
		   size_t end, uint32_t *hint)
{
	const struct segment_map *map = of->map;
	uint32_t none = 0, i;
	size_t at = begin;

	if (begin >= end)
		return;
	if (!map || !map->count) {
		str_put(str, of->at + begin, end - begin);
		return;
	}
	if (!hint)
		hint = &none;
	for (i = segment_index(map, *hint, begin); at < end; i++) {
		const struct segment *segment = &map->segments[i];
		size_t stop =
			i + 1 < map->count ? map->segments[i + 1].at : end;
		uint32_t from = segment->begin;

		/* A slice may begin inside a literal segment. */
		if (!segment->from && at > segment->at)
			from += (uint32_t)(at - segment->at);
		if (stop > end)
			stop = end;
		str_mark(str, segment->frame, from, segment->from);
		str_put(str, of->at + at, stop - at);
		at = stop;
		*hint = i;
	}
}

void str_put_text(struct str *str, const struct text *of)
{
	str_put_slice(str, of, 0, of->len, NULL);
}

/* Double what begins at `from` until it is `len` bytes. */
static void fill_with(struct str *str, size_t from, size_t len)
{
	size_t have = str->len - from;

	str_reserve(str, len - have);
	while (have < len) {
		size_t more = have < len - have ? have : len - have;

		memcpy(str->text + from + have, str->text + from, more);
		have += more;
	}
	str->len = from + len;
}

void str_repeat(struct str *str, const struct text *of, size_t times)
{
	const struct segment_map *map = of->map;
	size_t from = str->len;

	if (!times || !of->len)
		return;
	str_put_text(str, of);
	/* One segment that shows a value, or none, covers all copies. */
	if (!map || !map->count || (map->count == 1 && map->segments[0].from)) {
		fill_with(str, from, of->len * times);
		return;
	}
	while (--times)
		str_put_text(str, of);
}

char *str_text(struct str *str)
{
	str_reserve(str, 1);
	str->text[str->len] = '\0';
	return str->text;
}

struct text str_finish(struct str *str)
{
	struct text text = { str_text(str), str->len, NULL };

	if (str->count) {
		struct segment_map *map = arena_alloc(str->arena, sizeof(*map));

		map->segments = str->segments;
		map->count = str->count;
		text.map = map;
	}
	return text;
}

struct text text_of(const char *at, size_t len)
{
	struct text text = { at, len, NULL };

	return text;
}

struct text text_slice(struct arena *arena, const struct text *of, size_t begin,
		       size_t end)
{
	struct text text = { of->at + begin, end - begin, of->map };
	struct str str;

	if (!of->map || (begin == 0 && end == of->len))
		return text;
	str_init(&str, arena);
	str_put_slice(&str, of, begin, end, NULL);
	return str_finish(&str);
}
