/*
 * `format`: the ones Helm asserts, with its words.
 */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/regex.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/ip_address.h"
#include "model/quote.h"
#include "model/schema/schema_private.h"
#include "model/url.h"

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

/* A character in single quotes, as %q of Go writes it. */
static const char *wrong_character(const struct check *check, const char *what,
				   const char *at, const char *where)
{
	struct str out, quoted;
	struct text one;
	size_t size;

	utf8_decode(at, (size_t)(check->text + check->len - at), &size);
	one = text_of(at, size);
	str_init(&quoted, check->arena);
	quote_put(&quoted, &one);
	str_init(&out, check->arena);
	str_printf(&out, "%s '", what);
	if (*at == '\'')
		str_puts(&out, "\\'");
	else if (*at == '"')
		str_putc(&out, '"');
	else
		str_put(&out, quoted.text + 1, quoted.len - 2);
	str_printf(&out, "'%s", where);
	return str_text(&out);
}

static const char *character_error(const struct check *check, const char *at,
				   const char *where)
{
	return wrong_character(check, "invalid character", at, where);
}

static const char *regex_error(const struct check *check)
{
	const char *error;

	return regex_compile(check->arena, check->text, check->len, &error)
		       ? NULL
		       : error;
}

static const char *parsing(const struct check *check, const char *what)
{
	struct str out;

	str_init(&out, check->arena);
	str_puts(&out, "parsing time ");
	quote_put_ascii(&out, check->text, check->len);
	str_puts(&out, what);
	return str_text(&out);
}

static const char *no_date(const struct check *check, const char *at,
			   const char *layout)
{
	struct str out;

	str_init(&out, check->arena);
	str_puts(&out, " as \"2006-01-02\": cannot parse ");
	quote_put_ascii(&out, at, (size_t)(check->text + check->len - at));
	str_printf(&out, " as \"%s\"", layout);
	return parsing(check, str_text(&out));
}

static const char *date_rest(const struct check *check, const char *at)
{
	struct str out;

	str_init(&out, check->arena);
	str_puts(&out, ": extra text: ");
	quote_put_ascii(&out, at, (size_t)(check->text + check->len - at));
	return parsing(check, str_text(&out));
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
	const char *text = check->text;
	int month, day;

	if (!digits(text, 4))
		return no_date(check, text, "2006");
	if (text[4] != '-')
		return no_date(check, text + 4, "-");
	if (!digits(text + 5, 2))
		return no_date(check, text + 5, "01");
	month = number_of(text + 5, 2);
	if (month < 1 || month > 12)
		return parsing(check, ": month out of range");
	if (text[7] != '-')
		return no_date(check, text + 7, "-");
	if (!digits(text + 8, 2))
		return no_date(check, text + 8, "02");
	day = number_of(text + 8, 2);
	if (check->len > 10)
		return date_rest(check, text + 10);
	if (day < 1 ||
	    day > days[month - 1] + (month == 2 && leap(number_of(text, 4))))
		return parsing(check, ": day out of range");
	return NULL;
}

/*
 * Texts like "08:30" of two characters each: strconv.Atoi of Go takes a sign,
 * so "+1" is 1.  NULL: `numbers` has them.
 */
static const char *clock_error(const struct check *check, const char *at,
			       size_t count, const char *name, int64_t *numbers)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (number_parse_int(at + 3 * i, 2, 10, &numbers[i]) !=
		    NUMBER_OK)
			return arena_join(check->arena, "invalid ", name);
		if (numbers[i] < 0)
			return arena_join(check->arena, "non-positive ", name);
	}
	return NULL;
}

