#include "compiler/jsonpath.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/json.h"
#include "model/value.h"

enum {
	DEPTH_MAX = 64
};

VEC_TYPE(nodes, const struct value *);

struct run {
	struct arena *arena;
	struct str *out;
	const struct value *root;
	const char *at;
	const char **problem; /* the template is none */
	bool failed;          /* an expression asks for what cannot be */
	int depth;
};

static bool steps(struct run *run, struct nodes *nodes);

static bool refuse(struct run *run, const char *why)
{
	if (!*run->problem)
		*run->problem = why;
	return false;
}

static void add(struct run *run, struct nodes *nodes, const struct value *value)
{
	vec_push(run->arena, nodes, value);
}

static void skip_blanks(struct run *run)
{
	run->at += strspn(run->at, " \t\n");
}

/* Entries of a map by name, items of a list. */
static void children(struct run *run, const struct value *of,
		     struct nodes *into)
{
	size_t count = value_count(of), i;
	struct value_entry **sorted;

	if (value_is_map(of)) {
		sorted = value_sorted(run->arena, of);
		for (i = 0; i < count; i++)
			add(run, into, sorted[i]->value);
	}
	for (i = 0; value_is_list(of) && i < count; i++)
		add(run, into, value_item(of, i));
}

static void descendants(struct run *run, const struct value *of,
			struct nodes *into, int depth)
{
	struct nodes below = { 0 };
	size_t i;

	add(run, into, of);
	if (depth > DEPTH_MAX)
		return;
	children(run, of, &below);
	for (i = 0; i < below.count; i++)
		descendants(run, below.items[i], into, depth + 1);
}

/* A field; `anywhere` is behind "..", where nodes that have none pass. */
static void field(struct run *run, struct nodes *nodes, const char *key,
		  size_t len, bool anywhere)
{
	struct nodes found = { 0 };
	size_t i;

	for (i = 0; i < nodes->count; i++) {
		const struct value *value = nodes->items[i];
		const struct value *next = value_getn(value, key, len);

		if (next)
			add(run, &found, next);
		else if (!anywhere)
			run->failed = true;
	}
	*nodes = found;
}

static void wildcard(struct run *run, struct nodes *nodes)
{
	struct nodes found = { 0 };
	size_t i;

	for (i = 0; i < nodes->count; i++)
		children(run, nodes->items[i], &found);
	*nodes = found;
}

/* .key, .* or ..key */
static bool dotted(struct run *run, struct nodes *nodes)
{
	struct nodes all = { 0 };
	bool anywhere = run->at[1] == '.';
	struct str key;
	size_t i;

	run->at += anywhere ? 2 : 1;
	if (anywhere) {
		for (i = 0; i < nodes->count; i++)
			descendants(run, nodes->items[i], &all, 0);
		*nodes = all;
	}
	if (*run->at == '*') {
		run->at++;
		wildcard(run, nodes);
		return true;
	}
	str_init(&key, run->arena);
	for (; *run->at && !strchr(".[]{} )=<>!,|\t\n", *run->at); run->at++) {
		run->at += *run->at == '\\' && run->at[1];
		str_putc(&key, *run->at);
	}
	if (key.len)
		field(run, nodes, key.text, key.len, anywhere);
	return true;
}

/* A number of [a:b:c] into `*number`; false: there is none. */
static bool bound(struct run *run, int64_t *number)
{
	size_t len = strspn(run->at, "-0123456789");
	bool given = number_parse_int(run->at, len, 10, number) == NUMBER_OK;

	run->at += len;
	return given;
}

/* [N], [A:B], [A:B:STEP]; one number beyond the list fails. */
static bool indexes(struct run *run, const struct nodes *nodes,
		    struct nodes *found)
{
	int64_t begin = 0, end = 0, step = 1;
	const char *from = run->at;
	bool first = bound(run, &begin), range = *run->at == ':', last = false;
	size_t i;

	if (range) {
		run->at++;
		last = bound(run, &end);
		if (*run->at == ':') {
			run->at++;
			if (!bound(run, &step))
				step = 1;
		}
	}
	if ((!first && !range) || !strchr(",]", *run->at) || step < 1)
		return refuse(run,
			      arena_printf(run->arena,
					   "invalid array index %.*s",
					   (int)strcspn(from, ",]"), from));
	for (i = 0; i < nodes->count; i++) {
		int64_t count = (int64_t)value_count(nodes->items[i]);
		int64_t at = begin < 0 ? begin + count : begin;
		int64_t to = !range  ? at + 1
			     : !last ? count
				     : end + (end < 0 ? count : 0);

		run->failed |= !value_is_list(nodes->items[i]) || at < 0 ||
			       to > count || (!range && to <= at);
		for (; !run->failed && at < to; at += step)
			add(run, found,
			    value_item(nodes->items[i], (size_t)at));
	}
	return true;
}

