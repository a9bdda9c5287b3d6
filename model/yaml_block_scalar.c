#include <string.h>

#include "base/arena.h"
#include "model/yaml_block.h"

static void give(const struct yaml_block *block, struct yaml_event *event,
		 const char *begin, const char *end)
{
	event->kind = YAML_EVENT_SCALAR;
	event->style = VALUE_STYLE_PLAIN;
	event->begin = yaml_block_offset(block, begin);
	event->end = yaml_block_offset(block, end);
	event->text = begin;
	event->len = (size_t)(end - begin);
}

/* The text is what was collected and not what stands in the source. */
static void give_room(const struct yaml_block *block, struct yaml_event *event)
{
	event->text = block->room.len ? block->room.text : "";
	event->len = block->room.len;
}

static const char *drop_blanks(const char *begin, const char *end)
{
	while (end > begin && end[-1] == ' ')
		end--;
	return end;
}

/* One line end between words is a blank, of more the first one is lost. */
static void put_folded(struct str *room, size_t feeds)
{
	if (feeds == 1)
		str_putc(room, ' ');
	else
		str_fill(room, '\n', feeds - 1);
}

/*
 * How many of eight bytes stand before the first one that is a colon, a
 * number sign or a control; none, where it is not known how many.
 */
static size_t count_letters(const char *at)
{
	const uint64_t each = 0x0101010101010101, high = each << 7;
	uint64_t bytes, colons, signs;

	memcpy(&bytes, at, sizeof(bytes));
	colons = bytes ^ each * ':';
	signs = bytes ^ each * '#';
	bytes = (((bytes - each * ' ') & ~bytes) | ((colons - each) & ~colons) |
		 ((signs - each) & ~signs)) &
		high;
	if (!bytes)
		return sizeof(bytes);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(bytes) / 8;
#else
	return 0;
#endif
}

static const char *skip_letters(const char *at, const char *end)
{
	enum {
		STRIDE = 8
	};

	while (end - at >= STRIDE) {
		size_t count = count_letters(at);

		at += count;
		if (count < STRIDE)
			return at;
	}
	while (at < end && (unsigned char)*at >= ' ' && *at != ':' &&
	       *at != '#')
		at++;
	return at;
}

const char *yaml_block_plain_end(const struct yaml_block *block,
				 const char *from)
{
	const char *at;

	for (at = from;; at++) {
		at = skip_letters(at, block->end);
		if (at == block->end || *at == '\n')
			return at;
		if (*at == '\t')
			return NULL;
		if (*at == ':' && yaml_block_is_blank(block, at + 1))
			return at;
		if (*at == '#' && at > from && at[-1] == ' ')
			return at;
	}
}

/*
 * The next line with something in it, if it goes on with a plain scalar that
 * has come to the end of a line; NULL: it does not.
 */
static const char *next_part(struct yaml_block *block, const char *feed,
			     int32_t column, size_t *feeds)
{
	const char *line = feed, *at = feed;

	*feeds = 0;
	while (at < block->end && *at == '\n') {
		++*feeds;
		line = ++at;
		at = yaml_block_skip_spaces(at, block->end);
	}
	block->seen_line = line;
	block->seen_at = at;
	if (at == block->end || *at == '#' || at - line <= column)
		return NULL;
	return at;
}

bool yaml_block_plain(struct yaml_block *block, int32_t column,
		      struct yaml_event *event)
{
	const char *begin = block->at, *part = begin, *end, *stop;
	bool folded = false;
	size_t feeds;

	for (;;) {
		stop = yaml_block_plain_end(block, part);
		if (!stop || (stop < block->end && *stop == ':'))
			return false;
		end = drop_blanks(part, stop);
		if (folded)
			str_put(&block->room, part, (size_t)(end - part));
		if (stop == block->end || *stop == '#')
			break;
		part = next_part(block, stop, column, &feeds);
		if (!part)
			break;
		if (*part == '\t')
			return false;
		if (!folded) {
			str_clear(&block->room);
			str_put(&block->room, begin, (size_t)(end - begin));
			folded = true;
		}
		put_folded(&block->room, feeds);
	}
	give(block, event, begin, end);
	event->plain = true;
	if (folded)
		give_room(block, event);
	block->at = stop;
	return true;
}

