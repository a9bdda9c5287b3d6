#include "base/regex_syntax.h"

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

enum {
	FLAG_FOLD = 1,    /* i */
	FLAG_LINES = 2,   /* m */
	FLAG_NEWLINE = 4, /* s */
	FLAG_LAZY = 8     /* U */
};

VEC_TYPE(node_list, struct regex_node *);

/* A group that is still open, or the whole pattern. */
struct frame {
	struct node_list parts;   /* of the alternative at hand */
	struct node_list choices; /* the alternatives before it */
	size_t group;             /* 0: does not capture */
	unsigned flags;           /* to go back to behind it */
};

struct parser {
	struct arena *arena;
	const char *text;
	size_t len;
	size_t at;
	unsigned flags;
	size_t groups;
	uint64_t set_runes;
	VEC(struct frame) frames;
	VEC(const char *) names;
	const char **error;
};

/* Report in Go's words, with bytes [from, to) of the pattern; false. */
static bool fail(struct parser *parser, const char *what, size_t from,
		 size_t to)
{
	*parser->error = arena_printf(
		parser->arena, "error parsing regexp: %s: `%s`", what,
		arena_strndup(parser->arena, parser->text + from, to - from));
	return false;
}

static bool fail_whole(struct parser *parser, const char *what)
{
	return fail(parser, what, 0, parser->len);
}

/* Decode the character at `at` and go behind it; false: bad UTF-8. */
static bool next_rune(struct parser *parser, uint32_t *rune)
{
	size_t size;

	*rune = utf8_decode(parser->text + parser->at, parser->len - parser->at,
			    &size);
	if (*rune == UTF8_REPLACEMENT && size == 1)
		return fail(parser, "invalid UTF-8", parser->at, parser->len);
	parser->at += size;
	return true;
}

/* Like Go, name the text from the first bad byte on, up to `end`. */
static bool check_utf8(struct parser *parser, size_t from, size_t end)
{
	size_t size, at;

	for (at = from; at < end; at += size) {
		if (utf8_decode(parser->text + at, end - at, &size) ==
			    UTF8_REPLACEMENT &&
		    size == 1)
			return fail(parser, "invalid UTF-8", at, end);
	}
	return true;
}

static int peek(const struct parser *parser, size_t ahead)
{
	size_t at = parser->at + ahead;

	return at < parser->len ? (unsigned char)parser->text[at] : -1;
}

static struct frame *top(struct parser *parser)
{
	return vec_last(&parser->frames);
}

/* Trees. */

static struct regex_node *node_new(struct parser *parser, enum regex_op op)
{
	struct regex_node *node = arena_zalloc(parser->arena, sizeof(*node));

	node->op = op;
	node->height = 1;
	node->size = 1;
	node->repeats = 1;
	node->nullable = op != REGEX_LITERAL && op != REGEX_SET;
	return node;
}

static bool node_fits(struct parser *parser, const struct regex_node *node)
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

static void add_part(struct parser *parser, struct regex_node *node)
{
	vec_push(parser->arena, &top(parser)->parts, node);
}

