#include "overlays/structured_comments.h"

#include <string.h>

#include "base/source.h"
#include "base/str.h"

enum {
	WAITING_MAX = 64 /* comment lines between two others */
};

struct line {
	const char *at;
	size_t len;
	size_t indent;
	size_t entry; /* the column behind dashes */
};

/* A comment on a line of its own. */
struct waiting {
	struct line line;
	bool apart; /* behind an empty line */
};

struct weaver {
	const struct source *source;
	const struct text_ranges *scalars;
	const struct text_ranges *comments;
	const char *printed; /* what is left of it */
	struct str *out;
	struct waiting waiting[WAITING_MAX];
	size_t count;
	bool blank;               /* the line before was empty */
	bool marked;              /* the document begins with "---" */
	bool begun;               /* a line that is no comment was there */
	struct line last;         /* of the source ... */
	struct line last_printed; /* ... and what it became */
};

bool structured_marker(const struct source *source, size_t at)
{
	const char *text = source->text + at;

	return source->len - at >= 3 && (!at || text[-1] == '\n') &&
	       (memcmp(text, "---", 3) == 0 || memcmp(text, "...", 3) == 0) &&
	       (source->len - at == 3 || strchr(" \t\r\n", text[3]));
}

static struct line measured(const char *at, size_t len)
{
	struct line line = { at, len, 0, 0 };

	while (line.len && strchr(" \t\r", at[line.len - 1]))
		line.len--;
	while (line.indent < line.len && at[line.indent] == ' ')
		line.indent++;
	line.entry = line.indent;
	while (line.entry + 1 < line.len && at[line.entry] == '-' &&
	       at[line.entry + 1] == ' ')
		for (line.entry++; at[line.entry] == ' ';)
			line.entry++;
	return line;
}

static struct line next_printed(struct weaver *weaver)
{
	const char *at = weaver->printed;
	const char *end = strchr(at, '\n');
	size_t len = end ? (size_t)(end - at) : strlen(at);

	weaver->printed += len + (end != NULL);
	return measured(at, len);
}

/* Up to the colon, or the dash, or all of it if there is neither. */
static bool fits(const struct line *old, const struct line *printed)
{
	const char *one = old->at + old->indent;
	const char *two = printed->at + printed->indent;
	size_t rest = old->len - old->indent, i;

	for (i = 0; i < rest && one[i] != ':' && one[i] != '-'; i++)
		if (i >= printed->len - printed->indent || one[i] != two[i])
			return !memchr(one, ':', rest);
	return true;
}

static void put(struct weaver *weaver, size_t indent, const char *text,
		size_t len)
{
	if (weaver->out->len)
		str_putc(weaver->out, '\n');
	str_fill(weaver->out, ' ', indent);
	str_put(weaver->out, text, len);
}

static void put_waiting(struct weaver *weaver, size_t indent, bool gaps)
{
	size_t i;

	for (i = 0; i < weaver->count; i++) {
		const struct line *line = &weaver->waiting[i].line;

		if (gaps && i && weaver->waiting[i].apart)
			str_putc(weaver->out, '\n');
		put(weaver, indent, line->at + line->indent,
		    line->len - line->indent);
	}
	weaver->count = 0;
}

static bool all_at(const struct weaver *weaver, size_t column)
{
	size_t i;

	for (i = 0; i < weaver->count; i++)
		if (weaver->waiting[i].line.indent != column)
			return false;
	return true;
}

/* Comments in front of a line belong to it, or to what ends there. */
static bool flush(struct weaver *weaver, const struct line *old,
		  const struct line *printed)
{
	bool first = weaver->begun ? old->indent > weaver->last.entry
				   : weaver->marked;

	if (!weaver->count)
		return true;
	if (!all_at(weaver, weaver->waiting[0].line.indent))
		return false;
	if (weaver->begun && weaver->waiting[0].line.indent > old->indent &&
	    weaver->last.entry > old->indent) {
		put_waiting(weaver, weaver->last_printed.entry, false);
		return true;
	}
	if (first && weaver->count > 1 && weaver->waiting[1].apart)
		return false;
	if (weaver->begun && weaver->blank && old->entry > old->indent)
		return false;
	put_waiting(weaver, printed->indent, true);
	if (weaver->blank && !first)
		str_putc(weaver->out, '\n');
	return true;
}

