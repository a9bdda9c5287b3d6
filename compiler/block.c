#include "compiler/block.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/origin.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"

enum {
	GUTTER_MIN = 2,
	TAB_WIDTH = 8,
	EXCERPT_MIN = 40
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

static const char *severity_code(enum diag_severity severity)
{
	static const char *const codes[] = { "1;36", "1;33", "1;31" };

	return codes[severity];
}

static void put_place(struct painter *painter, const struct place *place)
{
	struct line_column at = source_position(place->source, place->begin);

	str_printf(painter->out, "%s:%u:%u", place->source->name, at.line,
		   at.column);
}

static void put_head(struct painter *painter, const struct diag *diag)
{
	struct str *out = painter->out;
	struct str word;

	str_init(&word, out->arena);
	str_puts(&word, diag_severity_name(diag->severity));
	if (diag->code)
		str_printf(&word, "[%s]", diag->code);
	paint(painter, severity_code(diag->severity), str_text(&word));
	if (diag->rule) {
		str_putc(out, ' ');
		paint(painter, "1", diag->rule);
	}
	str_printf(out, ": %s\n", diag->message);
}

static void put_gutter(struct painter *painter, const char *number)
{
	struct str gutter;

	str_init(&gutter, painter->out->arena);
	str_printf(&gutter, "%*s |", painter->gutter, number);
	paint(painter, "34", str_text(&gutter));
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
		at += size;
	}
	return column;
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

static void put_excerpt(struct painter *painter, const struct place *place)
{
	struct line_column at = source_position(place->source, place->begin);
	size_t len, from = at.column - 1, to, shown, carets;
	const char *line = source_line(place->source, at.line, &len);
	struct str line_of_carets;
	size_t room = painter->style->width > EXCERPT_MIN
			      ? painter->style->width - 8
			      : EXCERPT_MIN;

	if (!line)
		return;
	if (len && line[len - 1] == '\r')
		len--;
	to = from + (place->end - place->begin);
	if (to > len)
		to = len;
	if (to <= from)
		to = from;
	put_gutter(painter, "");
	str_putc(painter->out, '\n');
	put_gutter(painter, arena_printf(painter->out->arena, "%u", at.line));
	str_putc(painter->out, ' ');
	shown = len > room && from < room ? room : len;
	put_line(painter->out, line, shown);
	str_puts(painter->out, shown < len ? "...\n" : "\n");
	put_gutter(painter, "");
	str_fill(painter->out, ' ', screen_column(line, from) + 1);
	if (to > shown)
		to = shown > from ? shown : from;
	carets = screen_column(line, to) - screen_column(line, from);
	str_init(&line_of_carets, painter->out->arena);
	str_fill(&line_of_carets, '^', carets ? carets : 1);
	paint(painter, severity_code(DIAG_ERROR), str_text(&line_of_carets));
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

static void put_chain(struct painter *painter, const struct places *places)
{
	size_t i;

	for (i = 1; i < places->count; i++) {
		put_remark(painter, place_role_name(&places->items[i]));
		put_place(painter, &places->items[i]);
		str_putc(painter->out, '\n');
	}
	if (places->more) {
		put_remark(painter, "note");
		str_puts(painter->out, "and more\n");
	}
}

static void put_notes(struct painter *painter, const struct diag *diag)
{
	struct place place;
	size_t i;

	for (i = 0; i < diag->notes.count; i++) {
		const struct diag_note *note = &diag->notes.items[i];

		put_remark(painter, "note");
		if (origin_first(&note->origin, &place)) {
			put_place(painter, &place);
			str_puts(painter->out, ": ");
		}
		str_printf(painter->out, "%s\n", note->text);
	}
	if (diag->help) {
		put_remark(painter, "help");
		str_printf(painter->out, "%s\n", diag->help);
	}
	if (painter->style->where) {
		put_remark(painter, "in");
		str_printf(painter->out, "%s\n", painter->style->where);
	}
}

void block_put(struct str *out, const struct diag *diag,
	       const struct block_style *style)
{
	struct painter painter = { out, style, GUTTER_MIN };
	struct places places;

	places.count = 0;
	places.more = false;
	if (diag->origin.source)
		origin_resolve(&diag->origin, diag->key, &places);
	put_head(&painter, diag);
	if (places.count) {
		struct line_column at = source_position(places.items[0].source,
							places.items[0].begin);
		uint32_t line;

		for (painter.gutter = 1, line = at.line; line >= 10; line /= 10)
			painter.gutter++;
		if (painter.gutter < GUTTER_MIN)
			painter.gutter = GUTTER_MIN;
		str_fill(out, ' ', (size_t)painter.gutter);
		paint(&painter, "34", "--> ");
		put_place(&painter, &places.items[0]);
		str_putc(out, '\n');
		put_excerpt(&painter, &places.items[0]);
		put_chain(&painter, &places);
	}
	put_notes(&painter, diag);
	str_putc(out, '\n');
}
