#include "compiler/block.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "compiler/finding.h"

enum {
	GUTTER_MIN = 2,
	TAB_WIDTH = 8,
	EXCERPT_MIN = 40,
	LINK_TEXT_MIN = 20, /* what is cut shorter says nothing */
	LOG_WIDTH = 120     /* of links, where lines have no end */
};

struct painter {
	struct str *out;
	const struct block_style *style;
	int gutter; /* digits of the widest line number */
};

static void paint(struct painter *painter, const char *code, const char *text)
{
	if (painter->style->colour)
		str_printf(painter->out, "\x1b[%sm%s\x1b[0m", code, text);
	else
		str_puts(painter->out, text);
}

/* The column on the screen of byte `end` in a line: tabs and UTF-8 counted. */
static size_t screen_column(const char *line, size_t end)
{
	size_t column = 0, at = 0, size;

	while (at < end) {
		if (line[at] == '\t')
			column += TAB_WIDTH - column % TAB_WIDTH;
		else
			column++;
		utf8_decode(line + at, end - at, &size);
		at += size ? size : 1;
	}
	return column;
}

/*
 * A sentence and its line feed.  Where somebody looks at it, words that do
 * not fit go to the next line, below `indent`; `column` is where it begins.
 */
static void put_sentence(struct painter *painter, const char *text,
			 size_t column, size_t indent)
{
	struct str *out = painter->out;
	bool first = true;

	while (*text) {
		size_t len = strcspn(text, " ");
		size_t wide = screen_column(text, len);

		if (!first && painter->style->wrap &&
		    column + 1 + wide > painter->style->wrap) {
			str_putc(out, '\n');
			str_fill(out, ' ', indent);
			column = indent;
		} else if (!first) {
			str_putc(out, ' ');
			column++;
		}
		str_put_tame(out, text, len);
		column += wide;
		text += len + (text[len] == ' ');
		first = false;
	}
	str_putc(out, '\n');
}

static const char *severity_code(enum diag_severity severity)
{
	static const char *const codes[] = { "1;36", "1;33", "1;31" };

	return codes[severity];
}

static const char *link_place(struct painter *painter,
			      const struct finding_place *place)
{
	struct arena *arena = painter->out->arena;

	return arena_printf(arena, "%s:%u:%u",
			    str_tame_name(arena, place->file), place->line,
			    place->column);
}

static void put_head(struct painter *painter, const struct finding *finding)
{
	struct str *out = painter->out;
	struct str word;

	str_init(&word, out->arena);
	str_puts(&word, diag_severity_name(finding->diag->severity));
	if (finding->diag->code)
		str_printf(&word, "[%s]", finding->diag->code);
	paint(painter, severity_code(finding->diag->severity), str_text(&word));
	if (finding->diag->rule) {
		str_putc(out, ' ');
		paint(painter, "1", finding->diag->rule);
		word.len += 1 + strlen(finding->diag->rule);
	}
	str_puts(out, ": ");
	put_sentence(painter, finding->message, word.len + 2, 4);
}

static void put_gutter(struct painter *painter, const char *number)
{
	struct str gutter;

	str_init(&gutter, painter->out->arena);
	str_printf(&gutter, "%*s |", painter->gutter, number);
	paint(painter, "34", str_text(&gutter));
}

static void put_line(struct str *out, const char *line, size_t len)
{
	size_t i, column = 0;

	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)line[i];

		if (byte == '\t') {
			size_t spaces = TAB_WIDTH - column % TAB_WIDTH;

			str_fill(out, ' ', spaces);
			column += spaces;
			continue;
		}
		/* Nothing of a hostile file may steer the terminal. */
		str_putc(out, byte < 0x20 || byte == 0x7f ? '?' : (char)byte);
		if ((byte & 0xc0) != 0x80)
			column++;
	}
}

/* Which bytes of a line are shown. */
struct window {
	size_t begin;
	size_t end;
};

static size_t next_character(const char *line, size_t len, size_t at)
{
	size_t size;

	utf8_decode(line + at, len - at, &size);
	return at + (size ? size : 1);
}

/* The end of the longest piece that takes at most `room` columns. */
static size_t end_within(const char *line, size_t len, size_t begin,
			 size_t room)
{
	size_t end = begin;

	while (end < len) {
		size_t next = next_character(line, len, end);

		if (screen_column(line + begin, next - begin) > room)
			break;
		end = next;
	}
	return end;
}

