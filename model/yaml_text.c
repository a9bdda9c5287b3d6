#include "model/yaml_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/json.h"

enum {
	WIDTH = 80,
	SIMPLE_KEY_MAX = 1024,
	RUNE_NEL = 0x85,
	RUNE_LS = 0x2028,
	RUNE_PS = 0x2029,
	RUNE_BOM = 0xFEFF,
};

/* What the characters of a text rule out. */
struct findings {
	bool breaks;
	bool indicators; /* in block context */
	bool special;    /* not printable */
	bool tabs;
	bool space_first, space_last;
	bool break_first, break_last;
	bool space_after_break, break_after_space;
};

static bool is_break(uint32_t rune)
{
	return rune == '\n' || rune == '\r' || rune == RUNE_NEL ||
	       rune == RUNE_LS || rune == RUNE_PS;
}

static bool is_blank(uint32_t rune)
{
	return rune == ' ' || rune == '\t' || is_break(rune) || rune == 0;
}

/* go-yaml's emitters count nothing above U+FFFF as printable. */
static bool is_printable(uint32_t rune)
{
	return rune == '\n' || (rune >= 0x20 && rune <= 0x7E) ||
	       (rune >= 0xA0 && rune <= 0xD7FF) ||
	       (rune >= 0xE000 && rune <= 0xFFFD && rune != RUNE_BOM);
}

static uint32_t rune_at(const struct yaml_text *text, size_t at, size_t *size)
{
	unsigned char byte = (unsigned char)text->at[at];

	if (byte < 0x80) {
		*size = 1;
		return byte;
	}
	return utf8_decode(text->at + at, text->len - at, size);
}

static bool blank_behind(const struct yaml_text *text, size_t at)
{
	size_t size;

	return at >= text->len || is_blank(rune_at(text, at, &size));
}

/* What a text must not begin with, in block context. */
static bool is_first_indicator(const struct yaml_text *text)
{
	static const char indicators[] = "#,[]{}&*!|>'\"%@`";
	char first = text->at[0];

	if (first == '?' || first == '-')
		return blank_behind(text, 1);
	return memchr(indicators, first, sizeof(indicators) - 1) != NULL;
}

/* Printable ASCII that means nothing inside of a text; blanks too. */
static bool is_inert(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7F && byte != ':' && byte != '#';
}

/* Where the next byte is that is not: descriptions are long. */
static size_t skip_inert(const struct yaml_text *text, size_t from)
{
	enum {
		STRIDE = 16
	};
	const unsigned char *at = (const unsigned char *)text->at;
	size_t len = text->len;

	for (; len - from >= STRIDE; from += STRIDE) {
		unsigned char lively = 0;

		for (size_t i = 0; i < STRIDE; i++)
			lively |= !is_inert(at[from + i]);
		if (lively)
			break;
	}
	while (from < len && is_inert(at[from]))
		from++;
	return from;
}

static void inspect_break(const struct yaml_text *text, size_t at, size_t next,
			  struct findings *found)
{
	found->breaks = true;
	found->break_first |= at == 0;
	found->break_last |= next == text->len;
	found->break_after_space |= at > 0 && text->at[at - 1] == ' ';
	found->space_after_break |= next < text->len && text->at[next] == ' ';
}

static bool blank_before(const struct yaml_text *text, size_t at)
{
	size_t size;

	return at == 0 || is_blank(utf8_decode_last(text->at, at, &size));
}

/* One character that is not inert; what is behind it. */
static size_t inspect_rune(const struct yaml_text *text, size_t at,
			   struct findings *found)
{
	size_t size;
	uint32_t rune = rune_at(text, at, &size);

	if (rune == ':')
		found->indicators |= blank_behind(text, at + 1);
	else if (rune == '#')
		found->indicators |= blank_before(text, at);
	else if (rune == '\t')
		found->tabs = true;
	else if (!is_printable(rune))
		found->special = true;
	if (is_break(rune))
		inspect_break(text, at, at + size, found);
	return at + size;
}

static void inspect(const struct yaml_text *text, struct findings *found)
{
	size_t at;

	*found = (struct findings){ .breaks = false };
	if (!text->len)
		return;
	found->space_first = text->at[0] == ' ';
	found->space_last = text->at[text->len - 1] == ' ';
	found->indicators =
		is_first_indicator(text) ||
		(text->len >= 3 && (memcmp(text->at, "---", 3) == 0 ||
				    memcmp(text->at, "...", 3) == 0));
	for (at = skip_inert(text, 0); at < text->len;
	     at = skip_inert(text, at))
		at = inspect_rune(text, at, found);
}