/* An operand of a filter: a path, or a text, number or boolean. */
static bool operand(struct run *run, const struct value *item,
		    struct nodes *nodes)
{
	char quote = *run->at;
	struct value *value;
	double real;
	size_t len;

	skip_blanks(run);
	quote = *run->at;
	if (quote == '@' || quote == '$' || quote == '.') {
		run->at += quote != '.';
		add(run, nodes, quote == '$' ? run->root : item);
		return steps(run, nodes);
	}
	if (quote == '"' || quote == '\'') {
		len = strcspn(++run->at, quote == '"' ? "\"" : "'");
		add(run, nodes,
		    value_new_string(run->arena, NULL, run->at, len));
		run->at += len + (run->at[len] == quote);
		return true;
	}
	len = strcspn(run->at, " )=<>!\t\n");
	if (number_parse_float(run->at, len, &real) == NUMBER_OK) {
		value = value_new_float(run->arena, NULL, real);
		/* A whole number is no float, and those differ for kubectl. */
		if (strcspn(run->at, ".eE") >= len)
			value->type = VALUE_TYPE_INT;
	} else {
		value = value_new_bool(run->arena, NULL, *run->at == 't');
	}
	add(run, nodes, value);
	run->at += len;
	return true;
}

/* Under 0, 0 or above; false: these two cannot be compared. */
static bool compare(const struct value *a, const struct value *b, int *order)
{
	size_t len = a->len < b->len ? a->len : b->len;

	if (a->kind != b->kind || a->type != b->type)
		return false;
	*order = 0;
	if (value_is_string(a)) {
		*order = len ? memcmp(a->string, b->string, len) : 0;
		if (!*order)
			*order = (a->len > b->len) - (a->len < b->len);
	} else if (a->kind == VALUE_FLOAT) {
		*order = (a->real > b->real) - (a->real < b->real);
	} else if (value_is_bool(a)) {
		*order = a->boolean - b->boolean;
	} else {
		return false;
	}
	return true;
}

static bool passes(struct run *run, const char *operator,
		   const struct nodes * left, const struct nodes *right)
{
	int order;

	if (!*operator)
		return left->count > 0;
	if (!left->count || !right->count)
		return false;
	if (left->count > 1 ||
	    !compare(left->items[0], right->items[0], &order)) {
		run->failed = true;
		return false;
	}
	switch (*operator) {
	case '<':
		return order < 0 || (operator[1] == '=' && !order);
	case '>':
		return order > 0 || (operator[1] == '=' && !order);
	case '!':
		return order != 0;
	}
	return order == 0;
}

/* [?(LEFT OPERATOR RIGHT)] */
static bool filter(struct run *run, const struct nodes *nodes,
		   struct nodes *found)
{
	struct nodes all = *nodes;
	const char *from = run->at + 2;
	size_t i;

	wildcard(run, &all);
	if (!all.count)
		run->at += strcspn(run->at, "]");
	for (i = 0; i < all.count; i++) {
		struct nodes left = { 0 }, right = { 0 };
		char operator[3] = "";
		bool failed = run->failed;
		size_t len;

		run->at = from;
		if (!operand(run, all.items[i], &left))
			return false;
		skip_blanks(run);
		len = strspn(run->at, "=<>!");
		memcpy(operator, run->at, len < 2 ? len : 2);
		run->at += len;
		if (!len)
			run->failed = failed; /* asks for no more than that */
		else if (!operand(run, all.items[i], &right))
			return false;
		if (passes(run, operator, & left, &right))
			add(run, found, all.items[i]);
		skip_blanks(run);
		if (*run->at != ')')
			return refuse(run, "unterminated filter");
		run->at++;
	}
	return true;
}

static bool bracket(struct run *run, struct nodes *nodes)
{
	struct nodes found = { 0 };

	do {
		run->at++;
		if (*run->at == '\'') {
			size_t len = strcspn(++run->at, "'");
			struct nodes here = *nodes;

			field(run, &here, run->at, len, false);
			for (size_t i = 0; i < here.count; i++)
				add(run, &found, here.items[i]);
			run->at += len + (run->at[len] == '\'');
		} else if (*run->at == '*') {
			run->at++;
			found = *nodes;
			wildcard(run, &found);
		} else if (strncmp(run->at, "?(", 2) == 0) {
			if (!filter(run, nodes, &found))
				return false;
		} else if (!indexes(run, nodes, &found)) {
			return false;
		}
	} while (*run->at == ',');
	if (*run->at != ']')
		return refuse(run, "unterminated array");
	run->at++;
	*nodes = found;
	return true;
}

