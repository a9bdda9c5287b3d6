#include "compiler/envsubst.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/str.h"
#include "base/utf8.h"
#include "compiler/project/scope.h"
#include "model/value.h"

struct reader {
	const struct envsubst *how;
	const char *text;
	size_t len;
	size_t at;
	unsigned depth;
	struct envsubst_result *result;
};

/* A variable at work: its name, and the value as far as it is known. */
struct variable {
	const char *name;
	size_t len;
	const char *value; /* "" where it is unset */
	bool is_set;
};

static bool expression(struct reader *reader, struct str *out);

static bool fail(struct reader *reader, size_t at, const char *problem)
{
	reader->result->at = at;
	reader->result->problem = problem;
	return false;
}

static bool too_large(struct reader *reader, const struct str *out)
{
	return out->len > reader->how->limits->output_size;
}

/* The character at the reader, 0 at the end. */
static char peek(const struct reader *reader)
{
	return reader->at < reader->len ? reader->text[reader->at] : '\0';
}

static bool opens(const struct reader *reader)
{
	return reader->at + 1 < reader->len &&
	       reader->text[reader->at] == '$' &&
	       reader->text[reader->at + 1] == '{';
}

static bool in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

bool envsubst_is_name(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!in_name(name[i]) || (unsigned char)name[i] >= 0x80)
			return false;
	return len && (name[0] < '0' || name[0] > '9');
}

/* Line feeds are taken out of values, so that they stay on their line. */
static const char *one_line(struct arena *arena, const char *text)
{
	struct str out;

	if (!strchr(text, '\n'))
		return text;
	str_init(&out, arena);
	for (; *text; text++)
		if (*text != '\n')
			str_putc(&out, *text);
	return str_text(&out);
}

static bool read_name(struct reader *reader, struct variable *variable)
{
	const struct envsubst *how = reader->how;
	const struct value *value;
	const char *text;

	variable->name = reader->text + reader->at;
	variable->len = 0;
	while (in_name(peek(reader))) {
		reader->at++;
		variable->len++;
	}
	if (!variable->len)
		return fail(reader, reader->at,
			    "the name of a variable is missing behind \"${\"");
	value = how->find(how->context, variable->name, variable->len);
	text = scope_source_text(value);
	variable->is_set = text != NULL;
	variable->value = text ? one_line(how->arena, text) : "";
	if (variable->is_set && !reader->result->variable)
		reader->result->variable = value;
	return true;
}

/* It has no default; false: the expression stays, or the text fails. */
static bool need(struct reader *reader, const struct variable *variable)
{
	if (variable->is_set)
		return true;
	switch (reader->how->unset) {
	case ENVSUBST_UNSET_EMPTY:
		return true;
	case ENVSUBST_UNSET_KEEPS:
		reader->result->kept = true;
		return true;
	case ENVSUBST_UNSET_FAILS:
		break;
	}
	reader->result->unset = arena_strndup(reader->how->arena,
					      variable->name, variable->len);
	return fail(reader, (size_t)(variable->name - reader->text),
		    "it has neither a value nor a default");
}

static bool nested(struct reader *reader, struct str *out)
{
	bool good;

	if (reader->depth >= reader->how->limits->tree_depth)
		return fail(reader, reader->at,
			    "variables are nested too deep (--limit "
			    "tree-depth)");
	reader->at += 2;
	reader->depth++;
	good = expression(reader, out);
	reader->depth--;
	return good;
}

/*
 * Argument = "${" Expression "}" | text up to one of `stops` or a "${"
 * In the arguments of a replacement `\/`, `\\` and `$$` stand for one
 * character.  `*taken`: there was anything at all.
 */
static bool argument(struct reader *reader, const char *stops, bool escapes,
		     struct str *out, bool *taken)
{
	size_t begin = reader->at;

