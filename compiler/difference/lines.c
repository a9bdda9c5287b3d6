#include "compiler/difference/lines.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"
#include "base/vec.h"

/* The memory of the script grows with its square: 16 MB at most. */
enum {
	SCRIPT_MAX = 2000
};

struct line {
	const char *text;
	size_t len;
};

VEC_TYPE(lines, struct line);

struct edit {
	char mark; /* ' ', '-' or '+' */
	struct line line;
};

VEC_TYPE(edits, struct edit);

static void split(struct arena *arena, const struct str *text,
		  struct lines *lines)
{
	const char *at = text->text, *end = at + text->len;

	while (at < end) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		struct line line = { at, (size_t)((feed ? feed : end) - at) };

		vec_push(arena, lines, line);
		at += line.len + 1;
	}
}

static bool same(const struct line *a, const struct line *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* What lies between the equal lines at both ends. */
struct search {
	struct arena *arena;
	const struct line *old, *new;
	int olds, news;
	int *rows[SCRIPT_MAX + 1]; /* furthest x by diagonal, per step */
	int steps;
};

static bool down(const int *row, int step, int k)
{
	return k == -step || (k != step && row[k - 1] < row[k + 1]);
}

/* False: more steps are needed than allowed. */
static bool find_script(struct search *search)
{
	int room = search->olds + search->news + 1, k, x, y;
	int *row = arena_zalloc(search->arena,
				(2 * (size_t)room + 1) * sizeof(*row));

	row += room;
	for (search->steps = 0; search->steps <= SCRIPT_MAX; search->steps++) {
		int step = search->steps;
		int *kept = arena_alloc(search->arena,
					(2 * (size_t)step + 3) * sizeof(*kept));

		memcpy(kept, row - step - 1,
		       (2 * (size_t)step + 3) * sizeof(*kept));
		search->rows[step] = kept + step + 1;
		for (k = -step; k <= step; k += 2) {
			x = down(row, step, k) ? row[k + 1] : row[k - 1] + 1;
			y = x - k;
			while (x < search->olds && y < search->news &&
			       same(&search->old[x], &search->new[y]))
				x++, y++;
			row[k] = x;
			if (x >= search->olds && y >= search->news)
				return true;
		}
		if (step + 1 >= room)
			break;
	}
	return false;
}

static void push(struct arena *arena, struct edits *edits, char mark,
		 const struct line *line)
{
	struct edit edit = { mark, *line };

	vec_push(arena, edits, edit);
}

/* Back from the end, so the edits come out in reverse. */
static void walk_back(struct search *search, struct edits *edits)
{
	int x = search->olds, y = search->news, step;

	for (step = search->steps; step >= 0; step--) {
		const int *row = search->rows[step];
		int k = x - y;
		bool is_down = down(row, step, k);
		int before_k = is_down ? k + 1 : k - 1;
		int before_x = step ? row[before_k] : 0;
		int before_y = step ? before_x - before_k : 0;

		while (x > before_x && y > before_y) {
			x--, y--;
			push(search->arena, edits, ' ', &search->old[x]);
		}
		if (!step)
			break;
		if (is_down)
			push(search->arena, edits, '+', &search->new[--y]);
		else
			push(search->arena, edits, '-', &search->old[--x]);
	}
}

static void replace_all(struct search *search, struct edits *edits)
{
	int i;

	for (i = search->news; i-- > 0;)
		push(search->arena, edits, '+', &search->new[i]);
	for (i = search->olds; i-- > 0;)
		push(search->arena, edits, '-', &search->old[i]);
}

static void find_edits(struct arena *arena, const struct lines *old,
		       const struct lines *new, struct edits *edits)
{
	size_t head = 0, tail = 0, i;
	struct edits middle = { 0 };
	struct search search = { .arena = arena };

	while (head < old->count &&
	       head < new->count &&same(&old->items[head], &new->items[head]))
		head++;
	while (tail < old->count - head &&
	       tail < new->count -
			       head &&same(&old->items[old->count - 1 - tail],
					   &new->items[new->count - 1 - tail]))
		tail++;
	search.old = old->items + head;
	search.new = new->items + head;
	search.olds = (int)(old->count - head - tail);
	search.news = (int)(new->count - head - tail);
	if (find_script(&search))
		walk_back(&search, &middle);
	else
		replace_all(&search, &middle);
	for (i = 0; i < head; i++)
		push(arena, edits, ' ', &old->items[i]);
	for (i = middle.count; i-- > 0;)
		vec_push(arena, edits, middle.items[i]);
	for (i = old->count - tail; i < old->count; i++)
		push(arena, edits, ' ', &old->items[i]);
}

/* As diff prints a range: the line before it where it is empty. */
static void put_range(struct str *out, size_t begin, size_t count)
{
	str_printf(out, "%zu,%zu", count ? begin + 1 : begin, count);
}

static void put_hunk(struct str *out, const struct edits *edits, size_t begin,
		     size_t end)
{
	size_t lines[2] = { 0, 0 }, counts[2] = { 0, 0 }, i;

	for (i = 0; i < end; i++) {
		size_t *counter = i < begin ? lines : counts;

		counter[0] += edits->items[i].mark != '+';
		counter[1] += edits->items[i].mark != '-';
	}
	str_puts(out, "@@ -");
	put_range(out, lines[0], counts[0]);
	str_puts(out, " +");
	put_range(out, lines[1], counts[1]);
	str_puts(out, " @@\n");
	for (i = begin; i < end; i++) {
		str_putc(out, edits->items[i].mark);
		str_put(out, edits->items[i].line.text,
			edits->items[i].line.len);
		str_putc(out, '\n');
	}
}

/* Up to where no change is nearer than twice the context. */
static size_t hunk_end(const struct edits *edits, size_t at, size_t context)
{
	size_t last = at, i;

	for (i = at; i < edits->count && i <= last + 2 * context; i++)
		if (edits->items[i].mark != ' ')
			last = i;
	last += context + 1;
	return last < edits->count ? last : edits->count;
}

void lines_put_hunks(struct str *out, const struct str *old,
		     const struct str *new, size_t context)
{
	struct lines olds = { 0 }, news = { 0 };
	struct edits edits = { 0 };
	size_t i = 0, end;

	split(out->arena, old, &olds);
	split(out->arena, new, &news);
	find_edits(out->arena, &olds, &news, &edits);
	while (i < edits.count) {
		if (edits.items[i].mark == ' ') {
			i++;
			continue;
		}
		end = hunk_end(&edits, i, context);
		put_hunk(out, &edits, i > context ? i - context : 0, end);
		i = end;
	}
}
