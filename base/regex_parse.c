#include "base/regex_parser.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/*
 * A parser of the dialect of RE2, with the refusals of Go.  Open groups are
 * on a stack of our own, so that brackets cannot exhaust the machine's; what
 * is built from them is at most NESTING_MAX high.
 */

enum {
	REPEAT_MAX = 1000,
	NESTING_MAX = 1000,
	SIZE_MAX_NODES = 3355443, /* instructions; Go allows itself 128 MiB */
	FLATTEN_MAX = 64,
	COUNT_HUGE = 100000000
};

bool regex_fail(struct regex_parser *parser, const char *what, size_t from,
		size_t to)
{
	*parser->error = arena_printf(
		parser->arena, "error parsing regexp: %s: `%s`", what,
		arena_strndup(parser->arena, parser->text + from, to - from));
	return false;
}

static bool fail_whole(struct regex_parser *parser, const char *what)
{
	return regex_fail(parser, what, 0, parser->len);
}

bool regex_next_rune(struct regex_parser *parser, uint32_t *rune)
{
	size_t size;

	*rune = utf8_decode(parser->text + parser->at, parser->len - parser->at,
			    &size);
	if (*rune == UTF8_REPLACEMENT && size == 1)
		return regex_fail(parser, "invalid UTF-8", parser->at,
				  parser->len);
	parser->at += size;
	return true;
}

bool regex_check_utf8(struct regex_parser *parser, size_t from, size_t end)
{
	size_t size, at;

	for (at = from; at < end; at += size) {
		if (utf8_decode(parser->text + at, end - at, &size) ==
			    UTF8_REPLACEMENT &&
		    size == 1)
			return regex_fail(parser, "invalid UTF-8", at, end);
	}
	return true;
}

int regex_peek(const struct regex_parser *parser, size_t ahead)
{
	size_t at = parser->at + ahead;

	return at < parser->len ? (unsigned char)parser->text[at] : -1;
}

static struct regex_frame *top(struct regex_parser *parser)
{
	return vec_last(&parser->frames);
}

/* Trees. */

static struct regex_node *node_new(struct regex_parser *parser,
				   enum regex_op op)
{
	struct regex_node *node = arena_zalloc(parser->arena, sizeof(*node));

	node->op = op;
	node->height = 1;
	node->size = 1;
	node->repeats = 1;
	node->nullable = op != REGEX_LITERAL && op != REGEX_SET;
	return node;
}

static bool node_fits(struct regex_parser *parser,
		      const struct regex_node *node)
{
	if (node->height > NESTING_MAX)
		return fail_whole(parser, "expression nests too deeply");
	if (node->size > SIZE_MAX_NODES)
		return fail_whole(parser, "expression too large");
	return true;
}

/* Take over what a node owes to a part of it. */
static void node_inherit(struct regex_node *node, const struct regex_node *sub)
{
	if (node->height <= sub->height)
		node->height = sub->height + 1;
	if (node->repeats < sub->repeats)
		node->repeats = sub->repeats;
	node->spins |= sub->spins;
}

static void add_part(struct regex_parser *parser, struct regex_node *node)
{
	vec_push(parser->arena, &top(parser)->parts, node);
}

static void list_to_node(struct regex_node *node,
			 const struct regex_nodes *list)
{
	bool any = false, all = true, chars = true;

	node->subs = list->items;
	node->count = list->count;
	node->size = node->op == REGEX_ALTERNATE ? list->count - 1 : 0;
	for (size_t i = 0; i < list->count; i++) {
		node_inherit(node, list->items[i]);
		node->size += list->items[i]->size;
		any |= list->items[i]->nullable;
		all &= list->items[i]->nullable;
		chars &= list->items[i]->op == REGEX_LITERAL ||
			 (list->items[i]->op == REGEX_SET &&
			  node->op == REGEX_ALTERNATE);
	}
	node->nullable = node->op == REGEX_ALTERNATE ? any : all;
	/* Go makes one literal, or one class, of these. */
	if (chars)
		node->height = 1;
}

