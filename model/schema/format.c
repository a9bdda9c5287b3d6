/*
 * `format`: the ones Helm asserts, with its words.
 */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/regex.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/schema/schema_private.h"

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

/* time.Parse of Go, for the layout 2006-01-02. */
static const char *date_error(const struct check *check)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	static const struct {
		size_t at;
		size_t digits; /* 0: a hyphen */
		const char *layout;
	} parts[] = {
		{ 0, 4, "2006" }, { 4, 0, "-" },  { 5, 2, "01" },
		{ 7, 0, "-" },    { 8, 2, "02" },
	};
	const char *text = check->text;
	int month, day;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(parts); i++) {
		const char *at = text + parts[i].at;

		if (parts[i].digits ? !digits(at, parts[i].digits) : *at != '-')
			return arena_printf(check->arena,
					    "parsing time \"%s\" as "
					    "\"2006-01-02\": cannot parse "
					    "\"%s\" as \"%s\"",
					    text, at, parts[i].layout);
	}
	month = number_of(text + 5, 2);
	day = number_of(text + 8, 2);
	if (month < 1 || month > 12)
		return arena_printf(check->arena,
				    "parsing time \"%s\": month out of range",
				    text);
	if (text[10])
		return arena_printf(check->arena,
				    "parsing time \"%s\": extra text: \"%s\"",
				    text, text + 10);
	if (day < 1 ||
	    day > days[month - 1] + (month == 2 && leap(number_of(text, 4))))
		return arena_printf(check->arena,
				    "parsing time \"%s\": day out of range",
				    text);
	return NULL;
}

/* Z or +hh:mm; `*minutes` is what has to be taken off to get UTC. */
static const char *offset_error(const char *at, int *minutes)
{
	int hour, minute;

	*minutes = 0;
	if ((*at == 'z' || *at == 'Z') && !at[1])
		return NULL;
	if (strlen(at) != 6)
		return "offset must be 6 characters long";
	if ((*at != '+' && *at != '-') || !digits(at + 1, 2) || at[3] != ':' ||
	    !digits(at + 4, 2))
		return "invalid offset";
	hour = number_of(at + 1, 2);
	minute = number_of(at + 4, 2);
	if (hour > 23 || minute > 59)
		return "hour/min in offset out of range";
	*minutes = (hour * 60 + minute) * (*at == '-' ? -1 : 1);
	return NULL;
}

