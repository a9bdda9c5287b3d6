#include "model/ip_address.h"

#include <string.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/str.h"
#include "model/quote.h"

enum {
	GROUPS = 8,
	GROUP_DIGITS = 4,
	OCTETS = 4,
	OCTET_MAX = 255
};

struct reader {
	struct arena *arena;
	const char *whole;
	size_t len;
	const char *end; /* where the address ends and a zone may begin */
	const char *problem;
};

/* `at`: the rest that was not understood, NULL if there is none to show. */
static bool fail(struct reader *reader, const char *words, const char *at)
{
	struct text whole = text_of(reader->whole, reader->len), rest;
	struct str out;

	str_init(&out, reader->arena);
	str_puts(&out, "ParseAddr(");
	quote_put(&out, &whole);
	str_printf(&out, "): %s", words);
	if (at) {
		rest = text_of(at, (size_t)(reader->end - at));
		str_puts(&out, " (at ");
		quote_put(&out, &rest);
		str_putc(&out, ')');
	}
	reader->problem = str_text(&out);
	return false;
}

static bool read_octets(struct reader *reader, const char *text)
{
	const char *at = text;
	int octet = 0, digits = 0, done = 0;

	for (; at < reader->end; at++) {
		if (*at >= '0' && *at <= '9') {
			if (digits == 1 && !octet)
				return fail(reader,
					    "IPv4 field has octet with "
					    "leading zero",
					    NULL);
			octet = octet * 10 + (*at - '0');
			digits++;
			if (octet > OCTET_MAX)
				return fail(reader, "IPv4 field has value >255",
					    NULL);
			continue;
		}
		if (*at != '.')
			return fail(reader, "unexpected character", at);
		if (!digits || at + 1 == reader->end)
			return fail(reader,
				    "IPv4 field must have at least one digit",
				    at);
		if (++done == OCTETS)
			return fail(reader, "IPv4 address too long", NULL);
		octet = digits = 0;
	}
	return done == OCTETS - 1 ||
	       fail(reader, "IPv4 address too short", NULL);
}

/* What an IPv6 address has given so far. */
struct groups {
	const char *at;
	int count;
	bool gap; /* there was a :: */
};

/* The last two groups, written as an IPv4 address. */
static bool read_embedded(struct reader *reader, struct groups *groups)
{
	if (!groups->gap && groups->count != GROUPS - 2)
		return fail(reader,
			    "embedded IPv4 address must replace the final 2 "
			    "fields of the address",
			    groups->at);
	if (groups->count > GROUPS - 2)
		return fail(reader,
			    "too many hex fields to fit an embedded IPv4 at "
			    "the end of the address",
			    groups->at);
	if (!read_octets(reader, groups->at))
		return false;
	groups->count += 2;
	groups->at = reader->end;
	return true;
}

/* One colon, or two if there was no such pair yet, behind a group. */
static bool read_colons(struct reader *reader, struct groups *groups)
{
	if (*groups->at != ':')
		return fail(reader, "unexpected character, want colon",
			    groups->at);
	if (groups->at + 1 == reader->end)
		return fail(reader, "colon must be followed by more characters",
			    groups->at);
	if (*++groups->at != ':')
		return true;
	if (groups->gap)
		return fail(reader, "multiple :: in address", groups->at);
	groups->gap = true;
	groups->at++;
	return true;
}

static bool read_group(struct reader *reader, struct groups *groups)
{
	const char *at = groups->at;

	while (at < reader->end && hex_digit(*at) >= 0) {
		if (at - groups->at == GROUP_DIGITS)
			return fail(reader,
				    "each group must have 4 or less digits",
				    groups->at);
		at++;
	}
	if (at == groups->at)
		return fail(reader,
			    "each colon-separated field must have at least "
			    "one digit",
			    at);
	if (at < reader->end && *at == '.')
		return read_embedded(reader, groups);
	groups->count++;
	groups->at = at;
	return at == reader->end || read_colons(reader, groups);
}

static bool read_groups(struct reader *reader)
{
	struct groups groups = { reader->whole, 0, false };

	if (reader->end - groups.at >= 2 && !strncmp(groups.at, "::", 2)) {
		groups.gap = true;
		groups.at += 2;
		if (groups.at == reader->end)
			return true;
	}
	do {
		if (!read_group(reader, &groups))
			return false;
	} while (groups.count < GROUPS && groups.at < reader->end);
	if (groups.at < reader->end)
		return fail(reader, "trailing garbage after address",
			    groups.at);
	if (groups.count < GROUPS)
		return groups.gap ||
		       fail(reader, "address string too short", NULL);
	return !groups.gap || fail(reader,
				   "the :: must expand to at least one field "
				   "of zeros",
				   NULL);
}

static bool read_address(struct reader *reader, enum ip_kind *kind)
{
	size_t first = 0;
	const char *zone;

	while (first < reader->len && !strchr(".:%", reader->whole[first]))
		first++;
	if (first == reader->len || !reader->whole[first])
		return fail(reader, "unable to parse IP", NULL);
	if (reader->whole[first] == '%')
		return fail(reader, "missing IPv6 address", NULL);
	*kind = IP_V4;
	if (reader->whole[first] == '.')
		return read_octets(reader, reader->whole);
	zone = memchr(reader->whole, '%', reader->len);
	*kind = zone ? IP_V6_ZONE : IP_V6;
	if (zone && zone + 1 == reader->end)
		return fail(reader, "zone must be a non-empty string", NULL);
	if (zone)
		reader->end = zone;
	return read_groups(reader);
}

bool ip_address_read(struct arena *arena, const char *text, size_t len,
		     enum ip_kind *kind, const char **problem)
{
	struct reader reader = { arena, text, len, text + len, NULL };

	if (read_address(&reader, kind))
		return true;
	*problem = reader.problem;
	return false;
}