static void list_to_node(struct regex_node *node, const struct node_list *list)
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
static struct regex_node *join(struct parser *parser, enum regex_op op,
			       const struct node_list *list)
{
	struct node_list flat = { 0 };
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

static bool end_alternative(struct parser *parser)
{
	struct frame *frame = top(parser);
	struct regex_node *node = join(parser, REGEX_CONCAT, &frame->parts);

	if (!node)
		return false;
	vec_push(parser->arena, &frame->choices, node);
	memset(&frame->parts, 0, sizeof(frame->parts));
	return true;
}

static void open_group(struct parser *parser, bool captures)
{
	struct frame frame = { .flags = parser->flags };

	if (captures)
		frame.group = ++parser->groups;
	vec_push(parser->arena, &parser->frames, frame);
}

/* The node of the innermost group, which is closed; NULL if it is too big. */
static struct regex_node *close_group(struct parser *parser)
{
	struct regex_node *node, *sub;
	struct frame *frame;

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

static bool add_set(struct parser *parser, struct rune_set *set)
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

static bool add_literal(struct parser *parser, uint32_t rune)
{
	struct regex_node *node;

	if ((parser->flags & FLAG_FOLD) && rune_fold(rune) != rune) {
		struct rune_set set = { 0 };

		rune_set_add_folded(parser->arena, &set, rune, rune);
		rune_set_clean(&set);
		return add_set(parser, &set);
	}
	node = node_new(parser, REGEX_LITERAL);
	node->rune = rune;
	add_part(parser, node);
	return true;
}

static bool add_edge(struct parser *parser, enum regex_op op, size_t skip)
{
	add_part(parser, node_new(parser, op));
	parser->at += skip;
	return true;
}

static bool add_dot(struct parser *parser)
{
	struct rune_set set = { 0 };

	if (!(parser->flags & FLAG_NEWLINE))
		rune_set_add(parser->arena, &set, '\n', '\n');
	rune_set_negate(parser->arena, &set);
	parser->at++;
	return add_set(parser, &set);
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

static struct regex_node *repeat_node(struct parser *parser,
				      struct regex_node *sub, int min, int max)
{
	struct regex_node *node = node_new(parser, REGEX_REPEAT);
	int times = max < 0 ? min : max;

	node->min = min;
	node->max = max;
	node->lazy = (parser->flags & FLAG_LAZY) != 0;
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

static bool repeat(struct parser *parser, size_t from, int min, int max,
		   size_t stacked)
{
	struct frame *frame = top(parser);
	struct regex_node *node;
	bool swapped = peek(parser, 0) == '?';

	parser->at += swapped;
	if (stacked != NO_OPERATOR)
		return fail(parser, "invalid nested repetition operator",
			    stacked, parser->at);
	if (!frame->parts.count)
		return fail(parser, "missing argument to repetition operator",
			    from, parser->at);
	node = *vec_last(&frame->parts);
	if (!counts_fit(node, min, max))
		return fail(parser, "invalid repeat count", from, parser->at);
	node = repeat_node(parser, node, min, max);
	node->lazy ^= swapped;
	*vec_last(&frame->parts) = node;
	return node_fits(parser, node);
}

/* Digits without a leading zero; false: none.  -1 if there are too many. */
static bool scan_count(const struct parser *parser, size_t *at, int *count)
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
static bool scan_counts(struct parser *parser, int *min, int *max)
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

static bool parse_counts(struct parser *parser, size_t stacked, bool *counted)
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
		return fail(parser, "invalid repeat count", from, parser->at);
	return repeat(parser, from, min, max, stacked);
}

/* Escapes and classes. */

static int hex_value(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (int)(c - 'a') + 10 : -1;
}

static bool is_octal(int c)
{
	return c >= '0' && c <= '7';
}

static bool bad_escape(struct parser *parser, size_t from)
{
	return fail(parser, "invalid escape sequence", from, parser->at);
}

/* \x{10FFFF}, at the brace. */
static bool parse_braced_hex(struct parser *parser, size_t from, uint32_t *rune)
{
	size_t digits = 0;
	uint32_t c;

	parser->at++;
	for (*rune = 0;; digits++) {
		if (peek(parser, 0) < 0)
			return bad_escape(parser, from);
		if (!next_rune(parser, &c))
			return false;
		if (c == '}')
			break;
		if (hex_value(c) < 0)
			return bad_escape(parser, from);
		*rune = *rune * 16 + (uint32_t)hex_value(c);
		if (*rune > RUNE_LAST)
			return bad_escape(parser, from);
	}
	return digits > 0 || bad_escape(parser, from);
}

/* \x41, behind the x; as in Go, both characters are read before either. */
static bool parse_hex(struct parser *parser, size_t from, uint32_t *rune)
{
	uint32_t high, low = 0;

	if (peek(parser, 0) == '{')
		return parse_braced_hex(parser, from, rune);
	if (peek(parser, 0) < 0)
		return bad_escape(parser, from);
	if (!next_rune(parser, &high) ||
	    (peek(parser, 0) >= 0 && !next_rune(parser, &low)))
		return false;
	if (hex_value(high) < 0 || hex_value(low) < 0)
		return bad_escape(parser, from);
	*rune = (uint32_t)(hex_value(high) * 16 + hex_value(low));
	return true;
}

/* An escape that stands for one character. */
static bool parse_escape(struct parser *parser, uint32_t *rune)
{
	static const char letters[] = "afnrtv", meant[] = "\a\f\n\r\t\v";
	size_t from = parser->at++;
	const char *letter;
	uint32_t c;

	if (parser->at == parser->len)
		return fail(parser, "trailing backslash at end of expression",
			    parser->len, parser->len);
	if (!next_rune(parser, &c))
		return false;
	/* A digit alone would be a back-reference. */
	if (c == '0' ||
	    (c < 0x80 && is_octal((int)c) && is_octal(peek(parser, 0)))) {
		*rune = c - '0';
		for (int i = 0; i < 2 && is_octal(peek(parser, 0)); i++)
			*rune = *rune * 8 +
				(uint32_t)(parser->text[parser->at++] - '0');
		return true;
	}
	if (c == 'x')
		return parse_hex(parser, from, rune);
	if (c && c < 0x80 && (letter = strchr(letters, (int)c))) {
		*rune = (uint32_t)meant[letter - letters];
		return true;
	}
	if (c >= 0x80 || (c >= '0' && c <= '9') || hex_value(c) >= 0 ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
		return bad_escape(parser, from);
	*rune = c;
	return true;
}

/* Put a named set into a class: folded first and negated then, as in Go. */
static void merge_set(struct parser *parser, struct rune_set *class,
		      struct rune_set *part, bool negated)
{
	rune_set_clean(part);
	if (parser->flags & FLAG_FOLD)
		rune_set_fold(parser->arena, part);
	if (negated)
		rune_set_negate(parser->arena, part);
	for (size_t i = 0; i < part->count; i++)
		rune_set_add(parser->arena, class, part->items[i].first,
			     part->items[i].last);
}

/* Pairs of first and last characters. */
static const struct named_set {
	const char *name;
	const char *pairs;
	size_t len;
} named_sets[] = {
#define NAMED(name, pairs)                                                     \
	{                                                                      \
		name, pairs, sizeof(pairs) - 1                                 \
	}
	NAMED("alnum", "09AZaz"),
	NAMED("alpha", "AZaz"),
	NAMED("ascii", "\0\x7f"),
	NAMED("blank", "\t\t  "),
	NAMED("cntrl", "\0\x1f\x7f\x7f"),
	NAMED("digit", "09"),
	NAMED("graph", "!~"),
	NAMED("lower", "az"),
	NAMED("print", " ~"),
	NAMED("punct", "!/:@[`{~"),
	NAMED("space", "\t\r  "),
	NAMED("upper", "AZ"),
	NAMED("word", "09AZaz__"),
	NAMED("xdigit", "09AFaf"),
	NAMED("d", "09"),
	NAMED("s", "\t\n\f\r  "),
	NAMED("w", "09AZaz__"),
#undef NAMED
	{ NULL, NULL, 0 }
};

static bool merge_named(struct parser *parser, struct rune_set *class,
			const char *name, size_t len, bool negated)
{
	const struct named_set *row = named_sets;
	struct rune_set part = { 0 };

	while (row->name &&
	       (strlen(row->name) != len || memcmp(row->name, name, len) != 0))
		row++;
	if (!row->name)
		return false;
	for (size_t i = 0; i < row->len; i += 2)
		rune_set_add(parser->arena, &part, (unsigned char)row->pairs[i],
			     (unsigned char)row->pairs[i + 1]);
	merge_set(parser, class, &part, negated);
	return true;
}

/* \d \D \s \S \w \W; false: something else. */
static bool parse_perl_class(struct parser *parser, struct rune_set *class)
{
	int letter = peek(parser, 1);
	char name = (char)(letter | 0x20);

	if (peek(parser, 0) != '\\' || letter < 0 ||
	    !memchr("dDsSwW", letter, 6))
		return false;
	merge_named(parser, class, &name, 1, letter != name);
	parser->at += 2;
	return true;
}

/* \pL \p{Greek} \P{^Greek}, at the letter p. */
static bool parse_unicode_class(struct parser *parser, struct rune_set *class)
{
	size_t from = parser->at, name, end;
	bool negated = peek(parser, 1) == 'P';
	struct rune_set part = { 0 };
	uint32_t c;

	parser->at += 2;
	name = parser->at;
	if (!next_rune(parser, &c))
		return false;
	end = parser->at;
	if (c == '{' && end > name) {
		const char *close =
			memchr(parser->text + end, '}', parser->len - end);

		name = end;
		if (!close)
			return check_utf8(parser, from, parser->len) &&
			       fail(parser, "invalid character class range",
				    from, parser->len);
		end = (size_t)(close - parser->text);
		parser->at = end + 1;
		if (!check_utf8(parser, name, end))
			return false;
	}
	if (name < end && parser->text[name] == '^') {
		negated = !negated;
		name++;
	}
	if (!rune_set_add_named(parser->arena, &part, parser->text + name,
				end - name))
		return fail(parser, "invalid character class range", from,
			    parser->at);
	merge_set(parser, class, &part, negated);
	return true;
}

static bool at_unicode_class(const struct parser *parser)
{
	return peek(parser, 0) == '\\' &&
	       (peek(parser, 1) == 'p' || peek(parser, 1) == 'P');
}

/* [:alpha:] or [:^alpha:]; `*found` is false if it is none of these. */
static bool parse_posix_class(struct parser *parser, struct rune_set *class,
			      bool *found)
{
	const char *text = parser->text;
	size_t name = parser->at + 2, end;
	bool negated;

	*found = false;
	if (peek(parser, 0) != '[' || peek(parser, 1) != ':')
		return true;
	for (end = name; end + 1 < parser->len; end++) {
		if (text[end] == ':' && text[end + 1] == ']')
			break;
	}
	if (end + 1 >= parser->len)
		return true;
	negated = name < end && text[name] == '^';
	if (end - name - negated < 2 ||
	    !merge_named(parser, class, text + name + negated,
			 end - name - negated, negated))
		return fail(parser, "invalid character class range", name - 2,
			    end + 2);
	parser->at = end + 2;
	*found = true;
	return true;
}

static bool parse_class_char(struct parser *parser, size_t class_at,
			     uint32_t *rune)
{
	if (parser->at == parser->len)
		return fail(parser, "missing closing ]", class_at, parser->len);
	if (peek(parser, 0) == '\\')
		return parse_escape(parser, rune);
	return next_rune(parser, rune);
}

/* A character or a range of them. */
static bool parse_class_range(struct parser *parser, struct rune_set *class,
			      size_t class_at)
{
	size_t from = parser->at;
	uint32_t first, last;

	if (!parse_class_char(parser, class_at, &first))
		return false;
	last = first;
	if (peek(parser, 0) == '-' && peek(parser, 1) >= 0 &&
	    peek(parser, 1) != ']') {
		parser->at++;
		if (!parse_class_char(parser, class_at, &last))
			return false;
		if (last < first)
			return fail(parser, "invalid character class range",
				    from, parser->at);
	}
	if (parser->flags & FLAG_FOLD)
		rune_set_add_folded(parser->arena, class, first, last);
	else
		rune_set_add(parser->arena, class, first, last);
	return true;
}

static bool parse_class(struct parser *parser)
{
	size_t class_at = parser->at++;
	struct rune_set class = { 0 };
	bool negated = peek(parser, 0) == '^', first = true, found;

	parser->at += negated;
	for (; first || peek(parser, 0) != ']'; first = false) {
		if (!parse_posix_class(parser, &class, &found))
			return false;
		if (found || parse_perl_class(parser, &class))
			continue;
		if (at_unicode_class(parser)) {
			if (!parse_unicode_class(parser, &class))
				return false;
		} else if (!parse_class_range(parser, &class, class_at)) {
			return false;
		}
	}
	parser->at++;
	rune_set_clean(&class);
	if (negated)
		rune_set_negate(parser->arena, &class);
	return add_set(parser, &class);
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
static bool parse_named_group(struct parser *parser, size_t name)
{
	const char *close = memchr(parser->text + parser->at, '>',
				   parser->len - parser->at);
	size_t from = parser->at, end;

	if (!close)
		return check_utf8(parser, from, parser->len) &&
		       fail(parser, "invalid named capture", from, parser->len);
	end = (size_t)(close - parser->text);
	if (!check_utf8(parser, name, end))
		return false;
	if (!valid_name(parser->text + name, end - name))
		return fail(parser, "invalid named capture", from, end + 1);
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
		return FLAG_FOLD;
	case 'm':
		return FLAG_LINES;
	case 's':
		return FLAG_NEWLINE;
	case 'U':
		return FLAG_LAZY;
	}
	return 0;
}

/* (?flags) or (?flags:, at the bracket. */
static bool parse_flags(struct parser *parser)
{
	size_t from = parser->at;
	unsigned flags = parser->flags;
	bool minus = false, wants_flag = false;
	uint32_t c;

	parser->at += 2;
	while (parser->at < parser->len) {
		if (!next_rune(parser, &c))
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
	return fail(parser, "invalid or unsupported Perl syntax", from,
		    parser->at);
}

static bool parse_open(struct parser *parser)
{
	if (peek(parser, 1) != '?') {
		parser->at++;
		open_group(parser, true);
		vec_push(parser->arena, &parser->names, "");
		return true;
	}
	if (peek(parser, 2) == 'P' && peek(parser, 3) == '<' &&
	    peek(parser, 4) >= 0)
		return parse_named_group(parser, parser->at + 4);
	if (peek(parser, 2) == '<' && peek(parser, 3) >= 0)
		return parse_named_group(parser, parser->at + 3);
	return parse_flags(parser);
}

static bool parse_close(struct parser *parser)
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
static bool parse_quoted(struct parser *parser)
{
	size_t end = parser->at + 2, behind;
	uint32_t rune;

	parser->at = end;
	while (end < parser->len &&
	       (parser->text[end] != '\\' || end + 1 == parser->len ||
		parser->text[end + 1] != 'E'))
		end++;
	behind = end < parser->len ? end + 2 : end;
	if (!check_utf8(parser, parser->at, end))
		return false;
	while (parser->at < end) {
		if (!next_rune(parser, &rune) || !add_literal(parser, rune))
			return false;
	}
	parser->at = behind;
	return true;
}

static bool parse_backslash(struct parser *parser)
{
	struct rune_set set = { 0 };
	uint32_t rune;

	switch (peek(parser, 1)) {
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
	if (at_unicode_class(parser))
		return parse_unicode_class(parser, &set) &&
		       (rune_set_clean(&set), add_set(parser, &set));
	if (parse_perl_class(parser, &set)) {
		rune_set_clean(&set);
		return add_set(parser, &set);
	}
	return parse_escape(parser, &rune) && add_literal(parser, rune);
}

/* One item; `*stacked_at` is where a repetition began, or NO_OPERATOR. */
static bool parse_item(struct parser *parser, size_t *stacked_at)
{
	bool lines = (parser->flags & FLAG_LINES) != 0, counted;
	size_t from = parser->at, stacked = *stacked_at;
	uint32_t rune;

	*stacked_at = NO_OPERATOR;
	switch (peek(parser, 0)) {
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
		return parse_class(parser);
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
	return next_rune(parser, &rune) && add_literal(parser, rune);
}

bool regex_parse(struct arena *arena, const char *pattern, size_t len,
		 struct regex_syntax *syntax, const char **error)
{
	struct parser parser = {
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