	if (opens(reader)) {
		*taken = true;
		return nested(reader, out);
	}
	while (reader->at < reader->len && !strchr(stops, peek(reader)) &&
	       !opens(reader)) {
		const char *at = reader->text + reader->at;
		bool more = reader->at + 1 < reader->len;

		if (escapes && more &&
		    ((at[0] == '$' && at[1] == '$') ||
		     (at[0] == '\\' && (at[1] == '/' || at[1] == '\\')))) {
			str_putc(out, at[1]);
			reader->at += 2;
			continue;
		}
		str_putc(out, *at);
		reader->at++;
	}
	*taken = reader->at > begin;
	return true;
}

static bool closes(struct reader *reader)
{
	if (peek(reader) != '}')
		return fail(reader, reader->at,
			    "\"}\" is missing, or something stands before it "
			    "that is no part of the expression");
	reader->at++;
	return true;
}

/* Between two arguments Flux takes several separators for one. */
static bool skip_run(struct reader *reader, char separator)
{
	size_t begin = reader->at;

	while (peek(reader) == separator)
		reader->at++;
	return reader->at > begin;
}

/* An argument that must not be empty. */
static bool required(struct reader *reader, const char *stops, bool escapes,
		     struct str *out)
{
	bool taken;

	str_init(out, reader->how->arena);
	if (!argument(reader, stops, escapes, out, &taken))
		return false;
	return taken || fail(reader, reader->at, "an argument is missing");
}

/* Default = { text | "${" Expression "}" } "}" */
static bool read_default(struct reader *reader, struct str *out)
{
	while (reader->at < reader->len && peek(reader) != '}') {
		if (!opens(reader))
			str_putc(out, reader->text[reader->at++]);
		else if (!nested(reader, out))
			return false;
		if (too_large(reader, out))
			return fail(reader, reader->at, "it becomes too large");
	}
	return closes(reader);
}

/* Flux reads ":-", ":=", ":?", ":+" and "=" alike. */
static bool with_default(struct reader *reader, const struct variable *variable,
			 struct str *out)
{
	bool kept = reader->result->kept;
	const struct value *first = reader->result->variable;
	struct str otherwise;

	str_init(&otherwise, reader->how->arena);
	if (!read_default(reader, &otherwise))
		return false;
	if (!*variable->value) {
		str_put(out, otherwise.text, otherwise.len);
		return true;
	}
	/* What the default lacks does not matter. */
	reader->result->kept = kept;
	reader->result->variable = first;
	str_puts(out, variable->value);
	return true;
}

static bool parse_number(struct str *digits, int64_t *number)
{
	return number_parse_int(digits->text, digits->len, 10, number) ==
	       NUMBER_OK;
}

/*
 * Substring = Argument [ ":" { ":" } Argument ]
 * Both may be negative: from the end.  What is no number leaves the value.
 */
static bool substring(struct reader *reader, const struct variable *variable,
		      struct str *out)
{
	int64_t len = (int64_t)strlen(variable->value), begin, count, end = len;
	struct str offset, length;
	bool limited, known;

	if (!required(reader, ":}", false, &offset))
		return false;
	limited = skip_run(reader, ':');
	if (limited && !required(reader, "}", false, &length))
		return false;
	if (!closes(reader))
		return false;
	known = parse_number(&offset, &begin) &&
		(!limited || parse_number(&length, &count));
	if (!known) {
		str_puts(out, variable->value);
		return true;
	}
	if (begin < 0)
		begin = begin < -len ? 0 : len + begin;
	if (begin > len)
		begin = len;
	if (limited && count < 0)
		end = count < -len ? 0 : len + count;
	else if (limited && count < len - begin)
		end = begin + count;
	if (end > begin)
		str_put(out, variable->value + begin, (size_t)(end - begin));
	return true;
}

static const char *reversed(struct arena *arena, const char *text)
{
	size_t len = strlen(text), at = 0, size;
	char *copy = arena_strndup(arena, text, len);

	for (; at < len; at += size) {
		utf8_decode(text + at, len - at, &size);
		memcpy(copy + len - at - size, text + at, size);
	}
	return copy;
}

