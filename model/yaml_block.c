#include "model/yaml_block.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

enum {
	/* libyaml takes no longer keys; there characters count. */
	KEY_MAX = 1000
};

/* Characters. */

/* Line ends that are no line feeds, byte order marks, what is not allowed. */
static bool is_doubtful(uint32_t rune)
{
	return rune < 0xA0 || rune == 0x2028 || rune == 0x2029 ||
	       rune == 0xFEFF || rune == 0xFFFE || rune == 0xFFFF;
}

enum {
	STRIDE = 16,
	LONG_STRIDE = 128 /* to say yes or no costs as much as 64 bytes */
};

/* Printable characters of ASCII and line feeds; `len` is a constant. */
static inline bool are_plain(const char *text, size_t len)
{
	unsigned char odd = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		odd |= (byte < 0x20 && byte != '\n') || byte >= 0x7F;
	}
	return !odd;
}

static bool is_simple(const char *text, size_t len)
{
	size_t at = 0, size;
	uint32_t rune;

	while (at < len) {
		unsigned char byte = (unsigned char)text[at];

		if (len - at >= LONG_STRIDE &&
		    are_plain(text + at, LONG_STRIDE)) {
			at += LONG_STRIDE;
		} else if (len - at >= STRIDE && are_plain(text + at, STRIDE)) {
			at += STRIDE;
		} else if (byte >= 0x80) {
			rune = utf8_decode(text + at, len - at, &size);
			if (size == 1 || is_doubtful(rune))
				return false;
			at += size;
		} else if (byte != 0x7F &&
			   (byte >= 0x20 || byte == '\n' || byte == '\t')) {
			at++;
		} else {
			return false;
		}
	}
	return true;
}

bool yaml_block_open(struct yaml_block *block, struct arena *arena,
		     const char *text, size_t len)
{
	if (!is_simple(text, len))
		return false;
	block->text = block->at = block->line = text;
	block->end = text + len;
	str_init(&block->room, arena);
	str_init(&block->name, arena);
	return true;
}

/* Lines. */

static const char *skip_blanks(const struct yaml_block *block, const char *at)
{
	return yaml_block_skip_spaces(at, block->end);
}

/* To the end of the line, if there is nothing but a comment. */
static bool finish_line(struct yaml_block *block)
{
	const char *at = skip_blanks(block, block->at);

	if (at < block->end && *at == '#' && at > block->text && at[-1] == ' ')
		at = yaml_block_line_end(block, at);
	block->at = at;
	return at == block->end || *at == '\n';
}

/* A separator with nothing behind it ends the text. */
static bool ends_text(const struct yaml_block *block, const char *at)
{
	if (!yaml_block_is_marker(block, at) || *at != '-')
		return false;
	at += 3;
	while (at < block->end && (*at == '\n' || *at == ' '))
		at++;
	return at == block->end;
}

/* From the beginning of a line to the first thing that is no comment. */
static bool find_content(struct yaml_block *block, const char *line)
{
	block->looked = true;
	for (;;) {
		const char *at = line == block->seen_line
					 ? block->seen_at
					 : skip_blanks(block, line);

		if (at < block->end && *at == '#')
			at = yaml_block_line_end(block, at);
		block->at = at;
		block->line = line;
		block->column = (int32_t)(at - line);
		if (at == block->end) {
			block->column = -1;
			return true;
		}
		if (block->depth && !block->column && ends_text(block, at)) {
			block->column = -1;
			return true;
		}
		if (*at != '\n')
			return *at != '\t' &&
			       (block->column ||
				!yaml_block_is_marker(block, at));
		line = at + 1;
	}
}

/* The same from the end of an entry. */
static bool next_line(struct yaml_block *block)
{
	if (block->looked)
		return true;
	if (!finish_line(block))
		return false;
	return find_content(block,
			    block->at < block->end ? block->at + 1 : block->at);
}

static bool at_dash(const struct yaml_block *block)
{
	return block->at < block->end && *block->at == '-' &&
	       yaml_block_is_blank(block, block->at + 1);
}