/* A list inside a list of its kind joins it, unless it is long. */
static struct regex_node *join(struct regex_parser *parser, enum regex_op op,
			       const struct regex_nodes *list)
{
	struct regex_nodes flat = { 0 };
	struct regex_node *node;

	if (!list->count)
		return node_new(parser, REGEX_EMPTY);
	if (list->count == 1)
		return list->items[0];
	for (size_t i = 0; i < list->count; i++) {
		struct regex_node *sub = list->items[i];

		if (sub->op != op || sub->count > FLATTEN_MAX) {
			vec_push(parser->arena, &flat, sub);
			continue;
		}
		for (size_t k = 0; k < sub->count; k++)
			vec_push(parser->arena, &flat, sub->subs[k]);
	}
	node = node_new(parser, op);
	list_to_node(node, &flat);
	return node_fits(parser, node) ? node : NULL;
}

static bool end_alternative(struct regex_parser *parser)
{
	struct regex_frame *frame = top(parser);
	struct regex_node *node = join(parser, REGEX_CONCAT, &frame->parts);

	if (!node)
		return false;
	vec_push(parser->arena, &frame->choices, node);
	memset(&frame->parts, 0, sizeof(frame->parts));
	return true;
}

static void open_group(struct regex_parser *parser, bool captures)
{
	struct regex_frame frame = { .flags = parser->flags };

	if (captures)
		frame.group = ++parser->groups;
	vec_push(parser->arena, &parser->frames, frame);
}

/* The node of the innermost group, which is closed; NULL if it is too big. */
static struct regex_node *close_group(struct regex_parser *parser)
{
	struct regex_node *node, *sub;
	struct regex_frame *frame;

	if (!end_alternative(parser))
		return NULL;
	frame = top(parser);
	sub = join(parser, REGEX_ALTERNATE, &frame->choices);
	if (!sub)
		return NULL;
	parser->flags = frame->flags;
	parser->frames.count--;
	if (!frame->group)
		return sub;
	node = node_new(parser, REGEX_GROUP);
	node->group = frame->group;
	node->count = 1;
	node->subs = arena_alloc(parser->arena, sizeof(*node->subs));
	node->subs[0] = sub;
	node->nullable = sub->nullable;
	node->size = sub->size + 2;
	node_inherit(node, sub);
	return node_fits(parser, node) ? node : NULL;
}

bool regex_add_set(struct regex_parser *parser, struct rune_set *set)
{
	struct regex_node *node = node_new(parser, REGEX_SET);

	node->set = arena_alloc(parser->arena, sizeof(*set));
	memcpy((void *)node->set, set, sizeof(*set));
	parser->set_runes += set->count * 2;
	if (parser->set_runes > (uint64_t)SIZE_MAX_NODES * 10)
		return fail_whole(parser, "expression too large");
	add_part(parser, node);
	return true;
}

static bool add_literal(struct regex_parser *parser, uint32_t rune)
{
	struct regex_node *node;

	if ((parser->flags & REGEX_FLAG_FOLD) && rune_fold(rune) != rune) {
		struct rune_set set = { 0 };

		rune_set_add_folded(parser->arena, &set, rune, rune);
		rune_set_clean(&set);
		return regex_add_set(parser, &set);
	}
	node = node_new(parser, REGEX_LITERAL);
	node->rune = rune;
	add_part(parser, node);
	return true;
}

static bool add_edge(struct regex_parser *parser, enum regex_op op, size_t skip)
{
	add_part(parser, node_new(parser, op));
	parser->at += skip;
	return true;
}

static bool add_dot(struct regex_parser *parser)
{
	struct rune_set set = { 0 };

	if (!(parser->flags & REGEX_FLAG_NEWLINE))
		rune_set_add(parser->arena, &set, '\n', '\n');
	rune_set_negate(parser->arena, &set);
	parser->at++;
	return regex_add_set(parser, &set);
}