static bool flush_end(struct weaver *weaver)
{
	bool apart = weaver->count && weaver->waiting[0].apart;
	size_t column = weaver->count ? weaver->waiting[0].line.indent : 0;

	if (!weaver->count)
		return true;
	if (!all_at(weaver, column) || (column && apart) || *weaver->printed)
		return false;
	if (apart)
		str_putc(weaver->out, '\n');
	put_waiting(weaver, column ? weaver->last_printed.entry : 0, true);
	return true;
}

static bool is_inside(const struct weaver *weaver, size_t at)
{
	size_t i;

	for (i = 0; i < weaver->scalars->count; i++)
		if (weaver->scalars->items[i].begin < at &&
		    weaver->scalars->items[i].end > at)
			return true;
	return false;
}

static const struct text_range *comment_in(const struct weaver *weaver,
					   size_t begin, size_t end)
{
	size_t i;

	for (i = 0; i < weaver->comments->count; i++)
		if (weaver->comments->items[i].begin >= begin &&
		    weaver->comments->items[i].begin < end)
			return &weaver->comments->items[i];
	return NULL;
}

static bool put_content(struct weaver *weaver, const struct line *old,
			const struct line *comment)
{
	struct line printed;

	if (!*weaver->printed)
		return false;
	printed = next_printed(weaver);
	if (!fits(old, &printed) || !flush(weaver, old, &printed))
		return false;
	put(weaver, 0, printed.at, printed.len);
	if (comment)
		str_printf(weaver->out, " %.*s", (int)comment->len,
			   comment->at);
	weaver->last = *old;
	weaver->last_printed = printed;
	weaver->begun = true;
	weaver->blank = false;
	return true;
}

static bool take_line(struct weaver *weaver, size_t begin, size_t end)
{
	const char *text = weaver->source->text;
	const struct text_range *comment = comment_in(weaver, begin, end);
	size_t stop = comment ? comment->begin : end;
	struct line line = measured(text + begin, stop - begin), said;

	if (comment)
		said = measured(text + stop, end - stop);
	if (line.len || is_inside(weaver, begin))
		return put_content(weaver, &line, comment ? &said : NULL);
	if (comment) {
		if (weaver->count == WAITING_MAX ||
		    memchr(text + begin, '\t', stop - begin))
			return false;
		weaver->waiting[weaver->count].line =
			measured(text + begin, end - begin);
		weaver->waiting[weaver->count++].apart = weaver->blank;
	}
	weaver->blank = !comment;
	return true;
}

bool structured_weave(const struct source *source,
		      const struct text_ranges *scalars,
		      const struct text_ranges *comments, const char *printed,
		      struct str *out)
{
	struct weaver weaver = { .source = source,
				 .scalars = scalars,
				 .comments = comments,
				 .printed = printed,
				 .out = out };
	size_t at = 0, end;

	for (; at < source->len; at = end + 1) {
		const char *feed =
			memchr(source->text + at, '\n', source->len - at);

		end = feed ? (size_t)(feed - source->text) : source->len;
		if (structured_marker(source, at) && !is_inside(&weaver, at)) {
			if (weaver.begun || source->text[at] == '.')
				break;
			if (measured(source->text + at, end - at).len > 3)
				return false;
			weaver.marked = !weaver.count;
			weaver.blank = false;
		} else if (!take_line(&weaver, at, end)) {
			return false;
		}
	}
	if (!flush_end(&weaver))
		return false;
	while (*weaver.printed) {
		const struct line line = next_printed(&weaver);

		put(&weaver, 0, line.at, line.len);
	}
	return true;
}
