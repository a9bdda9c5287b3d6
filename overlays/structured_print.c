#include "overlays/structured_print.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "model/yaml_text.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/structured_comments.h"
#include "overlays/structured_marks.h"

enum {
	INDENT = 2
};

struct printer {
	struct arena *arena;
	const struct source *source; /* NULL: it does not matter */
	struct str *out;
	struct text_ranges scalars; /* of the source */
	struct text_ranges comments;
	const struct structured_marks *marks;
	const struct table *replaced; /* or NULL */
	struct printed_tokens tokens;
};

static void put_node(struct printer *printer, const struct value *node,
		     size_t indent, bool value);

static int by_begin(const void *a, const void *b);

static void take(struct arena *arena, const struct source *source,
		 const struct origin *at, struct text_ranges *ranges)
{
	const struct text_range range = { at->begin, at->begin + at->length };

	if (origin_source(at) == source)
		vec_push(arena, ranges, range);
}

static void find_scalars(struct arena *arena, const struct source *source,
			 const struct value *node, struct text_ranges *ranges)
{
	const struct value_entry *entry;
	const struct value *item;

	if (node_is_scalar(node))
		take(arena, source, &node->origin, ranges);
	list_foreach (item, node)
		find_scalars(arena, source, item, ranges);
	value_foreach (entry, node) {
		take(arena, source, &entry->origin, ranges);
		find_scalars(arena, source, entry->value, ranges);
	}
}

struct text_ranges structured_scalars(struct overlay_run *run,
				      const struct source *source,
				      const struct value *tree)
{
	struct text_ranges ranges = { 0 };

	find_scalars(run->arena, source, tree, &ranges);
	if (ranges.count > 1)
		qsort(ranges.items, ranges.count, sizeof(*ranges.items),
		      by_begin);
	return ranges;
}

static int by_begin(const void *a, const void *b)
{
	const struct text_range *one = a, *two = b;

	return (one->begin > two->begin) - (one->begin < two->begin);
}

static size_t take_comment(struct printer *printer, size_t at)
{
	const struct source *source = printer->source;
	const char *feed = memchr(source->text + at, '\n', source->len - at);
	size_t end = feed ? (size_t)(feed - source->text) : source->len;
	const struct text_range comment = { (uint32_t)at, (uint32_t)end };

	vec_push(printer->arena, &printer->comments, comment);
	return end;
}

/*
 * Whether there is only punctuation between the scalars, comments, and the
 * marker of the document.  What is behind it is lost.
 */
static bool is_bare(struct printer *printer)
{
	const struct source *source = printer->source;
	size_t at = 0, i = 0;

	while (at < source->len) {
		if (i < printer->scalars.count &&
		    at >= printer->scalars.items[i].begin) {
			if (at < printer->scalars.items[i].end)
				at = printer->scalars.items[i].end;
			i++;
		} else if (source->text[at] == '#') {
			at = take_comment(printer, at);
		} else if (strchr("%@`", source->text[at])) {
			return false;
		} else if (structured_marker(source, at)) {
			if (i || source->text[at] == '.')
				return true;
			at += 3;
		} else {
			at++;
		}
	}
	return true;
}

static void put_line(struct printer *printer, size_t indent)
{
	if (printer->out->len &&
	    printer->out->text[printer->out->len - 1] != '\n')
		str_putc(printer->out, '\n');
	str_fill(printer->out, ' ', indent);
}

static void put_single(struct str *out, const struct yaml_text *text)
{
	bool broke = false;
	size_t i;

	str_putc(out, '\'');
	for (i = 0; i < text->len; i++) {
		bool breaks = text->at[i] == '\n';

		/* Of a single line feed a reader makes a blank. */
		if (breaks && !broke)
			str_putc(out, '\n');
		if (!breaks && broke)
			str_fill(out, ' ', text->indent);
		if (text->at[i] == '\'')
			str_putc(out, '\'');
		str_putc(out, text->at[i]);
		broke = breaks;
	}
	str_putc(out, '\'');
}