/* Whether a plain scalar ends here: it may go on in the next line. */
static bool ends_in_flow(const struct yaml_block *block, const char *at)
{
	if (at < block->end && *at == ':')
		return true;
	while (at < block->end && (*at == ' ' || *at == '\n'))
		at++;
	return at < block->end && memchr(",]}#", *at, 4);
}

/* In a flow collection, of one line. */
bool yaml_block_flow_plain(struct yaml_block *block, struct yaml_event *event)
{
	const char *begin = block->at, *at = begin;

	for (; at < block->end; at++) {
		if (*at == '?' || *at == '\t' || (*at == '#' && at[-1] == ' '))
			return false;
		if (memchr("\n,[]{}", *at, 6))
			break;
		if (*at != ':')
			continue;
		if (yaml_block_is_blank(block, at + 1))
			break;
		if (memchr(",?[]{}", at[1], 6))
			return false;
	}
	give(block, event, begin, drop_blanks(begin, at));
	event->plain = true;
	block->at = at;
	return event->len > 0 && ends_in_flow(block, at);
}

/* Blanks in quotes, and line ends with the blanks around them. */
static bool put_space(struct yaml_block *block, const char **from)
{
	const char *at = *from, *begin = at;
	size_t feeds = 0;

	while (at < block->end && (*at == ' ' || *at == '\t' || *at == '\n'))
		if (*at++ == '\n') {
			feeds++;
			if (yaml_block_is_marker(block, at))
				return false;
		}
	if (feeds)
		put_folded(&block->room, feeds);
	else
		str_put(&block->room, begin, (size_t)(at - begin));
	*from = at;
	return true;
}

/* A line end behind a backslash is none, those of empty lines below are. */
static bool put_continued(struct yaml_block *block, const char **from)
{
	const char *at = *from + 1;

	while (at < block->end && (*at == ' ' || *at == '\t' || *at == '\n'))
		if (*at++ == '\n') {
			str_fill(&block->room, '\n', at - *from > 2);
			if (yaml_block_is_marker(block, at))
				return false;
		}
	*from = at;
	return true;
}

/* The escapes that people and programs write. */
static bool put_escape(struct yaml_block *block, const char **from)
{
	static const char escapes[] = "\"\\nrt ", meanings[] = "\"\\\n\r\t ";
	const char *found;

	if (*from + 1 >= block->end)
		return false;
	if ((*from)[1] == '\n')
		return put_continued(block, from);
	found = memchr(escapes, (*from)[1], sizeof(escapes) - 1);
	if (!found)
		return false;
	str_putc(&block->room, meanings[found - escapes]);
	*from += 2;
	return true;
}

/* Quoted text that is not what it means; `from` is behind the quote. */
static const char *put_quoted(struct yaml_block *block, const char *from,
			      char quote)
{
	const char *part;

	str_clear(&block->room);
	while (from < block->end) {
		if (*from == quote) {
			if (quote == '"' || from + 1 >= block->end ||
			    from[1] != quote)
				return from;
			str_putc(&block->room, quote);
			from += 2;
		} else if (*from == ' ' || *from == '\t' || *from == '\n') {
			if (!put_space(block, &from))
				return NULL;
		} else if (*from == '\\' && quote == '"') {
			if (!put_escape(block, &from))
				return NULL;
		} else {
			part = from;
			while (from < block->end && *from != quote &&
			       *from != '\\' && *from != ' ' && *from != '\t' &&
			       *from != '\n')
				from++;
			/* A backslash is a character in single quotes. */
			from += from == part;
			str_put(&block->room, part, (size_t)(from - part));
		}
	}
	return NULL;
}

bool yaml_block_quoted(struct yaml_block *block, struct yaml_event *event)
{
	const char *begin = block->at, *at = begin + 1;
	char quote = *begin;
	bool same = true;

	while (at < block->end && *at != quote && *at != '\n' &&
	       (*at != '\\' || quote == '\''))
		at++;
	if (at == block->end)
		return false;
	if (*at != quote ||
	    (quote == '\'' && at + 1 < block->end && at[1] == quote)) {
		at = put_quoted(block, begin + 1, quote);
		if (!at)
			return false;
		same = false;
	}
	give(block, event, begin, at + 1);
	event->style = quote == '"' ? VALUE_STYLE_DOUBLE : VALUE_STYLE_SINGLE;
	if (same) {
		event->text = begin + 1;
		event->len = (size_t)(at - begin - 1);
	} else {
		give_room(block, event);
	}
	block->at = at + 1;
	return true;
}

