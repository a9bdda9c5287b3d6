/*
 * `format`: the ones Helm asserts, with its words.
 */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/regex.h"
#include "base/str.h"
#include "templates/schema/schema_private.h"

struct check {
	struct arena *arena;
	const char *text;
	size_t len;
};

static bool digits(const char *text, size_t count)
{
	return strspn(text, "0123456789") >= count;
}

static int number_of(const char *text, size_t count)
{
	int number = 0;

	while (count--)
		number = number * 10 + (*text++ - '0');
	return number;
}

static const char *regex_error(const struct check *check)
{
	const char *error;

	return regex_compile(check->arena, check->text, check->len, &error)
		       ? NULL
		       : error;
}

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static const char *date_error(const struct check *check)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	const char *text = check->text;
	int month, day;

	if (check->len < 4 || !digits(text, 4))
		return arena_printf(check->arena,
				    "parsing time \"%s\" as \"2006-01-02\": "
				    "cannot parse \"%s\" as \"2006\"",
				    text, text);
	if (check->len != 10 || text[4] != '-' || !digits(text + 5, 2) ||
	    text[7] != '-' || !digits(text + 8, 2))
		return arena_printf(check->arena,
				    "parsing time \"%s\" as \"2006-01-02\": "
				    "cannot parse \"%s\" as \"-\"",
				    text, text + 4);
	month = number_of(text + 5, 2);
	day = number_of(text + 8, 2);
	if (month < 1 || month > 12)
		return arena_printf(check->arena,
				    "parsing time \"%s\": month out of range",
				    text);
	if (day < 1 ||
	    day > days[month - 1] + (month == 2 && leap(number_of(text, 4))))
		return arena_printf(check->arena,
				    "parsing time \"%s\": day out of range",
				    text);
	return NULL;
}

/* hh:mm:ss [.fraction] (Z | +hh:mm) */
static const char *time_error(const struct check *check)
{
	const char *at = check->text;

	if (check->len < 9)
		return "less than 9 characters long";
	if (!digits(at, 2) || at[2] != ':' || !digits(at + 3, 2) ||
	    at[5] != ':' || !digits(at + 6, 2))
		return "missing colon in correct place";
	if (number_of(at, 2) > 23)
		return "invalid hour";
	if (number_of(at + 3, 2) > 59)
		return "invalid minute";
	if (number_of(at + 6, 2) > 60)
		return "invalid second";
	at += 8;
	if (*at == '.') {
		if (!digits(++at, 1))
			return "no digits in second fraction";
		at += strspn(at, "0123456789");
	}
	if (*at == 'z' || *at == 'Z')
		return at[1] ? "invalid offset" : NULL;
	if ((*at != '+' && *at != '-') || !digits(at + 1, 2) || at[3] != ':' ||
	    !digits(at + 4, 2) || at[6] || number_of(at + 1, 2) > 23 ||
	    number_of(at + 4, 2) > 59)
		return "offset must be 6 characters long";
	return NULL;
}

static const char *date_time_error(const struct check *check)
{
	struct check part = *check;
	const char *error;

	if (check->len < 20)
		return "less than 20 characters long";
	if (check->text[10] != 't' && check->text[10] != 'T')
		return "11th character must be t or T";
	part.text = arena_strndup(check->arena, check->text, 10);
	part.len = 10;
	error = date_error(&part);
	if (error)
		return arena_printf(check->arena, "invalid date element: %s",
				    error);
	part.text = check->text + 11;
	part.len = check->len - 11;
	error = time_error(&part);
	return error ? arena_printf(check->arena, "invalid time element: %s",
				    error)
		     : NULL;
}

static const char *duration_error(const struct check *check)
{
	const char *at = check->text;
	bool time = false, any = false;

	if (*at != 'P')
		return "must start with P";
	for (at++; *at;) {
		if (*at == 'T' && !time) {
			time = true;
			at++;
			any = false;
			continue;
		}
		if (!digits(at, 1))
			return "not a duration";
		at += strspn(at, "0123456789");
		if (!*at || !strchr(time ? "HMS" : "YMWD", *at))
			return "invalid unit";
		any = true;
		at++;
	}
	return any ? NULL : "nothing after P";
}

static const char *hostname_error(const struct check *check)
{
	const char *text = check->text;
	size_t len = check->len, label = 0, i;

	if (len && text[len - 1] == '.')
		len--;
	if (len > 253)
		return "more than 253 characters long";
	for (i = 0; i <= len; i++) {
		char byte = i < len ? text[i] : '.';

		if (byte == '.') {
			if (!label || label > 63)
				return "label must be 1 to 63 characters long";
			if (text[i - 1] == '-')
				return "label ends with hyphen";
			label = 0;
			continue;
		}
		if (byte == '-' && !label)
			return "label starts with hyphen";
		if (!((byte >= 'a' && byte <= 'z') ||
		      (byte >= 'A' && byte <= 'Z') ||
		      (byte >= '0' && byte <= '9') || byte == '-'))
			return arena_printf(check->arena,
					    "invalid character '%c'", byte);
		label++;
	}
	return NULL;
}