/* Each line ends twice, unless the first one begins with a blank. */
static void put_folded(struct str *out, const struct yaml_text *text)
{
	size_t begin = out->len, i = strspn(text->at, "\n");
	bool doubles = !strchr(" \t", text->at[i]), broke = true;
	bool indented = true;

	yaml_text_put(out, text, VALUE_STYLE_LITERAL);
	out->text[begin] = '>';
	out->len = (size_t)(strchr(out->text + begin, '\n') - out->text) + 1;
	for (i = 0; i < text->len; i++) {
		bool breaks = text->at[i] == '\n';

		if (breaks && !broke && !indented && doubles)
			str_putc(out, '\n');
		if (!breaks && broke) {
			str_fill(out, ' ', text->indent);
			indented = strchr(" \t", text->at[i]) != NULL;
		}
		str_putc(out, text->at[i]);
		broke = breaks;
	}
}

/* Of the right type when it is plain: a string may have to be quoted. */
static enum value_style style_of(const struct value *node, const char *text,
				 size_t len, bool tagged)
{
	struct value probe = { .kind = VALUE_NULL };

	if (node->style != VALUE_STYLE_PLAIN && node->style != VALUE_STYLE_NONE)
		return (enum value_style)node->style;
	if (memchr(text, '\n', len))
		return VALUE_STYLE_LITERAL;
	yaml_resolve(YAML_KUSTOMIZE, text, len, &probe);
	if (!tagged && node->tag == VALUE_TAG_STR && probe.tag != VALUE_TAG_STR)
		return VALUE_STYLE_DOUBLE;
	return VALUE_STYLE_PLAIN;
}

/* Its tag is that of a float, and its text reads as a whole number. */
static bool is_short_float(const struct value *node)
{
	struct value probe = { .kind = VALUE_NULL };

	if (node->tag != VALUE_TAG_FLOAT || !node->text)
		return false;
	yaml_resolve(YAML_KUSTOMIZE, node->text, node->len, &probe);
	return probe.tag == VALUE_TAG_INT;
}

/* Anchor and tag, each with a blank behind it. */
static const struct structured_mark *put_mark(struct printer *printer,
					      const struct value *node)
{
	const struct structured_mark *mark =
		structured_mark_of(printer->marks, node);

	if (mark && mark->anchor)
		str_printf(printer->out, "%s ", mark->anchor);
	if (mark && mark->tag)
		str_printf(printer->out, "%s ", mark->tag);
	return mark;
}

static void trim(struct str *out)
{
	while (out->len && out->text[out->len - 1] == ' ')
		out->len--;
}

static void put_text(struct printer *printer, const struct yaml_text *shown,
		     enum value_style style)
{
	enum value_style wanted = style;
	bool multiline;

	if (style == VALUE_STYLE_SINGLE) {
		wanted = yaml_text_style(shown, style, &multiline);
		if (wanted == VALUE_STYLE_SINGLE)
			put_single(printer->out, shown);
		else
			yaml_text_put(printer->out, shown, wanted);
		return;
	}
	if (style == VALUE_STYLE_FOLDED)
		wanted = VALUE_STYLE_LITERAL;
	if (wanted != VALUE_STYLE_LITERAL || !shown->len ||
	    !yaml_text_is_simple(shown->at, shown->len))
		wanted = yaml_text_style(shown, wanted, &multiline);
	if (style == VALUE_STYLE_FOLDED && wanted == VALUE_STYLE_LITERAL)
		put_folded(printer->out, shown);
	else
		yaml_text_put(printer->out, shown, wanted);
}

/* What is in the output from `begin` on is this of the source. */
static void note(struct printer *printer, const struct origin *at, size_t begin)
{
	const struct printed_token token = { at->begin, begin,
					     printer->out->len };

	if (printer->source && origin_source(at) == printer->source)
		vec_push(printer->arena, &printer->tokens, token);
}