/* A line that is too long is cut around the place, at characters. */
static struct window window_of(const struct painter *painter,
			       const struct finding_place *place, size_t from)
{
	size_t margin = (size_t)painter->gutter + 3;
	size_t room = painter->style->width > EXCERPT_MIN
			      ? painter->style->width - margin
			      : EXCERPT_MIN;
	struct window window = { 0, place->text_len };

	if (screen_column(place->text, place->text_len) <= room)
		return window;
	room -= strlen("...");
	if (screen_column(place->text, from) + LINK_TEXT_MIN > room) {
		room -= strlen("...");
		while (screen_column(place->text + window.begin,
				     from - window.begin) > room / 2)
			window.begin = next_character(
				place->text, place->text_len, window.begin);
	}
	window.end =
		end_within(place->text, place->text_len, window.begin, room);
	return window;
}

/* What is masked is shorter, as a rule, than what the columns are of. */
static bool is_masked_before(const struct finding_place *place, size_t from)
{
	return from >= place->text_len && place->text_len >= 3 &&
	       memcmp(place->text + place->text_len - 3, "***", 3) == 0;
}

static void put_excerpt(struct painter *painter,
			const struct finding_place *place,
			enum diag_severity severity)
{
	struct arena *arena = painter->out->arena;
	size_t from = place->column - 1, to, carets, left;
	bool masked;
	struct window window;
	struct str line_of_carets;

	if (!place->text || !place->text_len)
		return;
	masked = is_masked_before(place, from);
	if (masked)
		from = place->text_len - 3;
	if (from > place->text_len)
		return;
	window = window_of(painter, place, from);
	to = place->end_line == place->line && !masked ? place->end_column - 1
						       : place->text_len;
	if (to > window.end)
		to = window.end;
	if (to < from)
		to = from;
	put_gutter(painter, "");
	str_putc(painter->out, '\n');
	put_gutter(painter, arena_printf(arena, "%u", place->line));
	str_puts(painter->out, window.begin ? " ..." : " ");
	put_line(painter->out, place->text + window.begin,
		 window.end - window.begin);
	str_puts(painter->out, window.end < place->text_len ? "...\n" : "\n");
	put_gutter(painter, "");
	left = screen_column(place->text + window.begin, from - window.begin);
	str_fill(painter->out, ' ', left + (window.begin ? 4 : 1));
	carets = screen_column(place->text + window.begin, to - window.begin) -
		 left;
	str_init(&line_of_carets, arena);
	str_fill(&line_of_carets, '^', carets ? carets : 1);
	paint(painter, severity_code(severity), str_text(&line_of_carets));
	str_putc(painter->out, '\n');
}

static void put_remark(struct painter *painter, const char *label)
{
	str_printf(painter->out, "%*s ", painter->gutter, "");
	paint(painter, "34", "=");
	str_putc(painter->out, ' ');
	paint(painter, "1", label);
	str_puts(painter->out, ": ");
}

/* The line of a link behind `fill` blanks, as far as there is room for it. */
static void put_link_text(struct painter *painter,
			  const struct finding_place *place, size_t fill,
			  size_t column)
{
	size_t width = painter->style->wrap ? painter->style->wrap : LOG_WIDTH;
	size_t begin, end, len = place->text_len;

	if (!place->text || width < column + 3 + LINK_TEXT_MIN)
		return;
	for (begin = 0; begin < len && strchr(" \t", place->text[begin]);)
		begin++;
	if (begin == len)
		return;
	width -= column + 3;
	end = end_within(place->text, len, begin, width);
	if (end < len)
		end = end_within(place->text, len, begin,
				 width - strlen("..."));
	str_fill(painter->out, ' ', fill + 1);
	paint(painter, "34", "|");
	str_putc(painter->out, ' ');
	put_line(painter->out, place->text + begin, end - begin);
	str_puts(painter->out, end < len ? "..." : "");
}

/* The line that is above already: the value of a key, for what it lacks. */
static bool is_excerpt(const struct finding *finding,
		       const struct finding_place *place)
{
	const struct finding_place *first = &finding->places->items[0];

	return place->line == first->line && first->text_len &&
	       strcmp(place->file, first->file) == 0;
}

/* The other places, one a line, with their texts below one another. */
static void put_chain(struct painter *painter, const struct finding *finding)
{
	size_t i, label = 0, wide = 0;

	for (i = 1; i < finding->places->count; i++) {
		const struct finding_place *place = &finding->places->items[i];
		size_t len = strlen(link_place(painter, place));

		if (is_excerpt(finding, place))
			continue;
		wide = len > wide ? len : wide;
		len = strlen(place->role);
		label = len > label ? len : label;
	}
	for (i = 1; i < finding->places->count; i++) {
		const struct finding_place *place = &finding->places->items[i];
		const char *at = link_place(painter, place);

		if (is_excerpt(finding, place))
			continue;
		put_remark(painter, place->role);
		str_fill(painter->out, ' ', label - strlen(place->role));
		str_puts(painter->out, at);
		put_link_text(painter, place, wide - strlen(at),
			      (size_t)painter->gutter + 5 + label + wide);
		str_putc(painter->out, '\n');
	}
	if (finding->more_places) {
		put_remark(painter, "note");
		str_puts(painter->out, "and more\n");
	}
}