/* Collections. */

static struct yaml_block_level *top(struct yaml_block *block)
{
	return &block->levels[block->depth - 1];
}

static bool is_flow(const struct yaml_block_level *level)
{
	return level->kind >= YAML_BLOCK_FLOW_MAP;
}

static bool push(struct yaml_block *block, enum yaml_block_kind kind,
		 int32_t column, struct yaml_event *event)
{
	bool map = kind == YAML_BLOCK_MAP || kind == YAML_BLOCK_FLOW_MAP;

	if (block->depth == YAML_BLOCK_LEVELS)
		return false;
	block->levels[block->depth++] =
		(struct yaml_block_level){ column, (uint8_t)kind, false };
	event->kind = map ? YAML_EVENT_MAP : YAML_EVENT_LIST;
	event->style =
		is_flow(top(block)) ? VALUE_STYLE_FLOW : VALUE_STYLE_BLOCK;
	event->begin = event->end = yaml_block_offset(block, block->at);
	return true;
}

bool yaml_block_has_odd_key(const char *at, const char *end)
{
	bool odd = false;

	if (!memchr(at, ':', (size_t)(end - at)))
		return false;
	for (; at < end; at++) {
		const char *next = at + 1;

		if (*at == '\n') {
			odd = false;
		} else if (*at == ':' && odd) {
			return true;
		} else if (*at == ']' || *at == '}') {
			while (next < end && (*next == ' ' || *next == '\t'))
				next++;
			odd = odd || (next < end && !strchr(",]}#\n", *next));
		}
	}
	return false;
}

/*
 * Whether a flow collection that begins here may be a key.  It would have to
 * end in this line, so that one look at the line is enough.
 */
static bool may_be_key(struct yaml_block *block)
{
	const char *end;

	if (block->at < block->clear)
		return false;
	end = yaml_block_line_end(block, block->at);
	if (yaml_block_has_odd_key(block->at, end))
		return true;
	block->clear = end;
	return false;
}

static bool push_flow(struct yaml_block *block, struct yaml_event *event)
{
	int32_t column = block->depth ? top(block)->column : -1;
	bool map = *block->at == '{';

	if (may_be_key(block) ||
	    !push(block, map ? YAML_BLOCK_FLOW_MAP : YAML_BLOCK_FLOW_LIST,
		  column, event))
		return false;
	block->at++;
	event->end++;
	block->state = YAML_BLOCK_FLOW;
	return true;
}

/* No value behind an indicator that ends at `at`. */
static void give_nothing(const struct yaml_block *block, const char *at,
			 struct yaml_event *event)
{
	event->kind = YAML_EVENT_SCALAR;
	event->style = VALUE_STYLE_PLAIN;
	event->plain = true;
	event->text = "";
	event->begin = event->end = yaml_block_offset(block, at);
}

/* Nodes. */

static bool begins_plain(const struct yaml_block *block)
{
	static const bool indicators[256] = {
		[','] = true,  ['['] = true, [']'] = true, ['{'] = true,
		['}'] = true,  ['#'] = true, ['&'] = true, ['*'] = true,
		['!'] = true,  ['|'] = true, ['>'] = true, ['%'] = true,
		['\''] = true, ['"'] = true, ['@'] = true, ['`'] = true,
	};
	const char *at = block->at;

	if (*at == '-' || *at == ':' || *at == '?')
		return !yaml_block_is_blank(block, at + 1);
	return !indicators[(unsigned char)*at];
}

/* A document that is a plain scalar, if nothing is left but line ends. */
static bool read_lone(struct yaml_block *block, struct yaml_event *event)
{
	const char *at = yaml_block_plain_end(block, block->at);

	while (at && at < block->end && (*at == '\n' || *at == ' '))
		at++;
	return at == block->end && yaml_block_plain(block, -1, event);
}

static bool read_node(struct yaml_block *block, struct yaml_event *event);
static bool read_value(struct yaml_block *block, struct yaml_event *event);