/* Repetition. */

/*
 * Go's product of nested counts, each at most REPEAT_MAX.  What is repeated
 * zero times does not count.
 */
static bool counts_fit(const struct regex_node *node, int min, int max)
{
	int times = max < 0 ? min : max;

	if (min < 2 && max < 2)
		return true;
	return times <= REPEAT_MAX &&
	       (times == 0 || times * node->repeats <= REPEAT_MAX);
}

static uint64_t repeat_size(const struct regex_node *sub, int min, int max)
{
	if (max != REGEX_NO_MAX) {
		uint64_t size =
			(uint64_t)max * sub->size + (uint64_t)(max - min);

		return size ? size : 1;
	}
	return min ? 1 + (uint64_t)min * sub->size : 2 + sub->size;
}

static struct regex_node *repeat_node(struct regex_parser *parser,
				      struct regex_node *sub, int min, int max)
{
	struct regex_node *node = node_new(parser, REGEX_REPEAT);
	int times = max < 0 ? min : max;

	node->min = min;
	node->max = max;
	node->lazy = (parser->flags & REGEX_FLAG_LAZY) != 0;
	node->count = 1;
	node->subs = arena_alloc(parser->arena, sizeof(*node->subs));
	node->subs[0] = sub;
	node->nullable = sub->nullable || min == 0;
	node->size = repeat_size(sub, min, max);
	node_inherit(node, sub);
	node->spins |= sub->nullable && (max < 0 || max > 1);
	if (times == 0 && max == 0)
		node->repeats = 1;
	else if (times > 1)
		node->repeats = times * sub->repeats;
	return node;
}

/*
 * Apply the operator that ends at `at` to the last part.  `stacked` is where
 * one just before it begins, or NO_OPERATOR.
 */
#define NO_OPERATOR ((size_t)-1)

static bool repeat(struct regex_parser *parser, size_t from, int min, int max,
		   size_t stacked)
{
	struct regex_frame *frame = top(parser);
	struct regex_node *node;
	bool swapped = regex_peek(parser, 0) == '?';

	parser->at += swapped;
	if (stacked != NO_OPERATOR)
		return regex_fail(parser, "invalid nested repetition operator",
				  stacked, parser->at);
	if (!frame->parts.count)
		return regex_fail(parser,
				  "missing argument to repetition operator",
				  from, parser->at);
	node = *vec_last(&frame->parts);
	if (!counts_fit(node, min, max))
		return regex_fail(parser, "invalid repeat count", from,
				  parser->at);
	node = repeat_node(parser, node, min, max);
	node->lazy ^= swapped;
	*vec_last(&frame->parts) = node;
	return node_fits(parser, node);
}

/* Digits without a leading zero; false: none.  -1 if there are too many. */
static bool scan_count(const struct regex_parser *parser, size_t *at,
		       int *count)
{
	size_t i = *at;
	int sum = 0;

	while (i < parser->len && parser->text[i] >= '0' &&
	       parser->text[i] <= '9') {
		if (sum < COUNT_HUGE)
			sum = sum * 10 + (parser->text[i] - '0');
		i++;
	}
	if (i == *at || (i > *at + 1 && parser->text[*at] == '0'))
		return false;
	*count = sum < COUNT_HUGE ? sum : -1;
	*at = i;
	return true;
}

/* {n} {n,} {n,m}; false: the bracket stands for itself. */
static bool scan_counts(struct regex_parser *parser, int *min, int *max)
{
	size_t at = parser->at + 1;

	if (!scan_count(parser, &at, min) || at == parser->len)
		return false;
	*max = *min;
	if (parser->text[at] == ',') {
		at++;
		*max = REGEX_NO_MAX;
		if (at < parser->len && parser->text[at] != '}') {
			if (!scan_count(parser, &at, max))
				return false;
			if (*max < 0)
				*min = -1;
		}
	}
	if (at == parser->len || parser->text[at] != '}')
		return false;
	parser->at = at + 1;
	return true;
}