static void put_remark_text(struct painter *painter, const char *label,
			    const char *text)
{
	size_t indent = (size_t)painter->gutter + 3 + strlen(label) + 2;

	put_remark(painter, label);
	put_sentence(painter, text, indent, indent);
}

/* "in: shop in dev, prod; web in prod", a target at a time. */
static void put_where(struct painter *painter, const struct finding *finding)
{
	const char *target = NULL;
	struct str text;
	size_t i;

	if (painter->style->alone || !finding->where->count ||
	    !*finding->where->items[0].target)
		return;
	str_init(&text, painter->out->arena);
	for (i = 0; i < finding->where->count; i++) {
		const struct finding_where *where = &finding->where->items[i];
		bool same = target && strcmp(target, where->target) == 0;

		if (!same)
			str_printf(&text, "%s%s%s", target ? "; " : "",
				   str_tame_name(text.arena, where->target),
				   *where->environment ? " in " : "");
		else
			str_puts(&text, ", ");
		str_puts(&text, where->environment);
		target = where->target;
	}
	put_remark_text(painter, "in", str_text(&text));
}

/* The rule in brackets where a block has more than one. */
static void put_help(struct painter *painter, const struct finding *finding,
		     bool shared)
{
	const char *label = "help";

	if (!finding->diag->help)
		return;
	if (shared && finding->diag->code)
		label = arena_printf(painter->out->arena, "help[%s]",
				     finding->diag->code);
	put_remark_text(painter, label, finding->diag->help);
}

static void put_notes(struct painter *painter, const struct finding *finding)
{
	struct arena *arena = painter->out->arena;
	size_t i;

	for (i = 0; i < finding->notes->count; i++) {
		const struct finding_note *note = &finding->notes->items[i];

		put_remark_text(painter, "note",
				note->has_place
					? arena_printf(arena, "%s: %s",
						       link_place(painter,
								  &note->place),
						       note->text)
					: note->text);
	}
	if (finding->count > finding->where->count && finding->count > 1) {
		put_remark(painter, "note");
		str_printf(painter->out, "%u times on this line\n",
			   finding->count);
	}
	if (finding->diag->ignored_by) {
		put_remark_text(painter, "ignored",
				arena_printf(arena, "by %s: %s",
					     finding->diag->ignored_by,
					     finding->diag->ignored_reason));
	}
}

static bool same_place(const struct finding_place *a,
		       const struct finding_place *b)
{
	return a->line == b->line && a->column == b->column &&
	       strcmp(a->file, b->file) == 0;
}

static bool same_where(const struct finding *a, const struct finding *b)
{
	size_t i;

	if (a->where->count != b->where->count)
		return false;
	for (i = 0; i < a->where->count; i++)
		if (strcmp(a->where->items[i].target,
			   b->where->items[i].target) != 0 ||
		    strcmp(a->where->items[i].environment,
			   b->where->items[i].environment) != 0)
			return false;
	return true;
}

bool block_joins(const struct finding *a, const struct finding *b)
{
	size_t i;

	if (!a->places->count || a->places->count != b->places->count ||
	    a->count != b->count || a->notes->count || b->notes->count ||
	    a->diag->ignored_by || b->diag->ignored_by)
		return false;
	for (i = 0; i < a->places->count; i++)
		if (!same_place(&a->places->items[i], &b->places->items[i]))
			return false;
	return same_where(a, b);
}

void block_put_all(struct str *out, const struct finding *const *findings,
		   size_t count, const struct block_style *style)
{
	struct painter painter = { out, style, 1 };
	const struct finding *first = findings[0];
	uint32_t line;
	size_t i;

	for (i = 0; i < count; i++)
		put_head(&painter, findings[i]);
	if (first->places->count) {
		line = first->places->items[0].line;
		for (; line >= 10; line /= 10)
			painter.gutter++;
		if (painter.gutter < GUTTER_MIN)
			painter.gutter = GUTTER_MIN;
		str_fill(out, ' ', (size_t)painter.gutter);
		paint(&painter, "34", "--> ");
		str_puts(out, link_place(&painter, &first->places->items[0]));
		str_putc(out, '\n');
		put_excerpt(&painter, &first->places->items[0],
			    first->diag->severity);
		put_chain(&painter, first);
	}
	put_notes(&painter, first);
	put_where(&painter, first);
	for (i = 0; i < count; i++)
		put_help(&painter, findings[i], count > 1);
	str_putc(out, '\n');
}

void block_put(struct str *out, const struct finding *finding,
	       const struct block_style *style)
{
	block_put_all(out, &finding, 1, style);
}
