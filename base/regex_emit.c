#include "base/regex_syntax.h"

#include "base/attr.h"
#include "base/str.h"

enum {
	SURROGATE_FIRST = 0xD800,
	SURROGATE_LAST = 0xDFFF
};

static void emit_rune(struct str *out, uint32_t rune)
{
	bool plain =
		(rune >= '0' && rune <= '9') ||
		((rune | 0x20) >= 'a' && (rune | 0x20) <= 'z' && rune < 0x80);

	if (plain)
		str_putc(out, (char)rune);
	else
		str_printf(out, "\\x{%x}", (unsigned)rune);
}

static void emit_span(struct str *out, uint32_t first, uint32_t last)
{
	if (first > last)
		return;
	emit_rune(out, first);
	if (last == first)
		return;
	str_putc(out, '-');
	emit_rune(out, last);
}

static bool is_all_but_newline(const struct rune_set *set)
{
	return set->count == 2 && set->items[0].first == 0 &&
	       set->items[0].last == '\n' - 1 &&
	       set->items[1].first == '\n' + 1 &&
	       set->items[1].last == RUNE_LAST;
}

/* PCRE2 refuses surrogates, which valid text has none of. */
static void emit_set(struct str *out, const struct rune_set *set)
{
	size_t before = out->len + 1;

	if (is_all_but_newline(set)) {
		str_puts(out, "\\N");
		return;
	}
	str_putc(out, '[');
	for (size_t i = 0; i < set->count; i++) {
		uint32_t first = set->items[i].first;
		uint32_t last = set->items[i].last;

		if (first > SURROGATE_LAST || last < SURROGATE_FIRST) {
			emit_span(out, first, last);
			continue;
		}
		if (first < SURROGATE_FIRST)
			emit_span(out, first, SURROGATE_FIRST - 1);
		if (last > SURROGATE_LAST)
			emit_span(out, SURROGATE_LAST + 1, last);
	}
	if (out->len == before) {
		out->len--;
		str_puts(out, "(?!)");
		return;
	}
	str_putc(out, ']');
}

static void emit_repeat(struct str *out, const struct regex_node *node)
{
	str_puts(out, "(?:");
	regex_emit(out, node->subs[0]);
	str_putc(out, ')');
	if (node->max == REGEX_NO_MAX)
		str_printf(out, "{%d,}", node->min);
	else
		str_printf(out, "{%d,%d}", node->min, node->max);
	if (node->lazy)
		str_putc(out, '?');
}

static void emit_list(struct str *out, const struct regex_node *node,
		      const char *between)
{
	for (size_t i = 0; i < node->count; i++) {
		if (i)
			str_puts(out, between);
		regex_emit(out, node->subs[i]);
	}
}

void regex_emit(struct str *out, const struct regex_node *node)
{
	switch (node->op) {
	case REGEX_EMPTY:
		str_puts(out, "(?:)");
		break;
	case REGEX_LITERAL:
		if (node->rune >= SURROGATE_FIRST &&
		    node->rune <= SURROGATE_LAST)
			str_puts(out, "(?!)");
		else
			emit_rune(out, node->rune);
		break;
	case REGEX_SET:
		emit_set(out, node->set);
		break;
	case REGEX_TEXT_BEGIN:
		str_puts(out, "\\A");
		break;
	case REGEX_TEXT_END:
		str_puts(out, "\\z");
		break;
	case REGEX_LINE_BEGIN:
		str_putc(out, '^');
		break;
	case REGEX_LINE_END:
		str_putc(out, '$');
		break;
	case REGEX_WORD_EDGE:
		str_puts(out, "\\b");
		break;
	case REGEX_NO_WORD_EDGE:
		str_puts(out, "\\B");
		break;
	case REGEX_GROUP:
		str_putc(out, '(');
		regex_emit(out, node->subs[0]);
		str_putc(out, ')');
		break;
	case REGEX_CONCAT:
		emit_list(out, node, "");
		break;
	case REGEX_ALTERNATE:
		str_puts(out, "(?:");
		emit_list(out, node, "|");
		str_putc(out, ')');
		break;
	case REGEX_REPEAT:
		emit_repeat(out, node);
		break;
	}
}