/* Z or +hh:mm; `*minutes` is what has to be taken off to get UTC. */
static const char *offset_error(const struct check *check, const char *at,
				int64_t *minutes)
{
	int64_t numbers[2];
	const char *error;

	*minutes = 0;
	if ((*at == 'z' || *at == 'Z') && !at[1])
		return NULL;
	if (strlen(at) != 6)
		return "offset must be 6 characters long";
	if (*at != '+' && *at != '-')
		return "offset must begin with plus/minus";
	if (at[3] != ':')
		return "missing colon in offset in correct place";
	error = clock_error(check, at + 1, 2, "hour/min in offset", numbers);
	if (error)
		return error;
	if (numbers[0] > 23 || numbers[1] > 59)
		return "hour/min in offset out of range";
	*minutes = (numbers[0] * 60 + numbers[1]) * (*at == '-' ? -1 : 1);
	return NULL;
}

/* hh:mm:ss [.fraction] (Z | +hh:mm); second 60 only at 23:59 UTC */
static const char *time_error(const struct check *check)
{
	const char *at = check->text, *error;
	int64_t numbers[3], offset, utc;

	if (check->len < 9)
		return "less than 9 characters long";
	if (at[2] != ':' || at[5] != ':')
		return "missing colon in correct place";
	error = clock_error(check, at, 3, "hour/min/sec", numbers);
	if (error)
		return error;
	if (numbers[0] > 23 || numbers[1] > 59 || numbers[2] > 60)
		return "hour/min/sec out of range";
	at += 8;
	if (*at == '.') {
		if (!digits(++at, 1))
			return "no digits in second fraction";
		at += strspn(at, "0123456789");
	}
	error = offset_error(check, at, &offset);
	if (error || numbers[2] < 60)
		return error;
	utc = numbers[0] * 60 + numbers[1] - offset;
	if (utc < 0)
		utc += 24 * 60;
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

/* One byte in quotes, taken for the character of that number. */
static const char *wrong_unit(const struct check *check, char unit,
			      const char *what, const char *where)
{
	char character[4];
	const struct check one = { check->arena, character,
				   utf8_encode(character,
					       (unsigned char)unit) };

	return wrong_character(&one, what, character, where);
}

/* Numbers, each with the next of the units. */
static const char *duration_units(const struct check *check, const char *at,
				  size_t len, const char *units)
{
	const char *end = at + len, *all = units, *unit;

	for (; at < end; at++, units = unit + 1) {
		if (!digits(at, 1))
			return "missing number";
		at += strspn(at, "0123456789");
		if (at == end)
			return "missing unit";
		unit = strchr(units, *at);
		if (!unit && strchr(all, *at))
			return wrong_unit(check, *at, "unit", " out of order");
		if (!unit)
			return wrong_unit(check, *at, "invalid unit", "");
	}
	return NULL;
}

static const char *duration_error(const struct check *check)
{
	static const char *const units[] = { "YMD", "HMS" };
	const char *at = check->text + 1, *error = NULL, *week;
	size_t i;

	if (*check->text != 'P')
		return "must start with P";
	if (!*at)
		return "nothing after P";
	week = at + strlen(at) - 1;
	if (week == at && *week == 'W')
		return "no number in week";
	if (*week == 'W')
		return at + strspn(at, "0123456789") == week ? NULL
							     : "invalid week";
	for (i = 0; !error; i++) {
		size_t len = strcspn(at, "T");

		if (i && !len)
			return "no time elements";
		if (i == ARRAY_COUNT(units))
			return "more than one T";
		error = duration_units(check, at, len, units[i]);
		if (!at[len])
			break;
		at += len + 1;
	}
	return error;
}

static const char *label_error(const struct check *check, const char *label,
			       size_t len)
{
	size_t i;

	if (!len || len > 63)
		return "label must be 1 to 63 characters long";
	if (label[0] == '-')
		return "label starts with hyphen";
	if (label[len - 1] == '-')
		return "label ends with hyphen";
	for (i = 0; i < len; i++)
		if (!strchr("0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz",
			    label[i]))
			return character_error(check, label + i, "");
	return NULL;
}

static const char *hostname_error(const struct check *check)
{
	const char *at = check->text, *end = at + check->len, *error;

	if (check->len && end[-1] == '.')
		end--;
	if (end - at > 253)
		return "more than 253 characters long";
	for (;;) {
		const char *dot = memchr(at, '.', (size_t)(end - at));

		error = label_error(check, at,
				    (size_t)((dot ? dot : end) - at));
		if (error || !dot)
			return error;
		at = dot + 1;
	}
}

/* strconv.Atoi of Go; NULL: it fits what an address may have. */
static const char *octet_error(const struct check *check, const char *text,
			       size_t len)
{
	struct text shown = text_of(text, len);
	enum number_status status;
	struct str out;
	int64_t number;

	if (len > 1 && *text == '0')
		return "leading zeros";
	status = number_parse_int(text, len, 10, &number);
	if (status == NUMBER_OK)
		return number >= 0 && number <= 255
			       ? NULL
			       : "decimal must be between 0 and 255";
	str_init(&out, check->arena);
	str_puts(&out, "strconv.Atoi: parsing ");
	quote_put(&out, &shown);
	str_puts(&out, status == NUMBER_RANGE ? ": value out of range"
					      : ": invalid syntax");
	return str_text(&out);
}

static const char *ipv4_error(const struct check *check)
{
	const char *at = check->text, *error = NULL;
	size_t dots = 0, i;

	for (i = 0; i < check->len; i++)
		dots += at[i] == '.';
	if (dots != 3)
		return "expected four decimals";
	for (i = 0; i < 4 && !error; i++) {
		size_t len = strcspn(at, ".");

		error = octet_error(check, at, len);
		at += len + 1;
	}
	return error;
}

static const char *ipv6_error(const struct check *check)
{
	const char *problem;
	enum ip_kind kind;

	if (!memchr(check->text, ':', check->len))
		return "missing colon";
	if (!ip_address_read(check->arena, check->text, check->len, &kind,
			     &problem))
		return problem;
	return kind == IP_V6_ZONE ? "zone id is not a part of ipv6 address"
				  : NULL;
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
	for (i = 1; i < len; i++)
		if (text[i] == '.' && text[i - 1] == '.')
			return "consecutive dots";
	for (i = 0; i < len; i += size) {
		uint32_t rune = utf8_decode(text + i, len - i, &size);

		if (!rune || rune >= 0x80 ||
		    !strchr(".!#$%&'*+-/=?^_`{|}~0123456789"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz",
			    (int)rune))
			return character_error(check, text + i, "");
	}
	return NULL;
}

/* Only the first of the two quotes is looked for. */
static const char *quoted_local_error(const struct check *check, size_t len)
{
	size_t i;

	for (i = 1; i + 1 < len; i++)
		if (check->text[i] == '\\' || check->text[i] == '"')
			return "backslash and quote are not allowed within "
			       "quoted local part";
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
	if (local > 1 && check->text[0] == '"')
		error = quoted_local_error(check, local);
	else
		error = local_error(check, local);
	return error ? error : email_host_error(check, at + 1);
}

/* What url.Parse of Go objects to, and colons and zones in a host. */
static const char *url_error(const struct check *check, struct url *url)
{
	const char *problem;

	if (!url_parse(url, check->arena, check->text, check->len, &problem))
		return problem;
	if (!strchr(url_hostname(check->arena, url), ':'))
		return NULL;
	if (*url->host != '[')
		return "ipv6 address not enclosed in brackets";
	return strchr(url->host, '%')
		       ? "invalid ipv6 address: zone id is not a part of ipv6 "
			 "address"
		       : NULL;
}

static const char *reference_error(const struct check *check)
{
	struct url url;

	if (memchr(check->text, '\\', check->len))
		return "contains \\";
	return url_error(check, &url);
}

static const char *uri_error(const struct check *check)
{
	const char *error;
	struct url url;

	error = url_error(check, &url);
	return error || *url.scheme ? error : "relative url";
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
			return wrong_character(check, "non-hex character",
					       at + hex, "");
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
	const char *error, *at;
	struct url url;
	bool open = false;

	error = url_error(check, &url);
	if (error)
		return error;
	for (at = url.raw_path; *at; at++) {
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
			return character_error(check, at + len,
					       arena_printf(check->arena,
							    " in %s identifier",
							    what));
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
