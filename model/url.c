#include "model/url.h"

#include <string.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/str.h"
#include "model/ip_address.h"
#include "model/quote.h"

/* The parts of a URL, each with characters of its own that need no escape. */
enum part {
	PART_USER,
	PART_HOST,
	PART_PATH,
	PART_FRAGMENT
};

static bool is_alnum(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9');
}

static bool is_one_of(unsigned char byte, const char *set)
{
	return byte && strchr(set, byte);
}

static bool needs_escape(unsigned char byte, enum part part)
{
	if (is_alnum(byte) || is_one_of(byte, "-_.~"))
		return false;
	switch (part) {
	case PART_USER:
		return !is_one_of(byte, "$&+,;=");
	case PART_HOST:
		return !is_one_of(byte, "!$&'()*+,;=:[]<>\"");
	case PART_PATH:
		return !is_one_of(byte, "$&+,/:;=@");
	case PART_FRAGMENT:
		return !is_one_of(byte, "$&+,/:;=?@!()*");
	}
	return true;
}

static void put_escaped(struct str *out, const char *text, enum part part)
{
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (needs_escape(byte, part))
			str_printf(out, "%%%02X", byte);
		else
			str_putc(out, *text);
	}
}

/* What is being parsed, for the words of an error. */
struct parser {
	struct arena *arena;
	const char *whole;
	const char *problem;
};

static bool fail(struct parser *parser, const char *before, const char *what,
		 size_t len, const char *after)
{
	struct text text = text_of(what, len);
	struct str out;

	str_init(&out, parser->arena);
	str_puts(&out, before);
	if (len)
		quote_put(&out, &text);
	str_puts(&out, after);
	parser->problem = str_text(&out);
	return false;
}

static bool fail_with(struct parser *parser, const char *words)
{
	return fail(parser, words, "", 0, "");
}

static bool bad_escape(struct parser *parser, const char *at, size_t left)
{
	return fail(parser, "invalid URL escape ", at, left < 3 ? left : 3, "");
}

/* In a host %XX may only stand for what is not ASCII. */
static bool unescape(struct parser *parser, const char *text, size_t len,
		     enum part part, const char **result)
{
	struct str out;
	size_t i;

	str_init(&out, parser->arena);
	for (i = 0; i < len; i++) {
		int high, low;

		if (text[i] != '%') {
			unsigned char byte = (unsigned char)text[i];

			if (part == PART_HOST && byte < 0x80 &&
			    needs_escape(byte, part))
				return fail(parser, "invalid character ",
					    text + i, 1, " in host name");
			str_putc(&out, text[i]);
			continue;
		}
		high = i + 2 < len ? hex_digit(text[i + 1]) : -1;
		low = i + 2 < len ? hex_digit(text[i + 2]) : -1;
		if (high < 0 || low < 0)
			return bad_escape(parser, text + i, len - i);
		if (part == PART_HOST && high < 8 &&
		    strncmp(text + i, "%25", 3) != 0)
			return bad_escape(parser, text + i, 3);
		str_putc(&out, (char)(high << 4 | low));
		i += 2;
	}
	*result = str_text(&out);
	return true;
}

/* scheme = letter { letter | digit | "+" | "-" | "." } ":" */
static bool take_scheme(struct parser *parser, struct url *url,
			const char **rest)
{
	const char *at = *rest;
	char *scheme;

	url->scheme = "";
	for (; *at && *at != ':'; at++) {
		if (at > *rest && is_one_of((unsigned char)*at, "+-."))
			continue;
		if (!is_alnum((unsigned char)*at) ||
		    (at == *rest && *at <= '9'))
			return true;
	}
	if (!*at)
		return true;
	if (at == *rest)
		return fail_with(parser, "missing protocol scheme");
	scheme = arena_strndup(parser->arena, *rest, (size_t)(at - *rest));
	url->scheme = scheme;
	for (; *scheme; scheme++) {
		if (*scheme >= 'A' && *scheme <= 'Z')
			*scheme = (char)(*scheme - 'A' + 'a');
	}
	*rest = at + 1;
	return true;
}

static bool take_user(struct parser *parser, struct url *url, const char *text,
		      size_t len)
{
	const char *colon = memchr(text, ':', len);
	size_t i;

	for (i = 0; i < len; i++) {
		if (!is_alnum((unsigned char)text[i]) &&
		    !is_one_of((unsigned char)text[i], "-._:~!$&'()*+,;=%@"))
			return fail_with(parser, "net/url: invalid userinfo");
	}
	if (!colon)
		return unescape(parser, text, len, PART_USER, &url->user);
	return unescape(parser, text, (size_t)(colon - text), PART_USER,
			&url->user) &&
	       unescape(parser, colon + 1, (size_t)(text + len - colon - 1),
			PART_USER, &url->password);
}

