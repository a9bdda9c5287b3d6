#include "model/secret.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

/* Whether something ends so, in letters of either case. */
static bool ends_in(const char *text, size_t len, const char *end, size_t size)
{
	size_t i;

	if (size > len)
		return false;
	for (i = 1; i <= size; i++)
		if ((text[len - i] | 0x20) != (end[size - i] | 0x20))
			return false;
	return true;
}

/* automountServiceAccountToken, automountToken: whether there is to be one. */
static bool is_switch(const char *key, size_t len)
{
	static const char start[] = "automount";
	size_t size = sizeof(start) - 1, end;

	for (end = size; end <= len; end++)
		if (ends_in(key, end, start, size))
			return true;
	return false;
}

bool secret_key(const char *key, size_t len)
{
	static const struct {
		const char *text;
		size_t len;
	} ends[] = {
#define END(text) { text, sizeof(text) - 1 }
		END("password"),   END("passwd"),     END("passphrase"),
		END("token"),      END("secret"),     END("apikey"),
		END("api_key"),    END("api-key"),    END("accesskey"),
		END("access_key"), END("privatekey"), END("private_key"),
#undef END
	};
	size_t i;

	while (len && strchr("\"' \t", key[len - 1]))
		len--;
	for (i = 0; i < ARRAY_COUNT(ends); i++)
		if (ends_in(key, len, ends[i].text, ends[i].len))
			return !is_switch(key, len);
	return false;
}

static bool is_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

/* What is looked up elsewhere, or goes on in other lines, is no secret. */
static bool is_plain(const char *text, const struct secret_range *value)
{
	static const char *const words[] = {
		"true", "false", "null", "***", "yes", "no", "on", "off",
	};
	size_t len = value->end - value->begin, i;

	if (!len || is_one_of(text[value->begin], "{[$*|>&"))
		return false;
	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (strlen(words[i]) == len &&
		    ends_in(text + value->begin, len, words[i], len))
			return false;
	return true;
}

