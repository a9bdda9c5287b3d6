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
	const struct text_ranges *scalars; /* both in order, and apart */
	const struct text_ranges *comments;
	size_t scalar, comment; /* the first that may matter from here on */
	const struct structured_printed *print;
	const char *printed; /* what is left of it */
	size_t token;        /* the next one */
	struct str *out;
	struct waiting waiting[WAITING_MAX];
	size_t count;
	bool blank;               /* the line before was empty */
	bool marked;              /* the document begins with "---" */
	bool begun;               /* a line that is no comment was there */
	bool lost;                /* lines since are not printed, ... */
	size_t lost_indent;       /* ... the last of which stood here */
	bool deferred;            /* what waits stands behind what comes */
	bool open;                /* the last one says no value */
	bool commented;           /* the last one printed has a comment */
	bool tight;               /* the last one begins and ends the text */
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

/* Whether there is a key behind the dashes, and no scalar or flow. */
static bool has_key(const struct line *line)
{
	size_t i = line->entry;

	if (i < line->len && strchr("{[", line->at[i]))
		return false;
	if (i < line->len && strchr("\"'", line->at[i])) {
		const char quote = line->at[i];

		for (i++; i < line->len && line->at[i] != quote; i++)
			i += quote == '"' && line->at[i] == '\\';
	}
	for (; i < line->len; i++)
		if (line->at[i] == ':' &&
		    (i + 1 == line->len || line->at[i + 1] == ' '))
			return true;
	return false;
}

static struct line next_printed(struct weaver *weaver)
{
	const char *at = weaver->printed;
	const char *end = strchr(at, '\n');
	size_t len = end ? (size_t)(end - at) : strlen(at);