static bool parse_counts(struct regex_parser *parser, size_t stacked,
			 bool *counted)
{
	size_t from = parser->at;
	int min, max;

	*counted = scan_counts(parser, &min, &max);
	if (!*counted) {
		parser->at++;
		return add_literal(parser, '{');
	}
	if (min < 0 || min > REPEAT_MAX || max > REPEAT_MAX ||
	    (max >= 0 && min > max))
		return regex_fail(parser, "invalid repeat count", from,
				  parser->at);
	return repeat(parser, from, min, max, stacked);
}

/* Groups and flags. */

static bool valid_name(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		      (c >= 'a' && c <= 'z') || c == '_'))
			return false;
	}
	return len > 0;
}

/* (?P<name> or (?<name>, whose name begins at `name`. */
static bool parse_named_group(struct regex_parser *parser, size_t name)
{
	const char *close = memchr(parser->text + parser->at, '>',
				   parser->len - parser->at);
	size_t from = parser->at, end;

	if (!close)
		return regex_check_utf8(parser, from, parser->len) &&
		       regex_fail(parser, "invalid named capture", from,
				  parser->len);
	end = (size_t)(close - parser->text);
	if (!regex_check_utf8(parser, name, end))
		return false;
	if (!valid_name(parser->text + name, end - name))
		return regex_fail(parser, "invalid named capture", from,
				  end + 1);
	open_group(parser, true);
	vec_push(parser->arena, &parser->names,
		 arena_strndup(parser->arena, parser->text + name, end - name));
	parser->at = end + 1;
	return true;
}

static unsigned flag_of(uint32_t c)
{
	switch (c) {
	case 'i':
		return REGEX_FLAG_FOLD;
	case 'm':
		return REGEX_FLAG_LINES;
	case 's':
		return REGEX_FLAG_NEWLINE;
	case 'U':
		return REGEX_FLAG_LAZY;
	}
	return 0;
}

/* (?flags) or (?flags:, at the bracket. */
static bool parse_flags(struct regex_parser *parser)
{
	size_t from = parser->at;
	unsigned flags = parser->flags;
	bool minus = false, wants_flag = false;
	uint32_t c;

	parser->at += 2;
	while (parser->at < parser->len) {
		if (!regex_next_rune(parser, &c))
			return false;
		if (flag_of(c)) {
			flags = minus ? flags & ~flag_of(c)
				      : flags | flag_of(c);
			wants_flag = false;
		} else if (c == '-' && !minus) {
			minus = wants_flag = true;
		} else if ((c == ':' || c == ')') && !wants_flag) {
			if (c == ':')
				open_group(parser, false);
			parser->flags = flags;
			return true;
		} else {
			break;
		}
	}
	return regex_fail(parser, "invalid or unsupported Perl syntax", from,
			  parser->at);
}

static bool parse_open(struct regex_parser *parser)
{
	if (regex_peek(parser, 1) != '?') {
		parser->at++;
		open_group(parser, true);
		vec_push(parser->arena, &parser->names, "");
		return true;
	}
	if (regex_peek(parser, 2) == 'P' && regex_peek(parser, 3) == '<' &&
	    regex_peek(parser, 4) >= 0)
		return parse_named_group(parser, parser->at + 4);
	if (regex_peek(parser, 2) == '<' && regex_peek(parser, 3) >= 0)
		return parse_named_group(parser, parser->at + 3);
	return parse_flags(parser);
}

static bool parse_close(struct regex_parser *parser)
{
	struct regex_node *node;

	if (parser->frames.count == 1)
		return fail_whole(parser, "unexpected )");
	node = close_group(parser);
	if (!node)
		return false;
	add_part(parser, node);
	parser->at++;
	return true;
}

