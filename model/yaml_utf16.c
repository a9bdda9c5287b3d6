#include "model/yaml_utf16.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"

bool yaml_is_utf16(const char *text, size_t len)
{
	return len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 ||
			    memcmp(text, "\xfe\xff", 2) == 0);
}

static uint32_t unit_at(const char *at, bool little)
{
	const unsigned char *bytes = (const unsigned char *)at;

	return little ? bytes[0] | (uint32_t)bytes[1] << 8
		      : bytes[1] | (uint32_t)bytes[0] << 8;
}

/* The bytes of the rune; 0: `*error` says why it is none. */
static size_t read_rune(const char *at, size_t left, bool little,
			uint32_t *rune, const char **error)
{
	uint32_t low;

	*error = "incomplete UTF-16 character";
	if (left < 2)
		return 0;
	*rune = unit_at(at, little);
	if ((*rune & 0xfc00) == 0xdc00)
		*error = "unexpected low surrogate area";
	if ((*rune & 0xf800) != 0xd800)
		return 2;
	if ((*rune & 0xfc00) == 0xdc00)
		return 0;
	*error = "incomplete UTF-16 surrogate pair";
	if (left < 4)
		return 0;
	low = unit_at(at + 2, little);
	*error = "expected low surrogate area";
	if ((low & 0xfc00) != 0xdc00)
		return 0;
	*rune = 0x10000 + ((*rune & 0x3ff) << 10) + (low & 0x3ff);
	return 4;
}

struct source *yaml_from_utf16(struct arena *arena, const struct source *source,
			       size_t begin, size_t end, const char **error)
{
	bool little = source->text[begin] == '\xff';
	const char *at = source->text + begin + 2;
	const char *stop = source->text + end;
	char bytes[UTF8_ROOM];
	struct str out;

	str_init(&out, arena);
	while (at < stop) {
		uint32_t rune;
		size_t size = read_rune(at, (size_t)(stop - at), little, &rune,
					error);

		if (!size)
			return NULL;
		str_put(&out, bytes, utf8_encode(bytes, rune));
		at += size;
	}
	return source_new(arena, source->name, source->role, str_text(&out),
			  out.len);
}