/* The same of a scalar, which may stand where another one stood. */
static void note_scalar(struct printer *printer, const struct value *node,
			size_t begin)
{
	const struct replaced_scalar *place =
		printer->replaced ? table_get(printer->replaced,
					      (const char *)&node, sizeof(node))
				  : NULL;
	const struct printed_token token = { place ? place->begin : 0, begin,
					     printer->out->len };

	if (place)
		vec_push(printer->arena, &printer->tokens, token);
	else
		note(printer, &node->origin, begin);
}

static int by_source(const void *a, const void *b)
{
	const struct printed_token *one = a, *two = b;

	return (one->source > two->source) - (one->source < two->source);
}

static void put_scalar(struct printer *printer, const struct value *node,
		       size_t indent, bool flow)
{
	const char *text = node_text(printer->arena, node);
	struct yaml_text shown = { .at = text,
				   .len = value_is_string(node) ? node->len
								: strlen(text),
				   .indent = indent,
				   .v3 = true };
	const struct structured_mark *mark = put_mark(printer, node);
	bool tagged = mark && mark->tag;
	size_t begin = printer->out->len;
	enum value_style style = style_of(node, text, shown.len, tagged);

	if (mark && mark->alias) {
		str_puts(printer->out, text);
		note_scalar(printer, node, begin);
		return;
	}
	if (!tagged && (!yaml_tag_is_borne_out(node) || is_short_float(node)))
		str_printf(printer->out, "%s%s",
			   yaml_tag_name((enum value_tag)node->tag),
			   shown.len || flow ? " " : "");
	if (!shown.len && flow && mark && style == VALUE_STYLE_PLAIN)
		style = VALUE_STYLE_SINGLE;
	if (!shown.len && style == VALUE_STYLE_PLAIN &&
	    (mark || value_is_null(node))) {
		trim(printer->out);
		return;
	}
	if (!shown.len && style == VALUE_STYLE_FLOW)
		style = VALUE_STYLE_SINGLE;
	if ((style == VALUE_STYLE_LITERAL || style == VALUE_STYLE_FOLDED) &&
	    flow)
		style = VALUE_STYLE_DOUBLE;
	if (flow && style == VALUE_STYLE_PLAIN && strpbrk(text, ",:?[]{}"))
		style = VALUE_STYLE_SINGLE;
	begin = printer->out->len;
	put_text(printer, &shown, style);
	if (printer->out->len == begin)
		trim(printer->out);
	note_scalar(printer, node, begin);
}

/* A key from elsewhere keeps its quotes. */
static enum value_style key_style(const struct value_entry *entry)
{
	const struct source *source = origin_source(&entry->origin);
	uint32_t at = entry->origin.begin;

	if (!source || at >= source->len)
		return VALUE_STYLE_PLAIN;
	if (source->text[at] == '"')
		return VALUE_STYLE_DOUBLE;
	return source->text[at] == '\'' ? VALUE_STYLE_SINGLE
					: VALUE_STYLE_PLAIN;
}

/* Keys are never written to: they stand as they stood. */
static void put_key(struct printer *printer, const struct value_entry *entry)
{
	const struct origin *at = &entry->origin;
	struct yaml_text shown = {
		.at = entry->key, .len = entry->len, .key = true, .v3 = true
	};
	bool multiline;

	if (printer->source && origin_source(at) == printer->source) {
		if (entry->len == 2 && memcmp(entry->key, "<<", 2) == 0 &&
		    at->length == 2)
			str_puts(printer->out, "!!merge ");
		note(printer, at, printer->out->len);
		str_put(printer->out, printer->source->text + at->begin,
			at->length);
		return;
	}
	yaml_text_put(printer->out, &shown,
		      yaml_text_style(&shown, key_style(entry), &multiline));
}

static void put_flow(struct printer *printer, const struct value *node)
{
	const struct value_entry *entry;
	const struct value *item;

	if (node_is_scalar(node)) {
		put_scalar(printer, node, 0, true);
		return;
	}
	(void)put_mark(printer, node);
	str_putc(printer->out, node->kind == VALUE_MAP ? '{' : '[');
	list_foreach (item, node) {
		if (item_at)
			str_puts(printer->out, ", ");
		put_flow(printer, item);
	}
	value_foreach (entry, node) {
		if (entry_at)
			str_puts(printer->out, ", ");
		put_key(printer, entry);
		str_puts(printer->out, ": ");
		put_flow(printer, entry->value);
	}
	str_putc(printer->out, node->kind == VALUE_MAP ? '}' : ']');
}

