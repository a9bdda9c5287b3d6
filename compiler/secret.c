#include "compiler/secret.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

bool secret_key(const char *key, size_t len)
{
	static const char *const ends[] = {
		"password",  "passwd",     "passphrase", "token",
		"secret",    "apikey",     "api_key",    "api-key",
		"accesskey", "access_key", "privatekey", "private_key",
	};
	size_t i, j, end;

	while (len && strchr("\"' \t", key[len - 1]))
		len--;
	for (i = 0; i < ARRAY_COUNT(ends); i++) {
		end = strlen(ends[i]);
		for (j = 0; j < end && end <= len; j++)
			if ((key[len - end + j] | 0x20) != (ends[i][j] | 0x20))
				break;
		if (j == end)
			return true;
	}
	return false;
}

struct range {
	size_t begin;
	size_t end;
};

static bool is_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

/* What is looked up elsewhere, or goes on in other lines, is no secret. */
static bool is_plain(const char *text, const struct range *value)
{
	static const char *const words[] = { "true", "false", "null", "***" };
	size_t len = value->end - value->begin, i;

	if (!len || is_one_of(text[value->begin], "{[$*|>&"))
		return false;
	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (strlen(words[i]) == len &&
		    strncmp(text + value->begin, words[i], len) == 0)
			return false;
	return true;
}

static size_t value_end(const char *text, size_t len, size_t at, char quote)
{
	while (at < len) {
		if (quote ? text[at] == quote
			  : is_one_of(text[at], " \t\r\n,;&}])\"'"))
			break;
		at++;
	}
	while (quote && at && text[at - 1] == '\\')
		at--;
	return at;
}

/*
 * The value behind the "=" or ":" at a place, if its key is of that kind; or
 * behind the end of an option, if that is.
 */
static bool value_behind(const char *text, size_t len, size_t at,
			 struct range *value)
{
	size_t end = at, begin;
	char quote = '\0';

	bool option = text[at] == ' ' || text[at] == ',';

	if (text[at] == ':' ? at + 1 >= len || !strchr(" \t\"'\\", text[at + 1])
			    : at + 1 < len && text[at + 1] == '=')
		return false;
	while (end && is_one_of(text[end - 1], " \t\"'\\"))
		end--;
	for (begin = end; begin && !is_one_of(text[begin - 1],
					      " \t\r\n,;&{}[]()\"'=:/|");)
		begin--;
	if (!secret_key(text + begin, end - begin) ||
	    (option && text[begin] != '-'))
		return false;
	/* "spec.volumes[0].secret: ..." is what a message says of a field. */
	if (begin && text[begin - 1] == ']' && text[begin] == '.')
		return false;
	for (at++; at < len && is_one_of(text[at], " \t\\"); at++)
		;
	if (at < len && is_one_of(text[at], "\"'"))
		quote = text[at++];
	value->begin = at;
	value->end = value_end(text, len, at, quote);
	return is_plain(text, value);
}

/* user:password@host behind "://" */
static bool password_behind(const char *text, size_t len, size_t at,
			    struct range *value)
{
	value->begin = 0;
	if (at + 2 >= len || strncmp(text + at, "://", 3) != 0)
		return false;
	for (at += 3; at < len && !is_one_of(text[at], " \t\r\n/\"'@"); at++)
		if (text[at] == ':' && !value->begin)
			value->begin = at + 1;
	value->end = at;
	return value->begin && at < len && text[at] == '@' &&
	       is_plain(text, value);
}

const char *secret_hidden(struct arena *arena, const char *text, size_t len,
			  bool keep)
{
	size_t at, done = 0;
	struct range value;
	struct str out;

	str_init(&out, arena);
	for (at = 0; at < len; at++) {
		if (!is_one_of(text[at], ":=, ") ||
		    (!password_behind(text, len, at, &value) &&
		     !value_behind(text, len, at, &value)))
			continue;
		str_put(&out, text + done, value.begin - done);
		if (keep)
			str_fill(&out, '*', value.end - value.begin);
		else
			str_puts(&out, "***");
		done = value.end;
		at = value.end - 1;
	}
	str_put(&out, text + done, len - done);
	return str_text(&out);
}

bool secret_line(const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);

	return colon && secret_key(line, (size_t)(colon - line));
}

const char *secret_masked(struct arena *arena, const char *line, size_t *len)
{
	const char *colon = memchr(line, ':', *len);
	size_t kept = colon ? (size_t)(colon - line) + 1 : strspn(line, " \t-");
	char *copy;

	if (kept >= *len)
		return arena_strndup(arena, line, *len);
	copy = arena_printf(arena, "%.*s ***", (int)kept, line);
	*len = strlen(copy);
	return copy;
}