static bool is_name(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

/* The name behind `&` or `*`; NULL: it gives up. */
static const char *read_name(struct yaml_block *block)
{
	const char *begin = ++block->at;

	while (block->at < block->end && is_name(*block->at))
		block->at++;
	if (block->at == begin || !yaml_block_is_blank(block, block->at) ||
	    (block->at < block->end && *block->at == '\t'))
		return NULL;
	str_clear(&block->name);
	str_put(&block->name, begin, (size_t)(block->at - begin));
	return str_text(&block->name);
}

static bool read_alias(struct yaml_block *block, struct yaml_event *event)
{
	const char *begin = block->at;

	event->text = read_name(block);
	if (!event->text)
		return false;
	event->kind = YAML_EVENT_ALIAS;
	event->len = (size_t)(block->at - begin - 1);
	event->begin = yaml_block_offset(block, begin);
	event->end = yaml_block_offset(block, block->at);
	return true;
}

/* What has an anchor stands behind it, or further in in a line below. */
static bool read_anchored(struct yaml_block *block, struct yaml_event *event)
{
	uint32_t begin = yaml_block_offset(block, block->at);
	int32_t column = top(block)->column;
	const char *name = read_name(block);
	bool below;

	if (!name)
		return false;
	below = finish_line(block);
	block->looked = false;
	if (below && (!next_line(block) || block->column <= column))
		return false;
	if (block->at == block->end || *block->at == '&' || *block->at == '*' ||
	    !(below ? read_node(block, event) : read_value(block, event)))
		return false;
	event->anchor = name;
	event->begin = begin;
	return true;
}

/* A value in the line of its key, or what can be no key. */
static bool read_value(struct yaml_block *block, struct yaml_event *event)
{
	int32_t column = block->depth ? top(block)->column : -1;

	if (*block->at == '[' || *block->at == '{')
		return push_flow(block, event);
	block->state = YAML_BLOCK_ENTRY;
	if (column < 0)
		return begins_plain(block) && read_lone(block, event);
	if (*block->at == '*')
		return read_alias(block, event);
	if (*block->at == '&')
		return read_anchored(block, event);
	if (*block->at == '"' || *block->at == '\'')
		return yaml_block_quoted(block, event);
	if (*block->at == '|' || *block->at == '>')
		return yaml_block_text(block, column, event);
	return begins_plain(block) && yaml_block_plain(block, column, event);
}

/*
 * The key at `at`, to behind its colon.  `*found` is false, and `at` where it
 * was, if something else stands there.
 */
static bool read_key(struct yaml_block *block, struct yaml_event *event,
		     bool *found)
{
	const char *begin = block->at, *end;

	*found = false;
	if (*begin == '"' || *begin == '\'') {
		if (!yaml_block_quoted(block, event))
			return false;
		end = skip_blanks(block, block->at);
		if (end < block->end && *end == '\t')
			return false;
		if (memchr(begin, '\n', (size_t)(end - begin))) {
			block->at = begin;
			return true;
		}
	} else if (begins_plain(block)) {
		end = yaml_block_plain_end(block, begin);
		if (!end)
			return false;
	} else {
		return true;
	}
	if (end == block->end || *end != ':' ||
	    !yaml_block_is_blank(block, end + 1)) {
		block->at = begin;
		return true;
	}
	if (*begin != '"' && *begin != '\'') {
		const char *last = end;

		while (last > begin && last[-1] == ' ')
			last--;
		give_nothing(block, begin, event);
		event->text = begin;
		event->len = (size_t)(last - begin);
		event->end = yaml_block_offset(block, last);
	}
	block->at = end + 1;
	*found = true;
	return end - begin <= KEY_MAX;
}

/* Whatever begins at `at`, alone in its line or behind a dash. */
static bool read_node(struct yaml_block *block, struct yaml_event *event)
{
	const char *begin = block->at;
	int32_t column = (int32_t)(begin - block->line);
	struct yaml_event key = { .kind = YAML_EVENT_SCALAR };
	bool found;

	block->looked = false;
	if (at_dash(block)) {
		block->state = YAML_BLOCK_DASH;
		return push(block, YAML_BLOCK_LIST, column, event);
	}
	if (!read_key(block, &key, &found))
		return false;
	if (!found)
		return read_value(block, event);
	block->key = key;
	block->state = YAML_BLOCK_KEY;
	if (!push(block, YAML_BLOCK_MAP, column, event))
		return false;
	event->begin = event->end = yaml_block_offset(block, begin);
	return true;
}

/* Behind a colon or a dash: here, in a line below or nothing. */
static bool read_below(struct yaml_block *block, struct yaml_event *event)
{
	const char *indicator = block->at;
	struct yaml_block_level *level = top(block);

	if (!finish_line(block)) {
		if (*block->at == '\t')
			return false;
		return level->kind == YAML_BLOCK_MAP ? read_value(block, event)
						     : read_node(block, event);
	}
	block->looked = false;
	if (!next_line(block))
		return false;
	if (block->column > level->column)
		return read_node(block, event);
	if (level->kind == YAML_BLOCK_MAP && block->column == level->column &&
	    at_dash(block)) {
		block->looked = false;
		block->state = YAML_BLOCK_DASH;
		return push(block, YAML_BLOCK_FLAT_LIST, level->column, event);
	}
	/* libyaml takes a text that is not indented at all. */
	if (block->column == level->column &&
	    (*block->at == '|' || *block->at == '>'))
		return false;
	give_nothing(block, indicator, event);
	block->state = YAML_BLOCK_ENTRY;
	return true;
}

static bool read_dash(struct yaml_block *block, struct yaml_event *event)
{
	block->looked = false;
	block->at++;
	return read_below(block, event);
}

static bool close_level(struct yaml_block *block, struct yaml_event *event)
{
	block->depth--;
	event->kind = YAML_EVENT_CLOSE;
	event->begin = event->end = yaml_block_offset(block, block->at);
	return true;
}

/* Behind an entry. */
static bool read_entry(struct yaml_block *block, struct yaml_event *event)
{
	const struct yaml_block_level *level;
	bool found;

	if (!next_line(block))
		return false;
	if (!block->depth) {
		event->kind = YAML_EVENT_DOCUMENT_END;
		block->state = YAML_BLOCK_END;
		return block->column < 0;
	}
	level = top(block);
	if (block->column < level->column)
		return close_level(block, event);
	if (block->column > level->column)
		return false;
	if (level->kind == YAML_BLOCK_MAP) {
		block->looked = false;
		block->state = YAML_BLOCK_VALUE;
		event->kind = YAML_EVENT_SCALAR;
		return !at_dash(block) && read_key(block, event, &found) &&
		       found;
	}
	if (at_dash(block))
		return read_dash(block, event);
	return level->kind == YAML_BLOCK_FLAT_LIST && close_level(block, event);
}

/* Flow collections. */

static bool skip_flow_space(struct yaml_block *block)
{
	const char *at = skip_blanks(block, block->at);

	while (at < block->end && (*at == '\n' || *at == '#')) {
		if (*at == '#' && at[-1] != ' ' && at[-1] != '\n')
			return false;
		at = yaml_block_line_end(block, at);
		if (at == block->end)
			return false;
		if (yaml_block_is_marker(block, ++at))
			return false;
		at = skip_blanks(block, at);
	}
	block->at = at;
	return at < block->end;
}

static bool begins_flow_plain(char byte, char next)
{
	if (byte == '-')
		return (next >= '0' && next <= '9') ||
		       (next >= 'a' && next <= 'z') || next == '-';
	return !memchr(" \t\n-?:,[]{}#&*!|>'\"%@`", byte, 22);
}

static bool read_flow_scalar(struct yaml_block *block, struct yaml_event *event)
{
	const char *at = block->at;

	if (*at == '"' || *at == '\'')
		return yaml_block_quoted(block, event);
	return at + 1 < block->end && begins_flow_plain(*at, at[1]) &&
	       yaml_block_flow_plain(block, event);
}

static bool read_flow_value(struct yaml_block *block, struct yaml_event *event)
{
	const char *colon;

	if (!skip_flow_space(block))
		return false;
	top(block)->filled = true;
	block->state = YAML_BLOCK_FLOW;
	if (*block->at == '[' || *block->at == '{')
		return push_flow(block, event);
	if (!read_flow_scalar(block, event))
		return false;
	/* [a: b] is a list with a map in it. */
	colon = skip_blanks(block, block->at);
	return colon == block->end || (*colon != ':' && *colon != '\t');
}

/* A key and its colon in one line. */
static bool read_flow_key(struct yaml_block *block, struct yaml_event *event)
{
	const char *begin = block->at, *colon;

	if (!read_flow_scalar(block, event))
		return false;
	colon = skip_blanks(block, block->at);
	if (colon == block->end || *colon != ':' || colon - begin > KEY_MAX ||
	    memchr(begin, '\n', (size_t)(colon - begin)))
		return false;
	block->at = colon + 1;
	block->state = YAML_BLOCK_FLOW_VALUE;
	return true;
}

static bool close_flow(struct yaml_block *block, struct yaml_event *event)
{
	block->at++;
	close_level(block, event);
	if (!block->depth || !is_flow(top(block)))
		block->state = YAML_BLOCK_ENTRY;
	return true;
}

static bool read_flow(struct yaml_block *block, struct yaml_event *event)
{
	struct yaml_block_level *level = top(block);
	bool map = level->kind == YAML_BLOCK_FLOW_MAP;

	if (!skip_flow_space(block))
		return false;
	if (level->filled && *block->at == ',') {
		level->filled = false;
		block->at++;
		if (!skip_flow_space(block))
			return false;
	}
	if (*block->at == (map ? '}' : ']'))
		return close_flow(block, event);
	if (level->filled)
		return false;
	return map ? read_flow_key(block, event)
		   : read_flow_value(block, event);
}

/* The document. */

/* To what a separator announces that stands alone in its line. */
static bool skip_separator(struct yaml_block *block)
{
	const char *at = block->at;

	if (block->column || !yaml_block_is_marker(block, at) || *at != '-')
		return false;
	at = skip_blanks(block, at + 3);
	return at < block->end && *at == '\n' && find_content(block, at + 1) &&
	       block->column >= 0;
}

static bool read_begin(struct yaml_block *block, struct yaml_event *event)
{
	if (!find_content(block, block->text) && !skip_separator(block))
		return false;
	if (block->column < 0) {
		event->begin = event->end =
			yaml_block_offset(block, block->end);
		event->kind = YAML_EVENT_END;
		block->state = YAML_BLOCK_END;
		return true;
	}
	event->kind = YAML_EVENT_DOCUMENT;
	block->state = YAML_BLOCK_ROOT;
	return true;
}

bool yaml_block_next(struct yaml_block *block, struct yaml_event *event)
{
	memset(event, 0, sizeof(*event));
	switch (block->state) {
	case YAML_BLOCK_BEGIN:
		return read_begin(block, event);
	case YAML_BLOCK_ROOT:
		return read_node(block, event);
	case YAML_BLOCK_KEY:
		*event = block->key;
		block->state = YAML_BLOCK_VALUE;
		return true;
	case YAML_BLOCK_VALUE:
		return read_below(block, event);
	case YAML_BLOCK_DASH:
		return read_dash(block, event);
	case YAML_BLOCK_ENTRY:
		return read_entry(block, event);
	case YAML_BLOCK_FLOW:
		return read_flow(block, event);
	case YAML_BLOCK_FLOW_VALUE:
		return read_flow_value(block, event);
	case YAML_BLOCK_END:
		break;
	}
	event->kind = YAML_EVENT_END;
	return true;
}