static void put_list(struct printer *printer, const struct value *list,
		     size_t indent)
{
	const struct value *item;

	list_foreach (item, list) {
		if (item_at)
			put_line(printer, indent);
		str_putc(printer->out, '-');
		put_node(printer, item, indent, false);
	}
}

static void put_map(struct printer *printer, const struct value *map,
		    size_t indent)
{
	const struct value_entry *entry;

	value_foreach (entry, map) {
		if (entry_at)
			put_line(printer, indent);
		put_key(printer, entry);
		str_putc(printer->out, ':');
		put_node(printer, entry->value, indent, true);
	}
}

/* Behind "key:" (`value`) or "-" of a collection at `indent`. */
static void put_node(struct printer *printer, const struct value *node,
		     size_t indent, bool value)
{
	const struct structured_mark *mark =
		structured_mark_of(printer->marks, node);
	bool scalar = node_is_scalar(node);

	if (scalar && !mark && value_is_null(node) && !node->len && node->text)
		return;
	if (scalar || node->style == VALUE_STYLE_FLOW || !value_count(node)) {
		str_putc(printer->out, ' ');
		if (scalar)
			put_scalar(printer, node, indent + INDENT, false);
		else
			put_flow(printer, node);
		return;
	}
	str_putc(printer->out, ' ');
	(void)put_mark(printer, node);
	indent += !value || node->kind == VALUE_MAP ? INDENT : 0;
	if (value || mark) {
		trim(printer->out);
		put_line(printer, indent);
	}
	if (node->kind == VALUE_MAP)
		put_map(printer, node, indent);
	else
		put_list(printer, node, indent);
}

static void put_tree(struct printer *printer, const struct value *tree)
{
	struct str *out = printer->out;

	if (!node_is_scalar(tree) && value_count(tree) &&
	    tree->style != VALUE_STYLE_FLOW && put_mark(printer, tree)) {
		trim(out);
		put_line(printer, 0);
	}
	if (node_is_scalar(tree))
		put_scalar(printer, tree, INDENT, false);
	else if (tree->style == VALUE_STYLE_FLOW || !value_count(tree))
		put_flow(printer, tree);
	else if (tree->kind == VALUE_MAP)
		put_map(printer, tree, 0);
	else
		put_list(printer, tree, 0);
	while (out->len && strchr(" \t\r\n", out->text[out->len - 1]))
		out->len--;
}

bool structured_print(struct overlay_run *run,
		      const struct structured_source *text,
		      const struct value *tree, struct str *out)
{
	struct printer printer = { .arena = run->arena,
				   .source = text->source,
				   .scalars = text->scalars,
				   .marks = text->marks,
				   .replaced = &text->replaced,
				   .out = out };
	struct structured_printed print;
	struct str bare, woven;

	if (!text->marks || !is_bare(&printer))
		return false;
	if (!printer.comments.count) {
		put_tree(&printer, tree);
		return true;
	}
	str_init(&bare, run->arena);
	str_init(&woven, run->arena);
	printer.out = &bare;
	put_tree(&printer, tree);
	print.text = str_text(&bare);
	print.tokens = printer.tokens;
	if (print.tokens.count > 1)
		qsort(print.tokens.items, print.tokens.count,
		      sizeof(*print.tokens.items), by_source);
	if (structured_weave(text->source, &printer.scalars, &printer.comments,
			     &print, &woven)) {
		str_put(out, woven.text, woven.len);
		return true;
	}
	if (text->comments)
		return false;
	str_put(out, bare.text, bare.len);
	return true;
}

const char *structured_text(struct arena *arena, const struct value *tree)
{
	struct printer printer = { .arena = arena };
	struct str out;

	str_init(&out, arena);
	printer.out = &out;
	put_tree(&printer, tree);
	return str_text(&out);
}
