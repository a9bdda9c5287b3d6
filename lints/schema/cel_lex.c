/*
 * The tokens of CEL: names, numbers, texts with their prefixes, signs.
 */
#include "lints/schema/cel.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/number.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool begins_name(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

/* Space, and comments up to the end of the line. */
static size_t skip(const char *text, size_t at)
{
	for (;;) {
		at += strspn(text + at, " \t\r\n\f");
		if (strncmp(text + at, "//", 2) != 0)
			return at;
		at += strcspn(text + at, "\n");
	}
}

static struct cel_token bad(size_t begin, size_t len, const char *reason)
{
	const struct cel_token token = { CEL_BAD, begin, len, reason };

	return token;
}

/* A whole number has 64 bits; of a negative one the sign stands before it. */
static bool fits(const char *text, size_t len, int base, bool natural)
{
	uint64_t number;

	return number_parse_uint(text, len, base, &number) == NUMBER_OK &&
	       (natural || number <= (uint64_t)INT64_MAX + 1);
}

static struct cel_token number(const char *text, size_t begin)
{
	struct cel_token token = { CEL_NUMBER, begin, 0, NULL };
	size_t at = begin, digits = begin, power;
	int base = 10;
	bool whole = true, natural;

	if (text[at] == '0' && (text[at + 1] | 0x20) == 'x' &&
	    is_hex(text[at + 2])) {
		base = 16;
		digits = at += 2;
		while (is_hex(text[at]))
			at++;
	} else {
		while (is_digit(text[at]))
			at++;
		if (text[at] == '.' && is_digit(text[at + 1])) {
			whole = false;
			for (at++; is_digit(text[at]);)
				at++;
		}
		power = at + 1;
		if (text[power] == '+' || text[power] == '-')
			power++;
		if ((text[at] | 0x20) == 'e' && is_digit(text[power])) {
			whole = false;
			for (at = power; is_digit(text[at]);)
				at++;
		}
	}
	natural = whole && (text[at] | 0x20) == 'u';
	if (whole && !fits(text + digits, at - digits, base, natural))
		return bad(begin, at - begin,
			   "a whole number of no more than 64 bits is needed");
	token.len = at + natural - begin;
	return token;
}

/* How many bytes an escape takes behind the backslash; 0: it is none. */
static size_t escape(const char *text, size_t at)
{
	size_t digits = 0, i;

	if (strchr("abfnrtv\\?\"'`", text[at]) && text[at])
		return 1;
	if (text[at] >= '0' && text[at] <= '3') {
		for (i = 1; i < 3; i++)
			if (text[at + i] < '0' || text[at + i] > '7')
				return 0;
		return 3;
	}
	if (text[at] == 'x' || text[at] == 'X')
		digits = 2;
	else if (text[at] == 'u')
		digits = 4;
	else if (text[at] == 'U')
		digits = 8;
	for (i = 1; i <= digits; i++)
		if (!is_hex(text[at + i]))
			return 0;
	return digits ? digits + 1 : 0;
}

/* From its quotes on; `begin` is that of its prefix. */
static struct cel_token quoted(const char *text, size_t begin, size_t at,
			       bool raw)
{
	struct cel_token token = { CEL_TEXT, begin, 0, NULL };
	char quote = text[at];
	size_t quotes = text[at + 1] == quote && text[at + 2] == quote ? 3 : 1;
	size_t len;

	for (at += quotes; text[at]; at++) {
		if (text[at] == quote &&
		    (quotes == 1 ||
		     (text[at + 1] == quote && text[at + 2] == quote))) {
			token.len = at + quotes - begin;
			return token;
		}
		if (quotes == 1 && (text[at] == '\n' || text[at] == '\r'))
			break;
		if (text[at] != '\\' || raw)
			continue;
		len = escape(text, at + 1);
		if (!len)
			return bad(at, text[at + 1] ? 2 : 1,
				   "there is no such escape in a text");
		at += len;
	}
	return bad(begin, at - begin, "a text without its end");
}

/* r"", b"" and both, in either case. */
static size_t prefix(const char *text, size_t at, bool *raw)
{
	size_t len = 0;
	bool bytes = false;

	*raw = false;
	for (; len < 2; len++) {
		char c = text[at + len] | 0x20;

		if (c == 'r' && !*raw)
			*raw = true;
		else if (c == 'b' && !bytes)
			bytes = true;
		else
			break;
	}
	return text[at + len] == '"' || text[at + len] == '\'' ? len : 0;
}

static struct cel_token sign(const char *text, size_t at)
{
	static const char *const pairs[] = {
		"&&", "||", "==", "!=", "<=", ">="
	};
	struct cel_token token = { CEL_SIGN, at, 1, NULL };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(pairs); i++)
		if (strncmp(text + at, pairs[i], 2) == 0) {
			token.len = 2;
			return token;
		}
	if (!strchr("!<>+-*/%?:.,()[]{}", text[at]))
		return bad(at, 1,
			   text[at] == '=' ? "'==' compares"
			   : text[at] == '&' || text[at] == '|'
				   ? "'&&' and '||' join conditions"
				   : "no token begins so");
	return token;
}

struct cel_token cel_next(const char *text, size_t at)
{
	struct cel_token token = { CEL_END, 0, 0, NULL };
	size_t len;
	bool raw;

	at = skip(text, at);
	token.begin = at;
	if (!text[at])
		return token;
	len = prefix(text, at, &raw);
	if (len || text[at] == '"' || text[at] == '\'')
		return quoted(text, at, at + len, raw);
	if (is_digit(text[at]) || (text[at] == '.' && is_digit(text[at + 1])))
		return number(text, at);
	/* A field whose name is no name: object.`foo-bar`. */
	if (text[at] == '`') {
		len = strcspn(text + at + 1, "`\n");
		if (text[at + 1 + len] != '`')
			return bad(at, len + 1, "a name without its end");
		token.kind = CEL_NAME;
		token.len = len + 2;
		return token;
	}
	if (!begins_name(text[at]))
		return sign(text, at);
	token.kind = CEL_NAME;
	while (begins_name(text[at]) || is_digit(text[at]))
		at++;
	token.len = at - token.begin;
	return token;
}