/*
 * At the end of a value Flux matches the pattern written backwards with the
 * value written backwards: a class like [a-z] matches nothing there.
 */
static bool trim(struct reader *reader, const struct variable *variable,
		 struct str *out)
{
	struct arena *arena = reader->how->arena;
	char sign = peek(reader);
	const char *value = variable->value, *pattern;
	bool longest, back = sign == '%';
	size_t matched, len = strlen(value);
	struct str text;

	reader->at++;
	longest = peek(reader) == sign;
	if (longest)
		reader->at++;
	if (!required(reader, "}", false, &text) || !closes(reader))
		return false;
	pattern = str_text(&text);
	if (!envsubst_prefix(arena, back ? reversed(arena, pattern) : pattern,
			     back ? reversed(arena, value) : value, longest,
			     &matched))
		return fail(reader, reader->at, "its pattern is too long");
	str_put(out, value + (back ? 0 : matched), len - matched);
	return true;
}

/* Every occurrence; an empty text occurs before each character and last. */
static bool replace_all(struct reader *reader, const char *value,
			const struct str *text, const struct str *by,
			struct str *out)
{
	const char *end = value + strlen(value), *found = value;
	size_t size;

	while (text->len ? (found = strstr(value, text->text)) != NULL
			 : (found = value) <= end) {
		str_put(out, value, (size_t)(found - value));
		str_put(out, by->text, by->len);
		if (too_large(reader, out))
			return fail(reader, reader->at, "it becomes too large");
		value = found + text->len;
		if (text->len)
			continue;
		if (value == end)
			return true;
		utf8_decode(value, (size_t)(end - value), &size);
		str_put(out, value, size);
		value += size;
	}
	str_puts(out, value);
	return true;
}

static bool replace_one(const char *value, const struct str *text, char where,
			const struct str *by, struct str *out)
{
	const char *found = strstr(value, text->text);
	size_t len = strlen(value);

	if (where == '#' && found != value)
		found = NULL;
	if (where == '%')
		found = text->len <= len && strcmp(value + len - text->len,
						   text->text) == 0
				? value + len - text->len
				: NULL;
	if (!found) {
		str_put(out, value, len);
		return true;
	}
	str_put(out, value, (size_t)(found - value));
	str_put(out, by->text, by->len);
	str_puts(out, found + text->len);
	return true;
}

/* Replacement = [ "/" | "#" | "%" ] Argument "/" { "/" } [ Argument ] */
static bool replacement(struct reader *reader, const struct variable *variable,
			struct str *out)
{
	struct str text, by;
	char where;
	bool taken;

	reader->at++;
	where = peek(reader);
	if (where && strchr("/#%", where))
		reader->at++;
	else
		where = '\0';
	if (!required(reader, "/", true, &text))
		return false;
	if (!skip_run(reader, '/'))
		return fail(reader, reader->at,
			    "\"/\" is missing behind the text to replace");
	str_init(&by, reader->how->arena);
	if (!argument(reader, "}", true, &by, &taken) || !closes(reader))
		return false;
	str_text(&text);
	if (where == '/')
		return replace_all(reader, variable->value, &text, &by, out);
	/* Flux's own: without a replacement the ends are left alone. */
	if (where && !taken) {
		str_puts(out, variable->value);
		return true;
	}
	return replace_one(variable->value, &text, where, &by, out);
}

/* "^", "^^", ",", ",,": the first character, or all. */
static bool change_case(struct reader *reader, const struct variable *variable,
			struct str *out)
{
	char sign = peek(reader), buf[UTF8_ROOM];
	const char *value = variable->value;
	size_t len = strlen(value), at = 0, size;
	bool all, none;

