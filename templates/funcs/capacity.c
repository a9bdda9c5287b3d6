#include "templates/funcs/capacity.h"

#include <stdbool.h>
#include <stddef.h>

/* The sizes that Go's allocator has, in bytes. */
static const uint16_t classes[] = {
	8,     16,    24,    32,    48,    64,    80,    96,    112,   128,
	144,   160,   176,   192,   208,   224,   240,   256,   288,   320,
	352,   384,   416,   448,   480,   512,   576,   640,   704,   768,
	896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304,  2688,
	3072,  3200,  3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,
	8192,  9472,  9728,  10240, 10880, 12288, 13568, 14336, 16384, 18432,
	19072, 20480, 21760, 24576, 27264, 28672, 32768
};

enum {
	PAGE = 8192,
	DOUBLES_BELOW = 256,
	HEADER = 8,         /* in front of memory with pointers ... */
	NO_HEADER_TO = 512, /* ... of more than this */
};

/* What an array of `size` bytes gets; `pointers`: items are no numbers. */
static uint64_t rounded(uint64_t size, bool pointers)
{
	uint64_t header = pointers && size > NO_HEADER_TO ? HEADER : 0;
	uint64_t whole = size + header;
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		if (whole <= classes[i] && whole <= 32768 - HEADER)
			return classes[i] - header;
	}
	return (whole + PAGE - 1) / PAGE * PAGE;
}

static uint32_t item_size(const struct value *list)
{
	switch ((enum value_type)list->type) {
	case VALUE_TYPE_INTS:
		return 8;
	case VALUE_TYPE_LISTS:
		return 24;
	case VALUE_TYPE_PLAIN:
	case VALUE_TYPE_INT:
	case VALUE_TYPE_INT32:
	case VALUE_TYPE_STRINGS:
	case VALUE_TYPE_UINT8:
	case VALUE_TYPE_NAMED:
	case VALUE_TYPE_INVALID:
		break;
	}
	return 16;
}

/* growslice() of Go: from `old` to at least `wanted`. */
static uint32_t grow(const struct value *list, uint64_t old, uint64_t wanted)
{
	uint32_t size = item_size(list);
	uint64_t next = 2 * old;

	if (wanted > 2 * old) {
		next = wanted;
	} else if (old >= DOUBLES_BELOW) {
		for (next = old; next < wanted;)
			next += (next + 3 * DOUBLES_BELOW) / 4;
	}
	next = rounded(next * size, list->type != VALUE_TYPE_INTS) / size;
	return next < UINT32_MAX ? (uint32_t)next : UINT32_MAX;
}

static uint32_t grown(const struct value *list, uint32_t begin)
{
	uint32_t room = begin, count = (uint32_t)value_count(list);

	while (room < count)
		room = grow(list, room, (uint64_t)room + 1);
	return room;
}

uint32_t capacity_of(const struct value *list)
{
	return list->len ? list->len : grown(list, 0);
}

void capacity_exact(struct value *list)
{
	list->len = (uint32_t)value_count(list);
}

void capacity_appended(struct value *list, uint32_t more)
{
	uint32_t count = (uint32_t)value_count(list);

	list->len = more ? grow(list, count - more, count) : count;
}

void capacity_grown(struct value *list, uint32_t begin)
{
	list->len = grown(list, begin);
}