/* A literal or folded text while its lines are read. */
struct lines {
	const char *at;  /* the beginning of a line */
	const char *end; /* behind the last line end that belongs to it */
	int32_t indent;
	int32_t most;   /* blanks before that was found out */
	size_t feeds;   /* that may belong to what is next */
	bool has_feed;  /* of the last line */
	bool was_blank; /* the last line began with one */
	bool folded;
};

/*
 * Empty lines, and the indentation of the one behind them, as far as the text
 * is indented: 0 while that is not known.  The column there, or -1: give up.
 */
static int32_t skip_empty(const struct yaml_block *block, struct lines *lines)
{
	const char *at;
	int32_t column;

	lines->end = lines->at;
	for (;;) {
		const char *end = block->end;

		if (lines->indent && end - lines->at > lines->indent)
			end = lines->at + lines->indent;
		at = yaml_block_skip_spaces(lines->at, end);
		column = (int32_t)(at - lines->at);
		if (column > lines->most)
			lines->most = column;
		if (at == block->end)
			return column;
		if (*at == '\t' && (!lines->indent || column < lines->indent))
			return -1;
		if (*at != '\n')
			return column;
		lines->feeds++;
		lines->at = lines->end = at + 1;
	}
}

/* What stands between the last line and this one. */
static void put_feeds(struct str *room, struct lines *lines, bool blank)
{
	if (!lines->has_feed || !lines->folded || lines->was_blank || blank)
		str_fill(room, '\n', lines->has_feed);
	else if (!lines->feeds)
		str_putc(room, ' ');
	str_fill(room, '\n', lines->feeds);
	lines->feeds = 0;
	lines->was_blank = blank;
}

/* Behind | or > and what follows it; NULL: give up. */
static const char *skip_header(const struct yaml_block *block, char *chomping)
{
	const char *at = block->at + 1;

	*chomping = ' ';
	if (at < block->end && (*at == '+' || *at == '-'))
		*chomping = *at++;
	while (at < block->end && *at == ' ')
		at++;
	if (at < block->end && *at == '#' && at[-1] == ' ')
		at = yaml_block_line_end(block, at);
	if (at == block->end)
		return at;
	return *at == '\n' ? at + 1 : NULL;
}

static bool put_lines(struct yaml_block *block, struct lines *lines)
{
	int32_t column = lines->indent;

	while (column == lines->indent && lines->at + column < block->end) {
		const char *from = lines->at + column;
		const char *to = yaml_block_line_end(block, from);

		put_feeds(&block->room, lines, *from == ' ' || *from == '\t');
		str_put(&block->room, from, (size_t)(to - from));
		lines->has_feed = to < block->end;
		lines->at = lines->end = to + lines->has_feed;
		column = skip_empty(block, lines);
	}
	return column >= 0;
}

bool yaml_block_text(struct yaml_block *block, int32_t column,
		     struct yaml_event *event)
{
	struct lines lines = { .folded = *block->at == '>' };
	const char *begin = block->at;
	char chomping;
	int32_t first;

	lines.at = skip_header(block, &chomping);
	if (!lines.at)
		return false;
	first = skip_empty(block, &lines);
	lines.indent = lines.most > column ? lines.most : column + 1;
	if (first < 0 || (first > column && first < lines.indent &&
			  lines.at + first < block->end))
		return false;
	str_clear(&block->room);
	if (first == lines.indent && !put_lines(block, &lines))
		return false;
	if (chomping != '-')
		str_fill(&block->room, '\n', lines.has_feed);
	if (chomping == '+')
		str_fill(&block->room, '\n', lines.feeds);
	give(block, event, begin, lines.end);
	event->style = lines.folded ? VALUE_STYLE_FOLDED : VALUE_STYLE_LITERAL;
	give_room(block, event);
	/* The line end in front, which ends an entry. */
	block->at = lines.at;
	if (lines.at > block->text && lines.at[-1] == '\n')
		block->at--;
	return true;
}