bool secret_word(const char *text, size_t len)
{
	const struct secret_range all = { .begin = 0, .end = len };

	return is_plain(text, &all);
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

struct range {
	size_t begin;
	size_t end;
};

/* The word before a place; what divides words and may stand in between. */
struct last_word {
	struct range at;
	bool ended;
};

/* What bytes are to words; all others are part of one. */
enum byte_class {
	BYTE_IGNORED = 1,
	BYTE_BETWEEN, /* a word and what belongs to it */
	BYTE_APART,   /* from what follows */
};

static const uint8_t classes[UCHAR_MAX + 1] = {
	['\\'] = BYTE_IGNORED, [' '] = BYTE_BETWEEN,  ['\t'] = BYTE_BETWEEN,
	['"'] = BYTE_BETWEEN,  ['\''] = BYTE_BETWEEN, ['\r'] = BYTE_APART,
	['\n'] = BYTE_APART,   [','] = BYTE_APART,    [';'] = BYTE_APART,
	['&'] = BYTE_APART,    ['{'] = BYTE_APART,    ['}'] = BYTE_APART,
	['['] = BYTE_APART,    [']'] = BYTE_APART,    ['('] = BYTE_APART,
	[')'] = BYTE_APART,    ['='] = BYTE_APART,    [':'] = BYTE_APART,
	['/'] = BYTE_APART,    ['|'] = BYTE_APART,
};

static void pass(struct last_word *word, const char *text, size_t at)
{
	uint8_t class = classes[(unsigned char)text[at]];

	if (class == BYTE_IGNORED)
		return;
	if (class == BYTE_BETWEEN) {
		word->ended = true;
	} else if (class == BYTE_APART) {
		word->at.begin = word->at.end = at + 1;
		word->ended = true;
	} else {
		if (word->ended)
			word->at.begin = at;
		word->at.end = at + 1;
		word->ended = false;
	}
}

/* Most of a text: letters and what else can only be part of a word. */
static size_t pass_letters(struct last_word *word, const char *text, size_t len,
			   size_t at)
{
	size_t from = at;

	while (at < len &&
	       ((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z'))
		at++;
	if (at > from) {
		if (word->ended)
			word->at.begin = from;
		word->at.end = at;
		word->ended = false;
	}
	return at;
}

static bool is_option(const char *text, size_t at)
{
	return text[at] == ' ' || text[at] == ',';
}

/* Whether "=" or ":" or the end of a word may end a key here. */
static bool ends_key(const char *text, size_t len, size_t at)
{
	char next = at + 1 < len ? text[at + 1] : '\0';

	if (text[at] == ':')
		return is_one_of(next, " \t\"'\\");
	return next != '=' &&
	       !(text[at] == ' ' && at && is_one_of(text[at - 1], " \t"));
}

/* From a place on, behind a quote if it begins with one. */
static void take_value(const char *text, size_t len, size_t at,
		       struct secret_range *value)
{
	char quote = '\0';

	if (at < len && is_one_of(text[at], "\"'"))
		quote = text[at++];
	value->begin = at;
	value->end = value_end(text, len, at, quote);
}

/* Behind "{" or ",". */
static bool is_in_flow(const char *text, size_t key)
{
	while (key && is_one_of(text[key - 1], " \t\"'"))
		key--;
	return key && is_one_of(text[key - 1], "{,");
}

/* { password: of several words, ... } */
static void take_words(const char *text, size_t len, struct secret_range *value)
{
	size_t at = value->end;

	while (at < len && !is_one_of(text[at], "\r\n,{}[]"))
		at++;
	if (at == len || !is_one_of(text[at], ",}"))
		return;
	while (at > value->end && is_one_of(text[at - 1], " \t"))
		at--;
	value->end = at;
}

/*
 * The value behind the "=" or ":" at a place, if its key is of that kind; or
 * behind the end of an option, if that is.
 */
static bool value_behind(const char *text, size_t len, size_t at,
			 const struct range *key, struct secret_range *value)
{
	const char *begin = text + key->begin;

	if (!ends_key(text, len, at) ||
	    !secret_key(begin, key->end - key->begin) ||
	    (is_option(text, at) && *begin != '-'))
		return false;
	/* "spec.volumes[0].secret: ..." is what a message says of a field. */
	if (key->begin && begin[-1] == ']' && *begin == '.')
		return false;
	for (at++; at < len && is_one_of(text[at], " \t\\"); at++)
		;
	take_value(text, len, at, value);
	if (value->begin == at && is_in_flow(text, key->begin))
		take_words(text, len, value);
	return is_plain(text, value);
}

/* Options of well-known programs whose names do not say what they take. */
static const struct secret_option {
	const char *program;
	const char *option;
	bool glued; /* the value may follow at once */
	bool apart; /* or as the next word */
	bool pair;  /* it is user:password */
	bool first; /* it stands before the program that is run by this one */
} secret_options[] = {
	{ "mysql", "-p", true, false, false, false },
	{ "mysqladmin", "-p", true, false, false, false },
	{ "mysqldump", "-p", true, false, false, false },
	{ "mysqlimport", "-p", true, false, false, false },
	{ "mariadb", "-p", true, false, false, false },
	{ "mariadb-admin", "-p", true, false, false, false },
	{ "mariadb-dump", "-p", true, false, false, false },
	{ "sshpass", "-p", true, true, false, true },
	{ "mongo", "-p", false, true, false, false },
	{ "mongosh", "-p", false, true, false, false },
	{ "mongodump", "-p", false, true, false, false },
	{ "mongorestore", "-p", false, true, false, false },
	{ "redis-cli", "-a", false, true, false, false },
	{ "redis-cli", "--pass", false, true, false, false },
	{ "ldapsearch", "-w", false, true, false, false },
	{ "curl", "-u", true, true, true, false },
	{ "curl", "--user", false, true, true, false },
	{ "curl", "-U", true, true, true, false },
	{ "curl", "--proxy-user", false, true, true, false },
};

enum {
	COMMAND_MAX = 1000 /* from the name of a program to its option */
};

static bool ends_word(char byte)
{
	return is_one_of(byte, " \t\r\n,;&{}[]()\"'|\\");
}

/* Whether only options stand there: "-f", or the "file" behind it. */
static bool has_only_options(const char *text, size_t from, size_t to)
{
	bool takes = false;
	size_t len;

	for (; from < to; from += len) {
		for (len = 0; from + len < to && !ends_word(text[from + len]);)
			len++;
		if (!len) {
			len = 1;
			continue;
		}
		if (text[from] != '-' && !takes)
			return false;
		takes = len == 2 && is_one_of(text[from + 1], "fdP");
	}
	return true;
}

/* A line ends a command unless it goes on behind a backslash. */
static bool ends_command(const char *text, size_t at)
{
	return is_one_of(text[at], ";|&") ||
	       (text[at] == '\n' && !(at && text[at - 1] == '\\'));
}

/* Whether the command before a place is one of the program. */
static bool is_called(const char *text, size_t at,
		      const struct secret_option *row)
{
	const char *program = row->program;
	size_t len = strlen(program), i;

	for (i = at; i && at - i < COMMAND_MAX; i--) {
		size_t begin = i - 1;

		if (ends_command(text, begin))
			return false;
		if (at - begin > len && ends_word(text[begin + len]) &&
		    strncmp(text + begin, program, len) == 0 &&
		    (!begin || text[begin - 1] == '/' ||
		     ends_word(text[begin - 1])))
			return !row->first ||
			       has_only_options(text, begin + len, at);
	}
	return false;
}

static bool option_value(const char *text, size_t len, size_t at,
			 const struct secret_option *row,
			 struct secret_range *value)
{
	const char *colon;

	if (at >= len)
		return false;
	if (row->apart)
		while (at + 1 < len &&
		       (ends_word(text[at]) && (ends_word(text[at + 1]) ||
						!is_one_of(text[at], "\"'"))))
			at++;
	else if (ends_word(text[at]) && !is_one_of(text[at], "\"'"))
		return false;
	take_value(text, len, at, value);
	if (row->pair) {
		colon = memchr(text + value->begin, ':',
			       value->end - value->begin);
		if (!colon)
			return false;
		value->begin = (size_t)(colon - text) + 1;
	}
	return is_plain(text, value);
}

/* The password in the option that begins behind a place, if it is one. */
static bool password_of_option(const char *text, size_t len, size_t at,
			       struct secret_range *value)
{
	size_t begin = at + 1, i;

	while (begin < len && begin < at + 4 &&
	       is_one_of(text[begin], " \"'\\"))
		begin++;
	if (begin >= len || text[begin] != '-')
		return false;
	for (i = 0; i < ARRAY_COUNT(secret_options); i++) {
		const struct secret_option *row = &secret_options[i];
		size_t end = begin + strlen(row->option);

		if (end <= len &&
		    strncmp(text + begin, row->option, end - begin) == 0 &&
		    (row->glued || (end < len && ends_word(text[end]))) &&
		    is_called(text, begin, row))
			return option_value(text, len, end, row, value);
	}
	return false;
}

/* user:password@host behind "://" */
static bool password_behind(const char *text, size_t len, size_t at,
			    struct secret_range *value)
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

static bool is_secret_at(const char *text, size_t len, size_t at,
			 const struct last_word *word,
			 struct secret_range *range)
{
	range->option = false;
	if (password_behind(text, len, at, range) ||
	    value_behind(text, len, at, &word->at, range))
		return true;
	range->option =
		is_option(text, at) && password_of_option(text, len, at, range);
	return range->option;
}

/* A key, or the word before an option or a value. */
static bool may_be_behind(char byte)
{
	return byte == ' ' || byte == ':' || byte == '=' || byte == ',';
}

bool secret_next(const char *text, size_t len, struct secret_range *range)
{
	size_t at = range->end;
	struct last_word word = { .at = { at, at }, .ended = true };

	for (; (at = pass_letters(&word, text, len, at)) < len; at++) {
		if (may_be_behind(text[at]) &&
		    is_secret_at(text, len, at, &word, range))
			return true;
		pass(&word, text, at);
	}
	return false;
}

bool secret_hides(const char *text, size_t len)
{
	struct secret_range range = { 0 };

	return secret_next(text, len, &range);
}

const char *secret_hidden(struct arena *arena, const char *text, size_t len,
			  bool keep)
{
	struct secret_range range = { 0 };
	size_t done = 0;
	struct str out;

	str_init(&out, arena);
	while (secret_next(text, len, &range)) {
		str_put(&out, text + done, range.begin - done);
		if (keep)
			str_fill(&out, '*', range.end - range.begin);
		else
			str_puts(&out, "***");
		done = range.end;
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