/* hh:mm:ss [.fraction] (Z | +hh:mm); second 60 only at 23:59 UTC */
static const char *time_error(const struct check *check)
{
	const char *at = check->text, *error;
	int hour, minute, second, offset, utc;

	if (check->len < 9)
		return "less than 9 characters long";
	if (at[2] != ':' || at[5] != ':')
		return "missing colon in correct place";
	if (!digits(at, 2) || !digits(at + 3, 2) || !digits(at + 6, 2))
		return "invalid hour/min/sec";
	hour = number_of(at, 2);
	minute = number_of(at + 3, 2);
	second = number_of(at + 6, 2);
	if (hour > 23 || minute > 59 || second > 60)
		return "hour/min/sec out of range";
	at += 8;
	if (*at == '.') {
		if (!digits(++at, 1))
			return "no digits in second fraction";
		at += strspn(at, "0123456789");
	}
	error = offset_error(at, &offset);
	if (error || second < 60)
		return error;
	utc = (hour * 60 + minute - offset + 2 * 24 * 60) % (24 * 60);
	return utc == 23 * 60 + 59 ? NULL : "invalid leap second";
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

/* Numbers, each with the next of the units; `*any`: there was one. */
static const char *duration_units(const struct check *check, const char **text,
				  const char *units, bool *any)
{
	const char *at = *text, *all = units;

	for (*any = false; *at && *at != 'T'; at++, *any = true) {
		const char *unit;

		if (!digits(at, 1))
			return "missing number";
		at += strspn(at, "0123456789");
		if (!*at)
			return "missing unit";
		unit = strchr(units, *at);
		if (!unit)
			return arena_printf(check->arena,
					    strchr(all, *at)
						    ? "unit '%c' out of order"
						    : "invalid unit '%c'",
					    *at);
		units = unit + 1;
	}
	*text = at;
	return NULL;
}

static const char *duration_error(const struct check *check)
{
	const char *at = check->text, *error, *week;
	bool any;

	if (*at != 'P')
		return "must start with P";
	at++;
	if (!*at)
		return "nothing after P";
	week = at + strlen(at) - 1;
	if (week == at && *week == 'W')
		return "no number in week";
	if (*week == 'W')
		return at + strspn(at, "0123456789") == week ? NULL
							     : "invalid week";
	error = duration_units(check, &at, "YMD", &any);
	if (error || *at != 'T')
		return error;
	at++;
	error = duration_units(check, &at, "HMS", &any);
	if (error)
		return error;
	return any && !*at ? NULL : "no time elements";
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

/* Four parts with something else than digits: Go's word for the first. */
static const char *four_parts(const struct check *check)
{
	const char *at = check->text;
	size_t dots = 0;

	for (; *at; at++)
		dots += *at == '.';
	if (dots != 3)
		return "expected four decimals";
	for (at = check->text;; at += strcspn(at, ".") + 1) {
		size_t len = strcspn(at, ".");

		if (!len || strspn(at, "0123456789") < len)
			return arena_printf(check->arena,
					    "strconv.Atoi: parsing \"%.*s\": "
					    "invalid syntax",
					    (int)len, at);
	}
}

static const char *ipv4_error(const struct check *check)
{
	const char *at = check->text;
	int part;

	for (part = 0; part < 4; part++) {
		size_t count = strspn(at, "0123456789");

		if (part < 3 ? at[count] != '.' : at[count] != 0)
			return four_parts(check);
		if (!count)
			return four_parts(check);
		if (count > 3 || number_of(at, count) > 255)
			return "decimal must be between 0 and 255";
		if (count > 1 && *at == '0')
			return "leading zeros";
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
	if (strchr(at, '%'))
		return "zone id is not a part of ipv6 address";
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

/* Dots neither first nor last nor in pairs; characters of an atom. */
static const char *local_error(const struct check *check, size_t len)
{
	const char *text = check->text;
	size_t i, size;

	if (len && text[0] == '.')
		return "starts with dot";
	if (len && text[len - 1] == '.')
		return "ends with dot";
	for (i = 0; i < len; i += size) {
		uint32_t rune = utf8_decode(text + i, len - i, &size);

		if (rune == '.' && i && text[i - 1] == '.')
			return "consecutive dots";
		if (rune < 0x80 && strchr(".!#$%&'*+-/=?^_`{|}~0123456789"
					  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					  "abcdefghijklmnopqrstuvwxyz",
					  (int)rune))
			continue;
		return arena_printf(check->arena, "invalid character '%.*s'",
				    (int)size, text + i);
	}
	return NULL;
}

static const char *email_host_error(const struct check *check, const char *text)
{
	struct check host = { check->arena, text, strlen(text) };
	bool six;
	const char *error;

	if (*text != '[' || text[host.len - 1] != ']') {
		error = hostname_error(&host);
		return error ? arena_printf(check->arena, "invalid domain: %s",
					    error)
			     : NULL;
	}
	six = strncmp(text, "[IPv6:", 6) == 0;
	host.text = arena_strndup(check->arena, text + (six ? 6 : 1),
				  host.len - (six ? 7 : 2));
	host.len = strlen(host.text);
	error = six ? ipv6_error(&host) : ipv4_error(&host);
	return error ? arena_printf(check->arena, "invalid %s address: %s",
				    six ? "ipv6" : "ipv4", error)
		     : NULL;
}

static const char *email_error(const struct check *check)
{
	const char *at = strrchr(check->text, '@'), *error;
	size_t local = at ? (size_t)(at - check->text) : 0;

	if (!at)
		return "missing @";
	if (check->len > 254)
		return "more than 255 characters long";
	if (local > 64)
		return "local part more than 64 characters long";
	error = email_host_error(check, at + 1);
	if (local > 1 && check->text[0] == '"' && at[-1] == '"')
		return error;
	return error ? error : local_error(check, local);
}

static const char *host_error(const struct check *check, const char *host)
{
	size_t len = strcspn(host, "/?#"), i;

	if (*host == '[' && !memchr(host, ']', len))
		return arena_printf(check->arena,
				    "parse \"%s\": missing ']' in host",
				    check->text);
	for (i = 0; i < len; i++)
		if (strchr(" <>\"`{}^|", host[i]))
			return arena_printf(check->arena,
					    "parse \"%s\": invalid character "
					    "\"%c\" in host name",
					    check->text, host[i]);
	return NULL;
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
	if (check->text[0] == ':')
		return arena_printf(check->arena,
				    "parse \"%s\": missing protocol scheme",
				    check->text);
	at = strstr(check->text, "://");
	return at ? host_error(check, at + 3) : NULL;
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
	size_t i, count, hex;

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
		hex = strspn(at, "0123456789abcdefABCDEF");
		if (hex < count)
			return arena_printf(check->arena,
					    "non-hex character '%c'", at[hex]);
		at += count + 1;
	}
	return NULL;
}

/* How many levels up, and a pointer from there or a #. */
static const char *relative_pointer_error(const struct check *check)
{
	size_t count = strspn(check->text, "0123456789");
	const struct check rest = { check->arena, check->text + count,
				    check->len - count };

	if (!count)
		return "must start with non-negative integer";
	if (count > 1 && *check->text == '0')
		return "starts with zero";
	return strcmp(rest.text, "#") == 0 ? NULL : pointer_error(&rest);
}

/* In each part of the path, braces come in pairs of one level. */
static const char *template_error(const struct check *check)
{
	const char *error = reference_error(check), *at;
	bool open = false;

	if (error)
		return error;
	for (at = check->text; *at && *at != '?' && *at != '#'; at++) {
		if (*at == '/' && open)
			break;
		if (*at != '{' && *at != '}')
			continue;
		if (open == (*at == '{'))
			return "nested curly braces";
		open = !open;
	}
	return open ? "no matching closing brace" : NULL;
}

/* One side of a period; its error stands behind `where`. */
static const char *side_error(const struct check *check, const char *where,
			      bool duration)
{
	const char *error =
		duration ? duration_error(check) : date_time_error(check);

	return error ? arena_printf(check->arena, "invalid %s %s: %s", where,
				    duration ? "duration" : "date-time", error)
		     : NULL;
}

static const char *period_error(const struct check *check)
{
	const char *slash = strchr(check->text, '/'), *error;
	struct check start = *check, end = *check;

	if (!slash)
		return "missing slash";
	start.len = (size_t)(slash - check->text);
	start.text = arena_strndup(check->arena, check->text, start.len);
	end.text = slash + 1;
	end.len = check->len - start.len - 1;
	error = side_error(&start, "start", *start.text == 'P');
	if (error)
		return error;
	return side_error(&end, "end", *start.text != 'P' && *end.text == 'P');
}

static const char *character_error(const struct check *check, const char *at,
				   const char *what)
{
	size_t size;

	utf8_decode(at, strlen(at), &size);
	return arena_printf(check->arena,
			    "invalid character '%.*s' in %s "
			    "identifier",
			    (int)size, at, what);
}

/* Identifiers with dots between them; `numeric`: none has a zero in front. */
static const char *identifiers_error(const struct check *check, const char *at,
				     const char *end, const char *what,
				     bool numeric)
{
	for (;; at++) {
		size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz"
					"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					"0123456789-");

		if (at + len > end)
			len = (size_t)(end - at);
		if (at + len < end && at[len] != '.')
			return character_error(check, at + len, what);
		if (!len)
			return arena_printf(check->arena,
					    "%s identifier is empty", what);
		if (numeric && len > 1 && *at == '0' && digits(at, len))
			return arena_printf(check->arena,
					    "%s numeric identifier starts "
					    "with zero",
					    what);
		at += len;
		if (at == end)
			return NULL;
	}
}

static const char *core_error(const struct check *check, const char *at,
			      const char *end)
{
	static const char *const names[] = { "major", "minor", "patch" };
	const char *wrong = NULL;
	size_t i, dots = 0;

	for (i = 0; at + i < end; i++)
		dots += at[i] == '.';
	if (dots != 2)
		return "versionCore must have 3 numbers separated by dot";
	for (i = 0; i < 3 && !wrong; i++) {
		size_t len = 0;

		while (at + len < end && at[len] != '.')
			len++;
		if (!len)
			wrong = "is empty";
		else if (len > 1 && *at == '0')
			wrong = "starts with zero";
		else if (!digits(at, len))
			wrong = "contains non-digit";
		at += len + 1;
	}
	return wrong ? arena_printf(check->arena, "%s %s", names[i - 1], wrong)
		     : NULL;
}

static const char *semver_error(const struct check *check)
{
	const char *end = check->text + check->len, *error;
	const char *plus = strchr(check->text, '+'), *hyphen;

	if (plus && plus + 1 == end)
		return "build is empty";
	if (plus) {
		error = identifiers_error(check, plus + 1, end, "build", false);
		if (error)
			return error;
		end = plus;
	}
	hyphen = strchr(check->text, '-');
	if (hyphen && hyphen < end) {
		error = identifiers_error(check, hyphen + 1, end, "pre-release",
					  true);
		if (error)
			return error;
		end = hyphen;
	}
	return core_error(check, check->text, end);
}

static const struct {
	const char *name;
	const char *(*error)(const struct check *check);
} formats[] = {
	{ "date", date_error },
	{ "date-time", date_time_error },
	{ "duration", duration_error },
	{ "email", email_error },
	{ "hostname", hostname_error },
	{ "ipv4", ipv4_error },
	{ "ipv6", ipv6_error },
	{ "json-pointer", pointer_error },
	{ "regex", regex_error },
	{ "time", time_error },
	{ "uri", uri_error },
	{ "uri-reference", reference_error },
	{ "uuid", uuid_error },
	{ "iri", uri_error },
	{ "iri-reference", reference_error },
	{ "period", period_error },
	{ "relative-json-pointer", relative_pointer_error },
	{ "semver", semver_error },
	{ "uri-template", template_error },
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