static const bool simple[256] = {
	['-'] = true, ['.'] = true, ['/'] = true, ['_'] = true, ['0'] = true,
	['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
	['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['A'] = true,
	['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true, ['F'] = true,
	['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true, ['K'] = true,
	['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true, ['P'] = true,
	['Q'] = true, ['R'] = true, ['S'] = true, ['T'] = true, ['U'] = true,
	['V'] = true, ['W'] = true, ['X'] = true, ['Y'] = true, ['Z'] = true,
	['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true,
	['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true,
	['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true, ['o'] = true,
	['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true, ['t'] = true,
	['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true, ['y'] = true,
	['z'] = true,
};

/* Most texts are letters, digits and a few marks: no need to look closer. */
bool yaml_text_is_simple(const char *text, size_t len)
{
	if (len == 0 || text[0] == '-' || text[0] == '.')
		return false;
	for (size_t at = 0; at < len; at++)
		if (!simple[(unsigned char)text[at]])
			return false;
	return true;
}

enum value_style yaml_text_style(const struct yaml_text *text,
				 enum value_style wanted, bool *multiline)
{
	enum value_style style = wanted;
	struct findings found;
	bool escapes;

	*multiline = false;
	if (yaml_text_is_simple(text->at, text->len))
		return wanted == VALUE_STYLE_LITERAL ? VALUE_STYLE_DOUBLE
						     : wanted;
	inspect(text, &found);
	*multiline = found.breaks;
	escapes = found.special || found.break_after_space ||
		  (found.tabs && !text->v3);
	if (style == VALUE_STYLE_PLAIN &&
	    (escapes || found.tabs || found.breaks || found.indicators ||
	     found.space_first || found.space_last || found.break_first ||
	     (text->len == 0 && text->key)))
		style = VALUE_STYLE_SINGLE;
	if (style == VALUE_STYLE_SINGLE &&
	    (escapes || found.tabs || found.space_after_break ||
	     (text->key && found.breaks)))
		style = VALUE_STYLE_DOUBLE;
	if (style == VALUE_STYLE_LITERAL &&
	    (text->len == 0 || text->key || escapes || found.space_last))
		style = VALUE_STYLE_DOUBLE;
	return style;
}

/* Whether LS or PS ends at `end`: a line ends there to the emitters, too. */
static bool ends_in_separator(const char *text, size_t end)
{
	return end >= 3 && (memcmp(text + end - 3, "\xE2\x80\xA8", 3) == 0 ||
			    memcmp(text + end - 3, "\xE2\x80\xA9", 3) == 0);
}

/* The column in characters, as the emitters count them. */
static size_t column_of(const struct str *out)
{
	size_t at = out->len;
	size_t column = 0;

	while (at > 0 && out->text[at - 1] != '\n') {
		at--;
		if ((out->text[at] & 0xC0) != 0x80)
			column++;
		else if (ends_in_separator(out->text, at + 1))
			break;
	}
	return column;
}

static void put_line(struct str *out, size_t indent)
{
	str_putc(out, '\n');
	str_fill(out, ' ', indent);
}

/*
 * Whether any place of the text can lie beyond the width, if a byte of it is
 * printed as `most` at most.
 */
static bool may_fold(const struct str *out, const struct yaml_text *text,
		     size_t most, size_t *column)
{
	if (!text->folds || text->key || !memchr(text->at, ' ', text->len))
		return false;
	*column = column_of(out);
	return *column + text->len * most > WIDTH;
}

/* Whether there is DEL, or a byte of something else than ASCII. */
static bool needs_hop(const char *text, size_t len)
{
	const uint64_t each = 0x0101010101010101, high = each << 7;
	size_t at = 0;
	uint64_t bytes;

	for (; len - at >= sizeof(bytes); at += sizeof(bytes)) {
		memcpy(&bytes, text + at, sizeof(bytes));
		if ((bytes | (bytes + each)) & high)
			return true;
	}
	for (; at < len; at++)
		if ((unsigned char)text[at] >= 0x7F)
			return true;
	return false;
}

/*
 * From `from`, at `*column`, to the first blank behind the width; to the end
 * of the text if there is none.
 */
static size_t skip_narrow(const struct yaml_text *text, size_t from,
			  size_t *column)
{
	size_t at = from, narrow = *column <= WIDTH ? WIDTH + 1 - *column : 0;
	const char *blank;

	if (text->len - at <= narrow)
		return text->len;
	if (!needs_hop(text->at + at, narrow)) {
		at += narrow;
		*column += narrow;
	}
	while (at < text->len && *column <= WIDTH)
		*column += (text->at[at++] & 0xC0) != 0x80;
	blank = memchr(text->at + at, ' ', text->len - at);
	return blank ? (size_t)(blank - text->at) : text->len;
}

static void put_plain(struct str *out, const struct yaml_text *text)
{
	size_t column, from = 0, at = 0;

	if (!may_fold(out, text, 1, &column)) {
		str_put(out, text->at, text->len);
		return;
	}
	while ((at = skip_narrow(text, at, &column)) < text->len) {
		bool single = (at == 0 || text->at[at - 1] != ' ') &&
			      (at + 1 == text->len || text->at[at + 1] != ' ');

		at++;
		if (!single)
			continue;
		str_put(out, text->at + from, at - 1 - from);
		put_line(out, text->indent);
		column = text->indent;
		from = at;
	}
	str_put(out, text->at + from, text->len - from);
}

/* Letters and marks that quoted texts hold as they are. */
static size_t skip_word(const struct yaml_text *text, size_t from)
{
	size_t at = from;

	while (at < text->len && text->at[at] > ' ' && text->at[at] < 0x7F &&
	       text->at[at] != '\'' && text->at[at] != '"' &&
	       text->at[at] != '\\')
		at++;
	return at;
}

/*
 * Single quotes keep LS and PS; a line feed never gets here.  Behind a break
 * the line is indented, which readers take out again.
 */
static void put_single(struct str *out, const struct yaml_text *text)
{
	size_t column = 0;
	bool folds;
	bool broke = false;
	size_t size;

	str_putc(out, '\'');
	folds = may_fold(out, text, 2, &column);
	for (size_t at = 0; at < text->len; at += size) {
		uint32_t rune;

		size = broke ? 0 : skip_word(text, at) - at;
		if (size) {
			str_put(out, text->at + at, size);
			column += size;
			continue;
		}
		rune = rune_at(text, at, &size);
		if (rune == ' ' && folds && column > WIDTH && at > 0 &&
		    at + 1 < text->len && text->at[at - 1] != ' ' &&
		    text->at[at + 1] != ' ') {
			put_line(out, text->indent);
			column = text->indent;
			continue;
		}
		if (broke && !is_break(rune) && rune != ' ') {
			str_fill(out, ' ', text->indent);
			column = text->indent;
			broke = false;
		}
		if (rune == '\'') {
			str_putc(out, '\'');
			column++;
		}
		str_put(out, text->at + at, size);
		column++;
		if (is_break(rune)) {
			broke = true;
			column = 0;
		}
	}
	str_putc(out, '\'');
}

static size_t put_escape(struct str *out, uint32_t rune)
{
	static const char names[] = "\0"
				    "0\a"
				    "a\b"
				    "b\t"
				    "t\n"
				    "n\v"
				    "v\f"
				    "f"
				    "\r"
				    "r\x1b"
				    "e\""
				    "\"\\"
				    "\\\x85"
				    "N\xa0"
				    "_";
	size_t len = out->len;

	str_putc(out, '\\');
	if (rune == RUNE_LS || rune == RUNE_PS) {
		str_putc(out, rune == RUNE_LS ? 'L' : 'P');
		return 2;
	}
	for (size_t i = 0; i < sizeof(names) - 1; i += 2)
		if (rune == (unsigned char)names[i]) {
			str_putc(out, names[i + 1]);
			return 2;
		}
	if (rune <= 0xFF)
		str_printf(out, "x%02X", (unsigned)rune);
	else if (rune <= 0xFFFF)
		str_printf(out, "u%04X", (unsigned)rune);
	else
		str_printf(out, "U%08X", (unsigned)rune);
	return out->len - len;
}

static void put_double(struct str *out, const struct yaml_text *text)
{
	size_t column = 0;
	bool folds, all;
	size_t size;

	str_putc(out, '"');
	folds = may_fold(out, text, 6, &column);
	/* go-yaml looks for the mark at the start, whatever the place. */
	all = text->len >= 3 && memcmp(text->at, "\xEF\xBB\xBF", 3) == 0;
	for (size_t at = 0; at < text->len; at += size) {
		uint32_t rune;

		size = all ? 0 : skip_word(text, at) - at;
		if (size) {
			str_put(out, text->at + at, size);
			column += size;
			continue;
		}
		rune = rune_at(text, at, &size);
		if (all || !is_printable(rune) || is_break(rune) ||
		    rune == '"' || rune == '\\') {
			column += put_escape(out, rune);
			continue;
		}
		if (rune == ' ' && folds && column > WIDTH && at > 0 &&
		    at + 1 < text->len && text->at[at - 1] != ' ') {
			put_line(out, text->indent);
			column = text->indent;
			if (text->at[at + 1] == ' ') {
				str_putc(out, '\\');
				column++;
			}
			continue;
		}
		str_put(out, text->at + at, size);
		column++;
	}
	str_putc(out, '"');
}

/* The indentation is told where the text begins with a blank or a break. */
static void put_header(struct str *out, const struct yaml_text *text)
{
	size_t size, before;
	uint32_t last;

	str_putc(out, '|');
	if (text->at[0] == ' ' || is_break(rune_at(text, 0, &size)))
		str_putc(out, '2');
	last = utf8_decode_last(text->at, text->len, &size);
	if (!is_break(last))
		str_putc(out, '-');
	else if (size == text->len ||
		 is_break(
			 utf8_decode_last(text->at, text->len - size, &before)))
		str_putc(out, '+');
}

/* What no break begins with; `returns`: there is a carriage return. */
static size_t skip_line(const struct yaml_text *text, bool returns, size_t from)
{
	const char *feed = memchr(text->at + from, '\n', text->len - from);
	size_t at = from, end = feed ? (size_t)(feed - text->at) : text->len;

	if (!returns && !needs_hop(text->at + from, end - from))
		return end;
	while (at < text->len && text->at[at] != '\n' && text->at[at] != '\r' &&
	       text->at[at] != '\xC2' && text->at[at] != '\xE2')
		at++;
	return at;
}

/* Lines are copied as they are; blank ones get no indentation. */
static void put_literal(struct str *out, const struct yaml_text *text)
{
	bool returns = memchr(text->at, '\r', text->len) != NULL;
	bool broke = true, breaks;
	size_t size;

	put_header(out, text);
	str_putc(out, '\n');
	for (size_t at = 0; at < text->len; at += size) {
		size = skip_line(text, returns, at) - at;
		breaks = !size && is_break(rune_at(text, at, &size));
		if (broke && !breaks)
			str_fill(out, ' ', text->indent);
		broke = breaks;
		str_put(out, text->at + at, size);
	}
}

bool yaml_text_ends_line(const struct yaml_text *text, enum value_style style)
{
	size_t size;

	return style == VALUE_STYLE_LITERAL &&
	       is_break(utf8_decode_last(text->at, text->len, &size));
}

void yaml_text_put(struct str *out, const struct yaml_text *text,
		   enum value_style style)
{
	switch (style) {
	case VALUE_STYLE_SINGLE:
		put_single(out, text);
		return;
	case VALUE_STYLE_DOUBLE:
		put_double(out, text);
		return;
	case VALUE_STYLE_LITERAL:
		put_literal(out, text);
		return;
	case VALUE_STYLE_NONE:
	case VALUE_STYLE_PLAIN:
	case VALUE_STYLE_FOLDED:
	case VALUE_STYLE_BLOCK:
	case VALUE_STYLE_FLOW:
		break;
	}
	put_plain(out, text);
}

/*
 * Folding as in a double-quoted scalar: blanks around breaks go, one break is
 * a blank, of several all but one stay.
 */
static void put_folded(struct str *out, size_t breaks)
{
	while (out->len && out->text[out->len - 1] == ' ')
		out->len--;
	if (breaks == 1)
		str_putc(out, ' ');
	else
		str_fill(out, '\n', breaks - 1);
}

/*
 * Behind a break: "---" or "..." and a blank.  Other blanks than a space and
 * NEL are escaped in JSON.
 */
static bool is_document_mark(const char *text, size_t len)
{
	size_t size;

	return len > 3 &&
	       (memcmp(text, "---", 3) == 0 || memcmp(text, "...", 3) == 0) &&
	       (text[3] == ' ' ||
		utf8_decode(text + 3, len - 3, &size) == RUNE_NEL);
}

/* Neither controls nor line ends nor bytes that are no UTF-8. */
static bool stays_in_hop(const char *text, size_t len)
{
	size_t at = 0, size;

	while (at < len) {
		uint32_t rune;

		if ((unsigned char)text[at] < 0x7F) {
			at++;
			continue;
		}
		rune = utf8_decode(text + at, len - at, &size);
		if (size == 1 || rune < 0xA0 || rune == 0xFFFE ||
		    rune == 0xFFFF)
			return false;
		at += size;
	}
	return true;
}

bool yaml_text_hop(struct arena *arena, const char **text, size_t *len,
		   const char **error)
{
	struct str out;
	size_t breaks = 0;
	size_t size;

	if (!needs_hop(*text, *len) || stays_in_hop(*text, *len))
		return true;
	str_init(&out, arena);
	for (size_t at = 0; at < *len; at += size) {
		char utf8[UTF8_ROOM];
		uint32_t rune = utf8_decode(*text + at, *len - at, &size);

		if ((rune >= 0x7F && rune < 0xA0 && rune != RUNE_NEL) ||
		    rune == 0xFFFE || rune == 0xFFFF) {
			*error = "yaml: control characters are not allowed";
			return false;
		}
		if (rune == RUNE_NEL) {
			breaks++;
			continue;
		}
		if (breaks && rune == ' ')
			continue;
		if (breaks && is_document_mark(*text + at, *len - at)) {
			*error = "yaml: line 2: found unexpected document "
				 "indicator";
			return false;
		}
		if (breaks)
			put_folded(&out, breaks);
		breaks = 0;
		str_put(&out, utf8, utf8_encode(utf8, rune));
	}
	if (breaks)
		put_folded(&out, breaks);
	*len = out.len;
	*text = str_text(&out);
	return true;
}

/* YAML finds no key in more than 1024 characters, quotes included. */
static bool is_long_key(struct arena *arena, const char *key, size_t len)
{
	struct str json;

	if (len < (SIMPLE_KEY_MAX - 2) / 6)
		return false;
	str_init(&json, arena);
	json_write_string(&json, key, len, false);
	return utf8_count(json.text, json.len) > SIMPLE_KEY_MAX;
}

bool yaml_key_hop(struct arena *arena, const char **key, size_t *len,
		  const char **error)
{
	bool refused = is_long_key(arena, *key, *len);
	size_t size;

	for (size_t at = 0; at < *len && !refused; at += size) {
		size = 1;
		if ((*key)[at] == '\xC2')
			refused = utf8_decode(*key + at, *len - at, &size) ==
				  RUNE_NEL;
	}
	if (refused) {
		*error = "yaml: line 1: did not find expected ',' or '}'";
		return false;
	}
	return yaml_text_hop(arena, key, len, error);
}

/* Whether go-yaml v3 prints the text as a block at all. */
static bool can_be_block(const char *text, size_t len)
{
	struct yaml_text put = { .at = text, .len = len, .v3 = true };
	struct findings found;

	inspect(&put, &found);
	return len && !found.special && !found.break_after_space &&
	       !found.space_last;
}

bool yaml_text_is_lost(const char *text, size_t len, enum value_style style)
{
	bool block = style == VALUE_STYLE_LITERAL ||
		     style == VALUE_STYLE_FOLDED ||
		     (style == VALUE_STYLE_PLAIN && memchr(text, '\n', len));

	return block && len && *text == '\t' && can_be_block(text, len);
}

void yaml_text_refold(struct str *out, const char *text, size_t len)
{
	size_t at = 0, first = 0;
	bool doubles;

	while (first < len && text[first] == '\n')
		first++;
	/* It looks at the first line to decide about each line. */
	doubles = first < len && text[first] != ' ' && text[first] != '\t';
	if (first == len || !can_be_block(text, len)) {
		str_put(out, text, len);
		return;
	}
	str_put(out, text, first);
	for (at = first; at < len;) {
		bool indented = text[at] == ' ' || text[at] == '\t';
		size_t feeds = 0, printed;

		while (at < len && text[at] != '\n')
			str_putc(out, text[at++]);
		while (at + feeds < len && text[at + feeds] == '\n')
			feeds++;
		at += feeds;
		printed = feeds + (doubles && !indented ? 1 : 0);
		if (at == len)
			str_fill(out, '\n', feeds < 2 ? feeds : printed);
		else if (indented || text[at] == ' ' || text[at] == '\t')
			str_fill(out, '\n', printed);
		else if (printed == 1)
			str_putc(out, ' ');
		else
			str_fill(out, '\n', printed - 1);
	}
}
