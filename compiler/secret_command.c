#include "compiler/secret_command.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/origin.h"
#include "base/source.h"
#include "base/str.h"
#include "model/secret.h"

enum {
	LINES_MAX = 40 /* above and below a line; longer lists are rare */
};

/* The key at the beginning of a line, behind "- "; NULL: it begins none. */
static const char *key_at(const char *line, size_t len, size_t *size)
{
	const char *colon;

	while (len && (*line == ' ' || *line == '\t' || *line == '-')) {
		/* "-p: x" is no item that begins with a key. */
		if (*line == '-' && len > 1 && line[1] != ' ')
			return NULL;
		line++;
		len--;
	}
	colon = memchr(line, ':', len);
	if (!colon || (colon + 1 < line + len && colon[1] != ' ') ||
	    memchr(line, '"', (size_t)(colon - line)) ||
	    memchr(line, '\'', (size_t)(colon - line)))
		return NULL;
	*size = (size_t)(colon - line);
	return line;
}

/* What a line is among those of a container. */
enum line_kind {
	LINE_OTHER,
	LINE_WORDS, /* of the list above it */
	LINE_COMMAND,
	LINE_ARGS
};

static enum line_kind kind_of(const struct source *source, uint32_t number)
{
	size_t len, size;
	const char *line = source_line(source, number, &len), *key;

	if (!line || !len)
		return LINE_OTHER;
	key = key_at(line, len, &size);
	if (!key)
		return LINE_WORDS;
	if (size == 7 && strncmp(key, "command", size) == 0)
		return LINE_COMMAND;
	return size == 4 && strncmp(key, "args", size) == 0 ? LINE_ARGS
							    : LINE_OTHER;
}

/* What marks lists becomes blanks, so that words follow one another. */
static void put_words(struct str *text, const struct source *source,
		      uint32_t number)
{
	size_t len, size = 0, i = 0;
	const char *line = source_line(source, number, &len);
	const char *key = key_at(line, len, &size);
	size_t words = key ? (size_t)(key - line) + size + 1 : 0;

	for (i = 0; i < len; i++) {
		bool marks = i < words || strchr("[],\"'\t\r", line[i]) ||
			     (line[i] == '-' && (!i || line[i - 1] == ' ') &&
			      (i + 1 == len || line[i + 1] == ' '));

		str_putc(text, marks ? ' ' : line[i]);
	}
	str_putc(text, ' ');
}

/* The line where the list that `number` is in begins; 0: it is in none. */
static uint32_t list_of(const struct source *source, uint32_t number)
{
	uint32_t at = number;

	while (at && number - at < LINES_MAX &&
	       kind_of(source, at) == LINE_WORDS)
		at--;
	return at && kind_of(source, at) >= LINE_COMMAND ? at : 0;
}

static uint32_t list_end(const struct source *source, uint32_t begin)
{
	uint32_t at = begin + 1;

	while (at - begin < LINES_MAX && kind_of(source, at) == LINE_WORDS)
		at++;
	return at;
}

/* The other of the two lists, next to the first one; 0: there is none. */
static uint32_t list_beside(const struct source *source, uint32_t list)
{
	uint32_t next = list_end(source, list), other = list - 1;
	enum line_kind wanted =
		kind_of(source, list) == LINE_ARGS ? LINE_COMMAND : LINE_ARGS;

	if (kind_of(source, next) == wanted)
		return next;
	other = list_of(source, list - 1);
	return other && kind_of(source, other) == wanted ? other : 0;
}

const char *secret_words(struct arena *arena, const struct source *source,
			 uint32_t line, size_t len)
{
	uint32_t list = list_of(source, line), beside, parts[2], at, end;
	const char *plain, *hidden;
	size_t begin = 0, i;
	struct str text;
	char *copy;

	if (!list)
		return NULL;
	beside = list_beside(source, list);
	parts[0] = kind_of(source, list) == LINE_ARGS ? beside : list;
	parts[1] = parts[0] == list ? beside : list;
	str_init(&text, arena);
	for (i = 0; i < ARRAY_COUNT(parts); i++) {
		end = parts[i] ? list_end(source, parts[i]) : 0;
		for (at = parts[i]; at < end; at++) {
			if (at == line)
				begin = text.len;
			put_words(&text, source, at);
		}
	}
	hidden = secret_hidden(arena, str_text(&text), text.len, true);
	plain = source_line(source, line, &i);
	copy = arena_strndup(arena, plain, len);
	for (i = 0; i < len; i++)
		if (hidden[begin + i] != text.text[begin + i])
			copy[i] = '*';
	return copy;
}

static const char *without(struct arena *arena, const char *sentence,
			   const char *secret, size_t len)
{
	const char *at = len ? sentence : NULL, *next;
	struct str out;

	secret = arena_strndup(arena, secret, len);
	if (!at || !strstr(sentence, secret))
		return sentence;
	str_init(&out, arena);
	while ((next = strstr(at, secret))) {
		str_put(&out, at, (size_t)(next - at));
		str_puts(&out, "***");
		at = next + len;
	}
	str_puts(&out, at);
	return str_text(&out);
}

const char *secret_sentence(struct arena *arena, const struct place *place,
			    const char *sentence)
{
	struct line_column at = source_position(place->source, place->begin);
	size_t len, begin = 0, end;
	const char *line = source_line(place->source, at.line, &len);
	const char *words =
		line ? secret_words(arena, place->source, at.line, len) : NULL;

	for (; words && begin < len; begin = end + 1) {
		for (end = begin; end < len && words[end] != line[end];)
			end++;
		sentence = without(arena, sentence, line + begin, end - begin);
	}
	return sentence;
}