	weaver->printed += len + (end != NULL);
	return measured(at, len);
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

/* Whether there are empty lines between them. */
static bool has_gaps(const struct weaver *weaver)
{
	size_t i;

	for (i = 1; i < weaver->count; i++)
		if (weaver->waiting[i].apart)
			return true;
	return false;
}

static bool all_at(const struct weaver *weaver, size_t column)
{
	size_t i;

	for (i = 0; i < weaver->count; i++)
		if (weaver->waiting[i].line.indent != column)
			return false;
	return true;
}

/* Lines that are new, up to `end`, if they are further in than `column`. */
static void put_new(struct weaver *weaver, const char *end, size_t column)
{
	while (*weaver->printed && weaver->printed < end) {
		const char *at = weaver->printed;
		const struct line line = next_printed(weaver);

		if (line.indent < column) {
			weaver->printed = at;
			return;
		}
		put(weaver, 0, line.at, line.len);
	}
}

/* Comments that end what stands there, and new lines up to `end`. */
static void put_foot(struct weaver *weaver, size_t column, const char *end)
{
	put_new(weaver, end, column + 1);
	put_waiting(weaver, column, false);
	if (*weaver->printed && weaver->printed < end &&
	    strspn(weaver->printed, " ") == column)
		str_putc(weaver->out, '\n');
	put_new(weaver, end, 0);
}

/* What ends an item that is a scalar ends the list. */
static size_t foot_column(const struct weaver *weaver)
{
	const struct line *last = &weaver->last_printed;

	return has_key(last) ? last->entry : last->indent;
}

/* Whether the last value has a tag: no comment is the end of that. */
static bool is_tagged(const struct line *line)
{
	size_t i;

	for (i = line->indent + 2; i < line->len; i++)
		if (line->at[i] == '!' && line->at[i - 1] == ' ' &&
		    strchr(":-", line->at[i - 2]))
			return true;
	return false;
}

/* Whether the item before this one is a scalar. */
static bool follows_scalar(const struct weaver *weaver, const struct line *item)
{
	const struct line *last = &weaver->last;

	return last->indent == item->indent && last->entry > last->indent &&
	       !has_key(last);
}

/*
 * In front of an item, with an empty line between: they are the item's if it
 * is the first one, or if there is an empty line before them, too; else they
 * are taken for the end of what the item begins with.
 */
static bool flush_item(struct weaver *weaver, const struct line *item,
		       const char *target)
{
	bool first = weaver->open && item->indent >= weaver->last.entry;

	if (first || weaver->waiting[0].apart) {
		put_waiting(weaver, strspn(target, " "), true);
		return true;
	}
	weaver->deferred = true;
	return !has_gaps(weaver);
}

/* Behind the first line of an item. */
static bool put_deferred(struct weaver *weaver, const struct line *item)
{
	size_t column = has_key(item) ? item->entry : item->indent;

	if (!weaver->deferred)
		return true;
	if (item->len && item->at[item->len - 1] == ':')
		return false;
	put_waiting(weaver, column, false);
	if (*weaver->printed && strspn(weaver->printed, " ") == column)
		str_putc(weaver->out, '\n');
	weaver->deferred = false;
	return true;
}

/* Comments in front of a line belong to it, or to what ends there. */
static bool flush(struct weaver *weaver, const struct line *old,
		  const char *target)
{
	size_t column = weaver->count ? weaver->waiting[0].line.indent : 0;
	bool apart = weaver->count && weaver->waiting[0].apart;
	bool first = weaver->begun ? old->indent > weaver->last.entry
				   : weaver->marked;
	bool joined = weaver->begun && (weaver->tight || apart);

	if (!all_at(weaver, column))
		return false;
	if (weaver->lost &&
	    (column > old->indent ||
	     (weaver->blank && !apart && column >= weaver->lost_indent)))
		weaver->count = 0;
	if (weaver->count && weaver->begun && column > old->indent &&
	    weaver->last.entry > old->indent) {
		put_foot(weaver, foot_column(weaver), target);
		if (weaver->last.indent > old->indent &&
		    foot_column(weaver) == strspn(target, " "))
			str_putc(weaver->out, '\n');
		return true;
	}
	put_new(weaver, target, 0);
	if (!weaver->count)
		return true;
	if (weaver->begun && weaver->blank && old->entry > old->indent &&
	    !follows_scalar(weaver, old))
		return flush_item(weaver, old, target);
	/* Only the first of several is the end of what is before it. */
	joined = joined || (weaver->begun && has_gaps(weaver));
	put_waiting(weaver, strspn(target, " "), true);
	if (weaver->blank && !first && !joined)
		str_putc(weaver->out, '\n');
	return true;
}

/* New items of a list that begins where its key does. */
static void put_items(struct weaver *weaver)
{
	while (*weaver->printed == '-') {
		const struct line line = next_printed(weaver);

		put(weaver, 0, line.at, line.len);
		put_new(weaver, weaver->printed + strlen(weaver->printed), 1);
	}
}

static bool flush_end(struct weaver *weaver)
{
	const char *end = weaver->printed + strlen(weaver->printed);
	bool bound = weaver->open || is_tagged(&weaver->last);
	bool apart = weaver->count && (weaver->waiting[0].apart || bound);
	size_t column = weaver->count ? weaver->waiting[0].line.indent : 0;
	const struct source *source = weaver->source;
	/* Without a line feed behind it, it stays with what is before it. */
	bool cut = source->len && source->text[source->len - 1] != '\n';

	if (!weaver->count)
		return true;
	if (weaver->lost && (column || (cut && !apart)) &&
	    (cut || column >= weaver->lost_indent)) {
		weaver->count = 0;
		return true;
	}
	if (!all_at(weaver, column) || (column && apart && !bound))
		return false;
	if (apart) {
		put_new(weaver, end, 0);
		str_putc(weaver->out, '\n');
		put_waiting(weaver, 0, true);
		return true;
	}
	put_items(weaver);
	put_foot(weaver, column || cut ? foot_column(weaver) : 0, end);
	return true;
}

/* Lines are asked about in their order. */
static bool is_inside(struct weaver *weaver, size_t at)
{
	const struct text_ranges *scalars = weaver->scalars;

	while (weaver->scalar < scalars->count &&
	       scalars->items[weaver->scalar].end <= at)
		weaver->scalar++;
	return weaver->scalar < scalars->count &&
	       scalars->items[weaver->scalar].begin < at;
}

static const struct text_range *comment_in(struct weaver *weaver, size_t begin,
					   size_t end)
{
	const struct text_ranges *comments = weaver->comments;

	while (weaver->comment < comments->count &&
	       comments->items[weaver->comment].begin < begin)
		weaver->comment++;
	return weaver->comment < comments->count &&
			       comments->items[weaver->comment].begin < end
		       ? &comments->items[weaver->comment]
		       : NULL;
}

/* A comment behind an anchor or a tag goes to what is within. */
static bool ends_in_mark(const struct line *line)
{
	const char *word = line->at + line->len;

	while (word > line->at && word[-1] != ' ')
		word--;
	return word < line->at + line->len && (*word == '&' || *word == '!');
}

/* Whether a flow collection begins in the line. */
static bool has_flow(const struct line *line)
{
	size_t i;

	for (i = line->indent + 1; i < line->len; i++)
		if (strchr("{[", line->at[i]) && line->at[i - 1] == ' ')
			return true;
	return false;
}

/* The next token, if it begins in front of `end`. */
static const struct printed_token *token_before(struct weaver *weaver,
						size_t end)
{
	const struct printed_tokens *tokens = &weaver->print->tokens;

	return weaver->token < tokens->count &&
			       tokens->items[weaver->token].source < end
		       ? &tokens->items[weaver->token]
		       : NULL;
}

/* Whether a quoted text or a flow collection begins and ends in the line. */
static bool ends_quoted(const struct line *line)
{
	size_t i;

	if (!line->len || !strchr("\"'}]", line->at[line->len - 1]))
		return false;
	for (i = line->indent + 2; i < line->len; i++)
		if (strchr("\"'{[", line->at[i]) && line->at[i - 1] == ' ' &&
		    strchr(":-", line->at[i - 2]))
			return true;
	return false;
}

/* Nothing of the line begins anything that was printed. */
static bool pass_line(struct weaver *weaver, bool inside,
		      const struct line *line, const struct line *comment)
{
	/* A dash alone comes to stand in front of what is below it. */
	if (!inside && comment && !weaver->lost &&
	    line->entry + 1 == line->len && line->at[line->entry] == '-')
		return false;
	if (inside && comment && !weaver->lost) {
		if (weaver->commented)
			return false;
		str_printf(weaver->out, " %.*s", (int)comment->len,
			   comment->at);
		weaver->commented = true;
	}
	weaver->lost = weaver->lost || !inside;
	weaver->lost_indent = line->indent;
	weaver->open = weaver->tight = false;
	weaver->count = 0;
	weaver->blank = false;
	return true;
}

static bool put_content(struct weaver *weaver, const struct line *old,
			const struct line *comment, size_t end)
{
	const struct printed_token *token = token_before(weaver, end);
	const char *all = weaver->print->text, *target;
	size_t begin = token->begin, stop = 0;
	struct line printed;

	if (all + begin < weaver->printed) {
		/* A flow collection comes to stand in one line. */
		for (; (token = token_before(weaver, end)); weaver->token++)
			stop = token->end;
		put_new(weaver, all + stop, 0);
		return !comment && !weaver->count &&
		       (!weaver->commented || strchr("|>", all[begin]));
	}
	target = all + begin;
	while (target > all && target[-1] != '\n')
		target--;
	if (!flush(weaver, old, target))
		return false;
	printed = next_printed(weaver);
	if (comment && ends_in_mark(&printed))
		return false;
	/* It goes with what it stood behind. */
	if (has_flow(old) && !has_flow(&printed))
		comment = NULL;
	put(weaver, 0, printed.at, printed.len);
	weaver->commented = comment != NULL;
	if (comment)
		str_printf(weaver->out, " %.*s", (int)comment->len,
			   comment->at);
	for (; (token = token_before(weaver, end)); weaver->token++)
		stop = token->end;
	if (all + stop > weaver->printed)
		weaver->commented = true;
	weaver->tight = all + stop <= weaver->printed &&
			old->at == weaver->source->text &&
			(comment || ends_quoted(old));
	put_new(weaver, all + stop, 0);
	weaver->last = *old;
	weaver->last_printed = printed;
	weaver->begun = true;
	weaver->blank = weaver->lost = false;
	weaver->open = old->len && old->at[old->len - 1] == ':';
	return put_deferred(weaver, &printed);
}

static bool take_line(struct weaver *weaver, size_t begin, size_t end)
{
	const char *text = weaver->source->text;
	const struct text_range *comment = comment_in(weaver, begin, end);
	size_t stop = comment ? comment->begin : end;
	struct line line = measured(text + begin, stop - begin), said;

	if (comment)
		said = measured(text + stop, end - stop);
	if (line.len || is_inside(weaver, begin)) {
		const struct line *beside = comment ? &said : NULL;

		return token_before(weaver, end)
			       ? put_content(weaver, &line, beside, end)
			       : pass_line(weaver, is_inside(weaver, begin),
					   &line, beside);
	}
	if (comment) {
		if (weaver->count == WAITING_MAX ||
		    memchr(text + begin, '\t', stop - begin))
			return false;
		weaver->waiting[weaver->count].line =
			measured(text + begin, end - begin);
		weaver->waiting[weaver->count].apart =
			weaver->blank || (!weaver->count && weaver->open &&
					  stop - begin >= weaver->last.indent);
		weaver->count++;
	}
	weaver->blank = !comment;
	return true;
}

bool structured_weave(const struct source *source,
		      const struct text_ranges *scalars,
		      const struct text_ranges *comments,
		      const struct structured_printed *print, struct str *out)
{
	struct weaver weaver = { .source = source,
				 .scalars = scalars,
				 .comments = comments,
				 .print = print,
				 .printed = print->text,
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
