#include "lints/subjects/address.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum {
	BITS = 32
};

struct parts {
	uint32_t bits;
	bool zeros;       /* a part begins with a zero */
	const char *rest; /* behind the address */
};

/* Four numbers up to 255, separated by dots. */
static bool read_parts(const char *text, struct parts *parts)
{
	unsigned number, part, digits;

	memset(parts, 0, sizeof(*parts));
	for (part = 0; part < 4; part++) {
		if (part && *text++ != '.')
			return false;
		number = 0;
		if (text[0] == '0' && isdigit((unsigned char)text[1]))
			parts->zeros = true;
		for (digits = 0; isdigit((unsigned char)*text); digits++) {
			number = number * 10 + (unsigned)(*text++ - '0');
			if (number > 255 || digits > 3)
				return false;
		}
		if (!digits)
			return false;
		parts->bits = parts->bits << 8 | number;
	}
	parts->rest = text;
	return true;
}

static const char *print(struct arena *arena, uint32_t bits, const char *rest)
{
	return arena_printf(arena, "%u.%u.%u.%u%s", bits >> 24,
			    bits >> 16 & 255, bits >> 8 & 255, bits & 255,
			    rest);
}

/* "/24": the bits behind it are to be 0. */
static const char *without_host(struct arena *arena, const struct parts *parts)
{
	const char *at = parts->rest + 1;
	unsigned length = 0;
	uint32_t mask;

	while (isdigit((unsigned char)*at) && length <= BITS)
		length = length * 10 + (unsigned)(*at++ - '0');
	if (*at || at == parts->rest + 1 || length > BITS)
		return NULL;
	mask = length ? ~(uint32_t)0 << (BITS - length) : 0;
	if ((parts->bits & mask) == parts->bits)
		return NULL;
	return print(arena, parts->bits & mask, parts->rest);
}

static const char *lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text), *at;

	for (at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return strcmp(copy, text) == 0 ? NULL : copy;
}

const char *lint_ip_canonical(struct arena *arena, const char *text)
{
	static const char mapped[] = "::ffff:";
	struct parts parts;

	if (strlen(text) > strlen(mapped) &&
	    strncmp(text, mapped, strlen(mapped)) == 0 &&
	    read_parts(text + strlen(mapped), &parts) && !*parts.rest)
		return text + strlen(mapped);
	if (strchr(text, ':') &&
	    strspn(text, "0123456789abcdefABCDEF:./") == strlen(text))
		return lower(arena, text);
	if (!read_parts(text, &parts))
		return NULL;
	if (parts.zeros)
		return "";
	return *parts.rest == '/' ? without_host(arena, &parts) : NULL;
}

bool lint_ip_is_local(const char *text)
{
	return strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0 ||
	       strncmp(text, "169.254.", 8) == 0 ||
	       strncmp(text, "fe80:", 5) == 0;
}

static bool is_hex_group(const char **text)
{
	size_t len = strspn(*text, "0123456789abcdefABCDEF");

	*text += len;
	return len >= 1 && len <= 4;
}

/* Eight groups, fewer with one "::"; an IPv4 address may be the last two. */
static bool is_v6(const char *text, const char **rest)
{
	struct parts parts;
	unsigned groups = 0;
	bool gap = false;

	for (; groups <= 8; groups++) {
		if (strncmp(text, "::", 2) == 0) {
			if (gap)
				return false;
			gap = true;
			text += 2;
		} else if (groups && *text++ != ':') {
			text--;
			break;
		}
		if (groups <= 6 && strcspn(text, ".") < strcspn(text, ":/") &&
		    read_parts(text, &parts)) {
			text = parts.rest;
			groups += 2;
			break;
		}
		if (!is_hex_group(&text)) {
			if (!gap || text[-1] != ':' || text[-2] != ':')
				return false;
			break;
		}
	}
	*rest = text;
	return gap ? groups < 8 : groups == 8;
}

bool lint_ip_is_valid(const char *text)
{
	struct parts parts;
	const char *rest;

	if (read_parts(text, &parts))
		return !*parts.rest;
	return strchr(text, ':') && is_v6(text, &rest) && !*rest;
}

bool lint_ip_is_range(const char *text)
{
	struct parts parts;
	const char *rest;
	unsigned length = 0, most = BITS;

	if (read_parts(text, &parts)) {
		rest = parts.rest;
	} else {
		if (!strchr(text, ':') || !is_v6(text, &rest))
			return false;
		most = 4 * BITS;
	}
	if (*rest++ != '/' || !*rest || strlen(rest) > 3)
		return false;
	for (; isdigit((unsigned char)*rest); rest++)
		length = length * 10 + (unsigned)(*rest - '0');
	return !*rest && length <= most;
}
