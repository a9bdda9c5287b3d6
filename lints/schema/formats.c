/*
 * Formats of texts, as the API server checks them on custom resources; names
 * are compared without dashes, and what it does not know it takes.
 */
#include "lints/schema/bounds.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/number.h"
#include "base/regex.h"
#include "base/str.h"
#include "lints/schema/duration.h"

#define HEX(n) "[0-9A-Fa-f]{" #n "}"
#define DATE   "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
#define CLOCK  "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"

#define UUID_ROW(version, variant)                                             \
	{                                                                      \
		"uuid" #version,                                               \
			"^" HEX(8) "-?" HEX(4) "-?" #version HEX(              \
				3) "-?" variant "-?" HEX(12) "$",              \
			"a UUID of version " #version                          \
	}

static const struct {
	const char *name;
	const char *pattern;
	const char *article; /* as the message calls it */
} rows[] = {
	{ "bsonobjectid", "^" HEX(24) "$", "a BSON id" },
	{ "date", "^" DATE "$", "a date" },
	{ "datetime", "^" DATE "[tT]" CLOCK "(.\\d+)?([zZ]|[+-]\\d{2}:\\d{2})$",
	  "a time, such as 2026-01-31T12:00:00Z" },
	{ "email", "^[^@]+@[^@]+$", "an e-mail address" },
	{ "hexcolor", "^#?(" HEX(3) "|" HEX(6) ")$", "a colour" },
	{ "hostname", "^[^./:\\s]{1,63}(\\.[^./:\\s]{1,63})*\\.?$",
	  "a host name" },
	{ "mac",
	  "^(" HEX(2) "([:-]" HEX(2) "){5,19}|" HEX(4) "(\\." HEX(4) "){2,9})$",
	  "a MAC address" },
	{ "uri", "^(/|[A-Za-z][A-Za-z0-9+.-]*:/)", "a URI" },
	{ "uuid", "^" HEX(8) "(-?" HEX(4) "){3}-?" HEX(12) "$", "a UUID" },
	UUID_ROW(3, HEX(4)),
	UUID_ROW(4, "[89ABab]" HEX(3)),
	UUID_ROW(5, "[89ABab]" HEX(3)),
};

static bool is_ip(const char *text)
{
	unsigned char room[16];

	return inet_pton(AF_INET, text, room) == 1 ||
	       inet_pton(AF_INET6, text, room) == 1;
}

static const char *refused_cidr(struct arena *arena, const char *text)
{
	const char *slash = strchr(text, '/');
	uint64_t bits;
	bool wide;

	if (!slash || !slash[1] ||
	    number_parse_uint(slash + 1, strlen(slash + 1), 10, &bits) !=
		    NUMBER_OK)
		return "a range of addresses, such as 10.0.0.0/8";
	text = arena_strndup(arena, text, (size_t)(slash - text));
	wide = strchr(text, ':') != NULL;
	return is_ip(text) && bits <= (wide ? 128 : 32)
		       ? NULL
		       : "a range of addresses, such as 10.0.0.0/8";
}

/* Go's form, or numbers with units of time in words. */
static const char *refused_duration(struct arena *arena, const char *text)
{
	static const char words[] =
		"^(\\d+\\s*(ns|nano|us|µs|μs|micro|ms|milli|s|sec|second|m|"
		"min|minute|h|hr|hour|d|day|w|wk|week)s?\\s*)+$";
	const char *error;
	int64_t length;
	struct regex *regex =
		regex_compile(arena, words, sizeof(words) - 1, &error);

	if (!schema_duration_parse(text, &length) ||
	    (regex && regex_matches(regex, text, strlen(text))))
		return NULL;
	return "a duration, such as 1h30m";
}

static const char *refused_byte(struct arena *arena, const char *text)
{
	struct str out;
	size_t place;

	str_init(&out, arena);
	return base64_decode(&out, text, strlen(text), &place) ? NULL
							       : "base64";
}

static const char *refused_by_row(struct arena *arena, const char *name,
				  const char *text)
{
	struct regex *regex;
	const char *error;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		if (strcmp(rows[i].name, name) != 0)
			continue;
		regex = regex_compile(arena, rows[i].pattern,
				      strlen(rows[i].pattern), &error);
		return !regex || regex_matches(regex, text, strlen(text))
			       ? NULL
			       : rows[i].article;
	}
	return NULL;
}

const char *schema_format_refused(struct arena *arena, const char *format,
				  const char *text)
{
	unsigned char room[16];
	struct str plain;
	const char *name;

	str_init(&plain, arena);
	for (; *format; format++)
		if (*format != '-')
			str_putc(&plain, *format);
	name = str_text(&plain);
	if (strcmp(name, "ipv4") == 0)
		return inet_pton(AF_INET, text, room) == 1 ? NULL
							   : "an IPv4 address";
	if (strcmp(name, "ipv6") == 0)
		return inet_pton(AF_INET6, text, room) == 1 ? NULL
							    : "an IPv6 address";
	if (strcmp(name, "ip") == 0)
		return is_ip(text) ? NULL : "an IP address";
	if (strcmp(name, "cidr") == 0)
		return refused_cidr(arena, text);
	if (strcmp(name, "duration") == 0)
		return refused_duration(arena, text);
	if (strcmp(name, "byte") == 0)
		return refused_byte(arena, text);
	return refused_by_row(arena, name, text);
}