static bool is_port(const char *text)
{
	return !*text ||
	       (*text == ':' && !text[1 + strspn(text + 1, "0123456789")]);
}

/* "[" address "]" [ ":" port ], and IPv6 if it is one. */
static bool take_literal(struct parser *parser, struct url *url,
			 const char *host)
{
	const char *close = strrchr(host, ']'), *address, *problem;
	enum ip_kind kind;

	if (!close)
		return fail_with(parser, "missing ']' in host");
	if (!is_port(close + 1))
		return fail(parser, "invalid port ", close + 1,
			    strlen(close + 1), " after host");
	if (!unescape(parser, host + 1, (size_t)(close - host - 1), PART_HOST,
		      &address))
		return false;
	if (!ip_address_read(parser->arena, address, strlen(address), &kind,
			     &problem))
		return fail_with(parser, arena_join(parser->arena,
						    "invalid host: ", problem));
	if (kind == IP_V4)
		return fail_with(parser, "invalid IP-literal");
	url->host = arena_printf(parser->arena, "[%s]%s", address, close + 1);
	return true;
}

static bool take_host(struct parser *parser, struct url *url, const char *host)
{
	const char *open = strrchr(host, '['), *port = strchr(host, ':');

	if (open == host)
		return take_literal(parser, url, host);
	if (open)
		return fail_with(parser, "invalid IP-literal");
	/* Lists of hosts are for databases, not for the web. */
	if (port && strcmp(url->scheme, "http") != 0 &&
	    strcmp(url->scheme, "https") != 0)
		port = strrchr(host, ':');
	if (port && !is_port(port))
		return fail(parser, "invalid port ", port, strlen(port),
			    " after host");
	return unescape(parser, host, strlen(host), PART_HOST, &url->host);
}

/* authority = [ user [ ":" password ] "@" ] host [ ":" port ] */
static bool take_authority(struct parser *parser, struct url *url,
			   const char *text, size_t len)
{
	const char *authority = arena_strndup(parser->arena, text, len);
	const char *at = strrchr(authority, '@');

	if (!take_host(parser, url, at ? at + 1 : authority))
		return false;
	return !at ||
	       take_user(parser, url, authority, (size_t)(at - authority));
}

/* What stands before '#'. */
static bool take_url(struct parser *parser, struct url *url, const char *text)
{
	const char *rest = text, *mark, *c;
	size_t len;

	for (c = text; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return fail_with(parser, "net/url: invalid control "
						 "character in URL");
	}
	if (strcmp(text, "*") == 0) {
		url->path = "*";
		return true;
	}
	if (!take_scheme(parser, url, &rest))
		return false;
	mark = strchr(rest, '?');
	url->force_query = mark && !mark[1];
	if (mark) {
		url->query = mark + 1;
		rest = arena_strndup(parser->arena, rest,
				     (size_t)(mark - rest));
	}
	len = strcspn(rest, "/");
	if (*rest != '/' && *url->scheme) {
		url->opaque = rest;
		return true;
	}
	if (*rest != '/' && memchr(rest, ':', len))
		return fail_with(parser, "first path segment in URL cannot "
					 "contain colon");
	if (strncmp(rest, "//", 2) == 0 &&
	    (*url->scheme || strncmp(rest, "///", 3) != 0)) {
		len = strcspn(rest + 2, "/");
		if (!take_authority(parser, url, rest + 2, len))
			return false;
		rest += 2 + len;
	} else if (*url->scheme) {
		url->omit_host = true;
	}
	url->raw_path = rest;
	return unescape(parser, rest, strlen(rest), PART_PATH, &url->path);
}

bool url_parse(struct url *url, struct arena *arena, const char *text,
	       size_t len, const char **problem)
{
	struct parser parser = { arena, arena_strndup(arena, text, len), "" };
	const char *hash = strchr(parser.whole, '#');
	struct text shown;
	struct str out;

	memset(url, 0, sizeof(*url));
	url->scheme = url->opaque = url->host = url->path = "";
	url->raw_path = url->query = url->fragment = "";
	shown = text_of(parser.whole,
			hash ? (size_t)(hash - parser.whole) : len);
	if (take_url(&parser, url, arena_strndup(arena, shown.at, shown.len))) {
		shown.len = len;
		if (!hash || unescape(&parser, hash + 1, strlen(hash + 1),
				      PART_FRAGMENT, &url->fragment))
			return true;
	}
	str_init(&out, arena);
	str_puts(&out, "parse ");
	quote_put(&out, &shown);
	str_printf(&out, ": %s", parser.problem);
	*problem = str_text(&out);
	return false;
}