static const char *ipv4_error(const struct check *check)
{
	const char *at = check->text;
	int part;

	for (part = 0; part < 4; part++) {
		size_t count = strspn(at, "0123456789");

		if (!count || (part < 3 ? at[count] != '.' : at[count] != 0))
			return "expected four decimals";
		if (count > 3 || number_of(at, count) > 255)
			return "decimal must be between 0 and 255";
		if (count > 1 && *at == '0')
			return "leading zeros in decimal";
		at += count + 1;
	}
	return NULL;
}

static const char *ipv6_error(const struct check *check)
{
	const char *at = check->text;
	int groups = 0;
	bool gap = false;

	if (!strchr(at, ':'))
		return "missing colon";
	while (*at) {
		size_t count = strspn(at, "0123456789abcdefABCDEF");

		if (at[count] == '.') {
			struct check rest = { check->arena, at, strlen(at) };

			if (ipv4_error(&rest))
				return "not an IPv6 address";
			groups += 2;
			at += strlen(at);
			break;
		}
		if (count > 4)
			return "not an IPv6 address";
		if (count)
			groups++;
		at += count;
		if (at[0] == ':' && at[1] == ':') {
			if (gap)
				return "not an IPv6 address";
			gap = true;
			at += 2;
		} else if (*at == ':' && count && at[1]) {
			at++;
		} else if (*at) {
			return "not an IPv6 address";
		}
	}
	return gap           ? (groups < 8 ? NULL : "not an IPv6 address")
	       : groups == 8 ? NULL
			     : "not an IPv6 address";
}

static const char *email_error(const struct check *check)
{
	const char *at = strrchr(check->text, '@');
	struct check host = { check->arena, at ? at + 1 : "", 0 };
	size_t local = at ? (size_t)(at - check->text) : 0;

	if (!at)
		return "missing @";
	if (check->len > 254)
		return "more than 255 characters long";
	if (!local)
		return "local part empty";
	if (local > 64)
		return "local part more than 64 characters long";
	host.len = strlen(host.text);
	if (*host.text == '[')
		return NULL;
	return hostname_error(&host)
		       ? arena_printf(check->arena, "invalid domain: %s",
				      hostname_error(&host))
		       : NULL;
}

/* A percent sign needs two hexadecimal digits; no blanks, no controls. */
static const char *reference_error(const struct check *check)
{
	static const char hex[] = "0123456789abcdefABCDEF";
	const char *at;

	for (at = check->text; *at; at++) {
		if (*at == '%' && strspn(at + 1, hex) < 2)
			return arena_printf(check->arena,
					    "parse \"%s\": invalid URL escape "
					    "\"%.3s\"",
					    check->text, at);
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return arena_printf(check->arena,
					    "parse \"%s\": net/url: invalid "
					    "control character in URL",
					    check->text);
		if (*at == '\\')
			return "contains \\";
	}
	return NULL;
}

static const char *uri_error(const struct check *check)
{
	const char *error = reference_error(check);
	size_t scheme = strspn(check->text,
			       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS"
			       "TUVWXYZ0123456789+-.");

	if (error)
		return error;
	return scheme && check->text[scheme] == ':' ? NULL : "relative url";
}

static const char *pointer_error(const struct check *check)
{
	const char *at;

	if (check->len && *check->text != '/')
		return "not starting with /";
	for (at = check->text; *at; at++)
		if (*at == '~' && at[1] != '0' && at[1] != '1')
			return "~ must be followed by 0 or 1";
	return NULL;
}

static const char *uuid_error(const struct check *check)
{
	static const size_t lengths[] = { 8, 4, 4, 4, 12 };
	const char *at = check->text;
	size_t i, count;

	for (i = 0; i < 5; i++) {
		count = strcspn(at, "-");
		if ((i < 4) != (at[count] == '-'))
			return "must have 5 elements";
		at += count + (i < 4);
	}
	for (at = check->text, i = 0; i < 5; i++) {
		count = strcspn(at, "-");
		if (count != lengths[i])
			return arena_printf(check->arena,
					    "element %zu must be %zu "
					    "characters long",
					    i + 1, lengths[i]);
		if (strspn(at, "0123456789abcdefABCDEF") < count)
			return arena_printf(check->arena,
					    "non-hex character in element %zu",
					    i + 1);
		at += count + 1;
	}
	return NULL;
}

static const struct {
	const char *name;
	const char *(*error)(const struct check *check);
} formats[] = {
	{ "date", date_error },         { "date-time", date_time_error },
	{ "duration", duration_error }, { "email", email_error },
	{ "hostname", hostname_error }, { "ipv4", ipv4_error },
	{ "ipv6", ipv6_error },         { "json-pointer", pointer_error },
	{ "regex", regex_error },       { "time", time_error },
	{ "uri", uri_error },           { "uri-reference", reference_error },
	{ "uuid", uuid_error },
};

const char *schema_format_error(struct arena *arena, const char *format,
				const char *text, size_t len)
{
	const struct check check = { arena, text, len };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(formats); i++)
		if (strcmp(formats[i].name, format) == 0)
			return formats[i].error(&check);
	return NULL;
}