/* \Q to \E or to the end: no character of it is special. */
static bool parse_quoted(struct regex_parser *parser)
{
	size_t end = parser->at + 2, behind;
	uint32_t rune;

	parser->at = end;
	while (end < parser->len &&
	       (parser->text[end] != '\\' || end + 1 == parser->len ||
		parser->text[end + 1] != 'E'))
		end++;
	behind = end < parser->len ? end + 2 : end;
	if (!regex_check_utf8(parser, parser->at, end))
		return false;
	while (parser->at < end) {
		if (!regex_next_rune(parser, &rune) ||
		    !add_literal(parser, rune))
			return false;
	}
	parser->at = behind;
	return true;
}

static bool parse_backslash(struct regex_parser *parser)
{
	struct rune_set set = { 0 };
	uint32_t rune;

	switch (regex_peek(parser, 1)) {
	case 'A':
		return add_edge(parser, REGEX_TEXT_BEGIN, 2);
	case 'z':
		return add_edge(parser, REGEX_TEXT_END, 2);
	case 'b':
		return add_edge(parser, REGEX_WORD_EDGE, 2);
	case 'B':
		return add_edge(parser, REGEX_NO_WORD_EDGE, 2);
	case 'Q':
		return parse_quoted(parser);
	}
	if (regex_at_unicode_class(parser))
		return regex_parse_unicode_class(parser, &set) &&
		       (rune_set_clean(&set), regex_add_set(parser, &set));
	if (regex_parse_perl_class(parser, &set)) {
		rune_set_clean(&set);
		return regex_add_set(parser, &set);
	}
	return regex_parse_escape(parser, &rune) && add_literal(parser, rune);
}

/* One item; `*stacked_at` is where a repetition began, or NO_OPERATOR. */
static bool parse_item(struct regex_parser *parser, size_t *stacked_at)
{
	bool lines = (parser->flags & REGEX_FLAG_LINES) != 0, counted;
	size_t from = parser->at, stacked = *stacked_at;
	uint32_t rune;

	*stacked_at = NO_OPERATOR;
	switch (regex_peek(parser, 0)) {
	case '(':
		return parse_open(parser);
	case ')':
		return parse_close(parser);
	case '|':
		parser->at++;
		return end_alternative(parser);
	case '^':
		return add_edge(parser,
				lines ? REGEX_LINE_BEGIN : REGEX_TEXT_BEGIN, 1);
	case '$':
		return add_edge(parser, lines ? REGEX_LINE_END : REGEX_TEXT_END,
				1);
	case '.':
		return add_dot(parser);
	case '[':
		return regex_parse_class(parser);
	case '*':
	case '+':
	case '?':
		*stacked_at = from;
		parser->at++;
		return repeat(parser, from, parser->text[from] == '+',
			      parser->text[from] == '?' ? 1 : REGEX_NO_MAX,
			      stacked);
	case '{':
		if (!parse_counts(parser, stacked, &counted))
			return false;
		if (counted)
			*stacked_at = from;
		return true;
	case '\\':
		return parse_backslash(parser);
	}
	return regex_next_rune(parser, &rune) && add_literal(parser, rune);
}

bool regex_parse(struct arena *arena, const char *pattern, size_t len,
		 struct regex_syntax *syntax, const char **error)
{
	struct regex_parser parser = {
		.arena = arena, .text = pattern, .len = len, .error = error
	};
	size_t stacked_at = NO_OPERATOR;

	open_group(&parser, false);
	vec_push(arena, &parser.names, "");
	while (parser.at < len) {
		if (!parse_item(&parser, &stacked_at))
			return false;
	}
	if (parser.frames.count > 1)
		return fail_whole(&parser, "missing closing )");
	syntax->root = close_group(&parser);
	syntax->names = parser.names.items;
	syntax->groups = parser.groups;
	return syntax->root != NULL;
}
