#include "tests/runner/diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner/buffer.h"

/* Lines shown around a change, and lines shown at all. */
#define AROUND     3
#define MOST_LINES 120

/* Above so many cells the middle is shown as replaced as a whole. */
#define MOST_CELLS (4u << 20)

struct lines {
	const char **at; /* count + 1 places: the last is the end */
	size_t count;
};

struct edit {
	char sign; /* ' ', '-' or '+' */
	const char *at;
	size_t len;
};

struct edits {
	struct edit *items;
	size_t count;
};

static struct lines split_lines(const struct buffer *text)
{
	struct lines lines = { 0 };
	size_t i = 0;

	lines.at = grow_alloc(NULL, text->len + 1, sizeof(*lines.at));
	while (i < text->len) {
		const char *feed = memchr(text->at + i, '\n', text->len - i);

		lines.at[lines.count++] = text->at + i;
		i = feed ? (size_t)(feed - text->at) + 1 : text->len;
	}
	lines.at[lines.count] = text->at + text->len;
	return lines;
}

static size_t line_len(const struct lines *lines, size_t i)
{
	return (size_t)(lines->at[i + 1] - lines->at[i]);
}

static bool same_line(const struct lines *a, size_t i, const struct lines *b,
		      size_t j)
{
	size_t len = line_len(a, i);

	return len == line_len(b, j) && memcmp(a->at[i], b->at[j], len) == 0;
}

static void add(struct edits *edits, char sign, const struct lines *lines,
		size_t i)
{
	edits->items[edits->count++] =
		(struct edit){ sign, lines->at[i], line_len(lines, i) };
}

struct range {
	size_t begin;
	size_t end;
};

/* Lengths of the longest common rest, one row more and one column more. */
static uint32_t *rest_table(const struct lines *a, struct range ra,
			    const struct lines *b, struct range rb)
{
	size_t width = rb.end - rb.begin + 1;
	uint32_t *rest =
		zero_alloc((ra.end - ra.begin + 1) * width, sizeof(*rest));

	for (size_t i = ra.end; i-- > ra.begin;) {
		uint32_t *row = rest + (i - ra.begin) * width;

		for (size_t j = rb.end; j-- > rb.begin;) {
			uint32_t *cell = row + (j - rb.begin);

			if (same_line(a, i, b, j))
				*cell = cell[width + 1] + 1;
			else
				*cell = cell[width] > cell[1] ? cell[width]
							      : cell[1];
		}
	}
	return rest;
}

static void edit_middle(struct edits *edits, const struct lines *a,
			struct range ra, const struct lines *b, struct range rb)
{
	size_t width = rb.end - rb.begin + 1;
	uint32_t *rest = NULL;
	size_t i = ra.begin;
	size_t j = rb.begin;

	if ((ra.end - ra.begin + 1) * width <= MOST_CELLS)
		rest = rest_table(a, ra, b, rb);
	while (rest && i < ra.end && j < rb.end) {
		const uint32_t *cell =
			rest + (i - ra.begin) * width + (j - rb.begin);

		if (same_line(a, i, b, j)) {
			add(edits, ' ', a, i++);
			j++;
		} else if (cell[width] >= cell[1]) {
			add(edits, '-', a, i++);
		} else {
			add(edits, '+', b, j++);
		}
	}
	while (i < ra.end)
		add(edits, '-', a, i++);
	while (j < rb.end)
		add(edits, '+', b, j++);
	free(rest);
}

static void print_edit(struct buffer *out, const struct edit *edit)
{
	bool fed = edit->len && edit->at[edit->len - 1] == '\n';

	buffer_puts(out, "    ");
	buffer_put(out, &edit->sign, 1);
	for (size_t i = 0; i + fed < edit->len; i++) {
		unsigned char c = (unsigned char)edit->at[i];

		if ((c < 32 && c != '\t') || c == 127)
			buffer_printf(out, "\\x%02x", c);
		else
			buffer_put(out, edit->at + i, 1);
	}
	buffer_puts(out, fed ? "\n" : "\n    \\ no line feed at the end\n");
}

static bool near_change(const struct edits *edits, size_t i)
{
	size_t from = i > AROUND ? i - AROUND : 0;

	for (size_t j = from; j <= i + AROUND && j < edits->count; j++)
		if (edits->items[j].sign != ' ')
			return true;
	return false;
}

static void print_edits(struct buffer *out, const struct edits *edits)
{
	size_t line = 1;
	size_t shown = 0;
	bool open = false;

	for (size_t i = 0; i < edits->count; i++) {
		bool show = near_change(edits, i);

		if (show && shown++ == MOST_LINES) {
			buffer_puts(out, "    ...\n");
			return;
		}
		if (show && !open)
			buffer_printf(out, "    @@ line %zu @@\n", line);
		if (show)
			print_edit(out, &edits->items[i]);
		open = show;
		line += edits->items[i].sign != '+';
	}
}

void diff_print(struct buffer *out, const struct buffer *want,
		const struct buffer *got)
{
	struct lines a = split_lines(want);
	struct lines b = split_lines(got);
	struct edits edits = { 0 };
	struct range ra = { 0, a.count };
	struct range rb = { 0, b.count };

	edits.items = zero_alloc(a.count + b.count, sizeof(*edits.items));
	while (ra.begin < a.count && rb.begin < b.count &&
	       same_line(&a, ra.begin, &b, rb.begin)) {
		add(&edits, ' ', &a, ra.begin++);
		rb.begin++;
	}
	while (ra.end > ra.begin && rb.end > rb.begin &&
	       same_line(&a, ra.end - 1, &b, rb.end - 1)) {
		ra.end--;
		rb.end--;
	}
	edit_middle(&edits, &a, ra, &b, rb);
	for (size_t i = ra.end; i < a.count; i++)
		add(&edits, ' ', &a, i);
	print_edits(out, &edits);
	free(edits.items);
	free(a.at);
	free(b.at);
}