void url_put_user(struct str *out, const struct url *url)
{
	if (url->user)
		put_escaped(out, url->user, PART_USER);
	if (url->user && url->password) {
		str_putc(out, ':');
		put_escaped(out, url->password, PART_USER);
	}
}

/* Whether a path may stay as it was written. */
static bool is_escaped(const char *path)
{
	for (; *path; path++)
		if (!is_one_of((unsigned char)*path, "!$&'()*+,;=:@[]%") &&
		    needs_escape((unsigned char)*path, PART_PATH))
			return false;
	return true;
}

static void put_path(struct str *out, const struct url *url)
{
	size_t first = strcspn(url->path, "/");

	if (*url->path && *url->path != '/' && *url->host)
		str_putc(out, '/');
	/* Else the text before the colon would be read as a scheme. */
	if (!out->len && memchr(url->path, ':', first))
		str_puts(out, "./");
	if (strcmp(url->path, "*") == 0)
		str_putc(out, '*');
	else if (*url->raw_path && is_escaped(url->raw_path))
		str_puts(out, url->raw_path);
	else
		put_escaped(out, url->path, PART_PATH);
}

void url_put(struct str *out, const struct url *url)
{
	if (*url->scheme)
		str_printf(out, "%s:", url->scheme);
	if (*url->opaque) {
		str_puts(out, url->opaque);
	} else {
		bool nobody = !*url->host && !url->user;

		if ((*url->scheme || !nobody) && !(url->omit_host && nobody) &&
		    (*url->host || *url->path || url->user))
			str_puts(out, "//");
		url_put_user(out, url);
		if (url->user)
			str_putc(out, '@');
		put_escaped(out, url->host, PART_HOST);
		put_path(out, url);
	}
	if (url->force_query || *url->query)
		str_printf(out, "?%s", url->query);
	if (*url->fragment) {
		str_putc(out, '#');
		put_escaped(out, url->fragment, PART_FRAGMENT);
	}
}

const char *url_hostname(struct arena *arena, const struct url *url)
{
	const char *port = strrchr(url->host, ':'), *host = url->host;
	size_t len = strlen(host);

	if (port && is_port(port))
		len = (size_t)(port - host);
	if (len > 1 && *host == '[' && host[len - 1] == ']') {
		host++;
		len -= 2;
	}
	return arena_strndup(arena, host, len);
}

/* Undo "." and ".."; what is left begins with one slash. */
static const char *without_dots(struct arena *arena, const char *path)
{
	bool last = false;
	struct str out;

	str_init(&out, arena);
	for (path += *path == '/'; !last; path++) {
		size_t len = strcspn(path, "/");

		last = !path[len];
		if (len == 2 && !strncmp(path, "..", 2)) {
			while (out.len && out.text[--out.len] != '/')
				;
			if (last)
				str_putc(&out, '/');
		} else if (len == 1 && *path == '.') {
			if (last)
				str_putc(&out, '/');
		} else {
			str_putc(&out, '/');
			str_put(&out, path, len);
		}
		path += len;
	}
	return str_text(&out);
}

static const char *resolve_path(struct arena *arena, const char *base,
				const char *path)
{
	const char *slash = strrchr(base, '/');
	const char *whole = *path ? path : base;

	if (*path && *path != '/' && slash)
		whole = arena_printf(arena, "%.*s%s", (int)(slash - base + 1),
				     base, path);
	return *whole ? without_dots(arena, whole) : "";
}

void url_resolve(struct url *result, struct arena *arena,
		 const struct url *base, const struct url *reference)
{
	const struct url nowhere = { .path = "", .raw_path = "" };
	const bool absolute = *reference->scheme;

	*result = *reference;
	if (!absolute)
		result->scheme = base->scheme;
	if (absolute || *reference->host || reference->user) {
		base = &nowhere;
	} else {
		if (!*reference->path && !reference->force_query &&
		    !*reference->query)
			result->query = base->query;
		if (!*reference->path && *base->opaque) {
			result->opaque = base->opaque;
			return;
		}
		result->host = base->host;
		result->user = base->user;
		result->password = base->password;
	}
	result->path = resolve_path(arena, base->path, reference->path);
	result->raw_path =
		resolve_path(arena, base->raw_path, reference->raw_path);
}