	reader->at++;
	all = peek(reader) == sign;
	/* Two that differ are taken for a function that changes nothing. */
	none = !all && (peek(reader) == '^' || peek(reader) == ',');
	if (all || none)
		reader->at++;
	if (!closes(reader))
		return false;
	for (; !none && at < len && (all || !at); at += size) {
		uint32_t rune = utf8_decode(value + at, len - at, &size);

		rune = sign == '^' ? rune_to_upper(rune) : rune_to_lower(rune);
		str_put(out, buf, utf8_encode(buf, rune));
	}
	str_put(out, value + at, len - at);
	return true;
}

/* "#" Name */
static bool length(struct reader *reader, struct str *out)
{
	struct variable variable;

	reader->at++;
	if (!read_name(reader, &variable) || !need(reader, &variable))
		return false;
	str_printf(out, "%zu", strlen(variable.value));
	return closes(reader);
}

static bool is_default(const struct reader *reader)
{
	return reader->at + 1 < reader->len &&
	       strchr("=-?+", reader->text[reader->at + 1]);
}

/* Operation = Default | Substring | Case | Trim | Replacement */
static bool operation(struct reader *reader, const struct variable *variable,
		      struct str *out)
{
	char sign = peek(reader);

	if (sign == '=' || (sign == ':' && is_default(reader))) {
		reader->at += sign == '=' ? 1 : 2;
		return with_default(reader, variable, out);
	}
	if (!strchr("}:^,#%/", sign) || !sign) {
		reader->result->unset =
			sign == '-'
				? arena_strndup(reader->how->arena,
						variable->name, variable->len)
				: NULL;
		return fail(reader, reader->at,
			    sign == '-' ? "a default is written with \":-\""
					: "\"}\" is missing behind a name");
	}
	if (!need(reader, variable))
		return false;
	switch (sign) {
	case '}':
		str_puts(out, variable->value);
		reader->at++;
		return true;
	case ':':
		reader->at++;
		return substring(reader, variable, out);
	case '#':
	case '%':
		return trim(reader, variable, out);
	case '/':
		return replacement(reader, variable, out);
	}
	return change_case(reader, variable, out);
}

/* Expression = "#" Name "}" | Name [ Operation ] "}" */
static bool expression(struct reader *reader, struct str *out)
{
	struct variable variable;

	if (peek(reader) == '#')
		return length(reader, out);
	return read_name(reader, &variable) &&
	       operation(reader, &variable, out);
}

/* One expression of the text itself; if it has to stay, as it was written. */
static bool top(struct reader *reader, struct str *out)
{
	bool before = reader->result->kept;
	size_t begin = reader->at, len = out->len;

	reader->result->kept = false;
	reader->at += 2;
	if (!expression(reader, out))
		return false;
	if (reader->result->kept) {
		out->len = len;
		str_put(out, reader->text + begin, reader->at - begin);
	}
	reader->result->kept |= before;
	reader->result->whole = !begin && reader->at == reader->len;
	return true;
}

bool envsubst_wanted(const char *text, size_t len)
{
	const char *end = text + len;

	while ((text = memchr(text, '$', (size_t)(end - text))) != NULL) {
		text++;
		if (text < end && (*text == '{' || *text == '$'))
			return true;
	}
	return false;
}

/* Text = { any | "$$" | "${" Expression "}" } */
bool envsubst_text(const struct envsubst *how, const char *text, size_t len,
		   struct str *out, struct envsubst_result *result)
{
	struct reader reader = {
		.how = how, .text = text, .len = len, .result = result
	};
	const char *dollar;
	size_t next;

	memset(result, 0, sizeof(*result));
	while ((dollar = memchr(text + reader.at, '$', len - reader.at))) {
		next = (size_t)(dollar - text);
		str_put(out, text + reader.at, next - reader.at);
		reader.at = next;
		if (too_large(&reader, out))
			return fail(&reader, next, "it becomes too large");
		if (opens(&reader)) {
			if (!top(&reader, out))
				return false;
			continue;
		}
		str_putc(out, '$');
		reader.at++;
		if (peek(&reader) == '$')
			reader.at++;
	}
	str_put(out, text + reader.at, len - reader.at);
	return true;
}