static bool steps(struct run *run, struct nodes *nodes)
{
	for (;;) {
		if (*run->at == '.' && !dotted(run, nodes))
			return false;
		if (*run->at == '[' && !bracket(run, nodes))
			return false;
		if (*run->at != '.' && *run->at != '[')
			return true;
	}
}

static bool path(struct run *run, const struct value *current,
		 struct nodes *nodes)
{
	bool root = *run->at == '$';

	run->at += root || *run->at == '@';
	add(run, nodes, root ? run->root : current);
	return steps(run, nodes);
}

static void put_nodes(struct run *run, const struct nodes *nodes, bool whole)
{
	const char *error;
	size_t i;

	for (i = 0; i < nodes->count; i++) {
		const struct value *value = nodes->items[i];

		if (i)
			str_putc(run->out, ' ');
		if (value_is_string(value))
			str_put(run->out, value->string, value->len);
		else if (whole && value_is_null(value))
			str_puts(run->out, "<no value>");
		else if (!json_write(run->out, value, NULL, NULL, &error))
			run->failed = true;
	}
}

static bool put_literal(struct run *run)
{
	char quote = *run->at++;

	for (; *run->at && *run->at != quote; run->at++) {
		static const char letters[] = "ntr", bytes[] = "\n\t\r";
		const char *known;

		if (*run->at != '\\' || !run->at[1]) {
			str_putc(run->out, *run->at);
			continue;
		}
		known = strchr(letters, *++run->at);
		str_putc(run->out, known ? bytes[known - letters] : *run->at);
	}
	if (!*run->at)
		return refuse(run, "unterminated quoted string");
	run->at++;
	return true;
}

static bool put_all(struct run *run, const struct value *current, bool inside);

/* To the end of a range over nothing, without a trace. */
static bool pass_range(struct run *run)
{
	bool failed = run->failed, good;
	struct str *out = run->out, unseen;

	str_init(&unseen, run->arena);
	run->out = &unseen;
	good = put_all(run, run->root, true);
	run->out = out;
	run->failed = failed;
	return good;
}

/* {range PATH}...{end}: the text is gone through for each node. */
static bool put_range(struct run *run, const struct value *current)
{
	struct nodes nodes = { 0 };
	const char *body;
	size_t i;

	run->at += 5;
	skip_blanks(run);
	if (!path(run, current, &nodes))
		return false;
	skip_blanks(run);
	if (*run->at++ != '}')
		return refuse(run, "unclosed action");
	if (++run->depth > DEPTH_MAX)
		return refuse(run, "ranges are nested too deeply");
	body = run->at;
	for (i = 0; i < nodes.count; i++) {
		run->at = body;
		if (!put_all(run, nodes.items[i], true))
			return false;
	}
	run->depth--;
	return nodes.count || pass_range(run);
}

/* Up to the end of the text, or to {end}. */
static bool put_all(struct run *run, const struct value *current, bool inside)
{
	while (*run->at) {
		struct nodes nodes = { 0 };
		bool whole;

		if (*run->at != '{') {
			str_putc(run->out, *run->at++);
			continue;
		}
		run->at++;
		skip_blanks(run);
		if (strncmp(run->at, "end", 3) == 0 && inside) {
			run->at += 3 + strcspn(run->at + 3, "}");
			run->at += *run->at == '}';
			return true;
		}
		if (strncmp(run->at, "range", 5) == 0) {
			if (!put_range(run, current))
				return false;
			continue;
		}
		whole = run->at[0] == '@' && run->at[1] == '}';
		if (*run->at == '"' || *run->at == '\'') {
			if (!put_literal(run))
				return false;
		} else if (!path(run, current, &nodes)) {
			return false;
		}
		skip_blanks(run);
		if (*run->at != '}')
			return refuse(run, *run->at ? "unrecognized character "
						      "in action"
						    : "unclosed action");
		run->at++;
		put_nodes(run, &nodes, whole);
	}
	return !inside || refuse(run, "not in range, nothing to end");
}

bool jsonpath_put(struct arena *arena, struct str *out, const char *text,
		  const struct value *root, const char **problem)
{
	struct run run = {
		.arena = arena, .root = root, .at = text, .problem = problem
	};
	struct str printed;

	*problem = NULL;
	str_init(&printed, arena);
	run.out = &printed;
	if (!put_all(&run, root, false))
		return false;
	if (!run.failed)
		str_put(out, printed.text, printed.len);
	return true;
}
