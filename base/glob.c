#include "base/glob.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"

/* A pattern, or a part of one, that is being read. */
struct cursor {
	const char *at;
	const char *end;
};

static uint32_t take_rune(struct cursor *cursor)
{
	size_t size;
	uint32_t rune = utf8_decode(cursor->at,
				    (size_t)(cursor->end - cursor->at), &size);

	cursor->at += size;
	return rune;
}

static bool looks_at(const struct cursor *cursor, char byte)
{
	return cursor->at < cursor->end && *cursor->at == byte;
}

/*
 * class = "[" ["^"] item { item } "]"
 * item  = char [ "-" char ]
 * char  = any but "-", "]", "\" | "\" any
 */
static bool class_char(struct cursor *pattern, uint32_t *rune)
{
	const char *begin;

	if (pattern->at == pattern->end || looks_at(pattern, '-') ||
	    looks_at(pattern, ']'))
		return false;
	if (looks_at(pattern, '\\') && ++pattern->at == pattern->end)
		return false;
	begin = pattern->at;
	*rune = take_rune(pattern);
	if (*rune == UTF8_REPLACEMENT && pattern->at - begin == 1)
		return false;
	/* Go wants something behind it, if only the bracket. */
	return pattern->at < pattern->end;
}

/* The cursor is behind "["; false if malformed. */
static bool class_matches(struct cursor *pattern, uint32_t rune, bool *matches)
{
	bool negated = looks_at(pattern, '^'), found = false;
	size_t items = 0;

	if (negated)
		pattern->at++;
	for (; !(items && looks_at(pattern, ']')); items++) {
		uint32_t low, high;

		if (!class_char(pattern, &low))
			return false;
		high = low;
		if (looks_at(pattern, '-')) {
			pattern->at++;
			if (!class_char(pattern, &high))
				return false;
		}
		found = found || (low <= rune && rune <= high);
	}
	pattern->at++;
	*matches = found != negated;
	return true;
}

static bool path_valid(struct cursor pattern)
{
	while (pattern.at < pattern.end) {
		char byte = *pattern.at++;
		bool matches;

		if (byte == '[' && !class_matches(&pattern, 0, &matches))
			return false;
		if (byte == '\\' && pattern.at++ == pattern.end)
			return false;
	}
	return true;
}

/* One element other than "*" against the front of the text. */
static bool path_step(struct cursor *pattern, struct cursor *text)
{
	char byte = *pattern->at++;
	bool matches;

	if (text->at == text->end)
		return false;
	if (byte == '?') {
		matches = *text->at != '/';
		take_rune(text);
		return matches;
	}
	if (byte == '[')
		return class_matches(pattern, take_rune(text), &matches) &&
		       matches;
	if (byte == '\\')
		byte = *pattern->at++;
	return *text->at++ == byte;
}

/*
 * Only the last "*" is tried again, one byte longer each time: what stands
 * between two of them is taken where it is found first, as in Go, which is
 * linear in the product of the lengths.  `prefix`: the text may go on.
 */
static bool path_match(struct cursor pattern, struct cursor text, bool prefix)
{
	struct cursor star = { NULL, NULL }, mark = text;

	for (;;) {
		if (pattern.at == pattern.end &&
		    (prefix || text.at == text.end))
			return true;
		if (looks_at(&pattern, '*')) {
			pattern.at++;
			star = pattern;
			mark = text;
			continue;
		}
		if (pattern.at < pattern.end && path_step(&pattern, &text))
			continue;
		if (!star.at || mark.at == mark.end || *mark.at == '/')
			return false;
		mark.at++;
		text = mark;
		pattern = star;
	}
}

/* The next part of a path; false at the end. */
static bool next_part(const char **rest, struct cursor *part)
{
	if (!*rest)
		return false;
	part->at = *rest;
	part->end = part->at + strcspn(part->at, "/");
	*rest = *part->end ? part->end + 1 : NULL;
	return true;
}

static bool is_deep(const struct cursor *part)
{
	return part->end - part->at == 2 && memcmp(part->at, "**", 2) == 0;
}

static bool project_valid(const char *pattern)
{
	struct cursor part;

	while (next_part(&pattern, &part))
		if (!path_valid(part))
			return false;
	return true;
}

/* The same with parts for characters and "**" for "*". */
static bool project_match(const char *pattern, const char *text)
{
	const char *star = NULL, *mark = NULL;
	bool deep = false;
	struct cursor part, name;

	for (;;) {
		const char *next = pattern;

		if (!pattern && !text)
			return true;
		if (next_part(&next, &part) && is_deep(&part)) {
			/* At the end it stands for one name at least. */
			if (!next)
				return text != NULL;
			deep = true;
			pattern = star = next;
			mark = text;
			continue;
		}
		if (pattern && next_part(&text, &name) &&
		    path_match(part, name, false)) {
			pattern = next;
			continue;
		}
		if (!deep || !next_part(&mark, &name))
			return false;
		text = mark;
		pattern = star;
	}
}

/* The dialect of gobwas/glob, as an automaton: braces may nest. */
enum node_kind {
	NODE_RUNE,
	NODE_ANY,   /* ? */
	NODE_STAR,  /* * */
	NODE_SUPER, /* ** */
	NODE_CLASS,
	NODE_SPLIT, /* an alternative: on to `next` or to `other` */
	NODE_JUMP,  /* the end of an alternative */
	NODE_END,
};

enum {
	NODE_NONE = UINT32_MAX
};

struct node {
	enum node_kind kind;
	bool negated;
	uint32_t low; /* of a range; the character */
	uint32_t high;
	struct cursor list; /* of a class that is no range */
	uint32_t next;
	uint32_t other;
};

/* An open brace. */
struct brace {
	struct brace *outer;
	uint32_t split; /* where its last alternative begins */
	uint32_t jumps; /* the ends of alternatives, linked by `next` */
};

struct program {
	struct arena *arena;
	VEC(struct node) nodes;
	struct brace *brace;
};

static struct node *add_node(struct program *program, enum node_kind kind)
{
	struct node *node = vec_new(program->arena, &program->nodes);

	memset(node, 0, sizeof(*node));
	node->kind = kind;
	node->next = (uint32_t)program->nodes.count;
	node->other = NODE_NONE;
	return node;
}

static void open_brace(struct program *program)
{
	struct brace *brace = arena_alloc(program->arena, sizeof(*brace));

	brace->outer = program->brace;
	brace->split = (uint32_t)program->nodes.count;
	brace->jumps = NODE_NONE;
	program->brace = brace;
	add_node(program, NODE_SPLIT);
}

static void next_alternative(struct program *program)
{
	struct brace *brace = program->brace;
	uint32_t jump = (uint32_t)program->nodes.count;

	add_node(program, NODE_JUMP)->next = brace->jumps;
	brace->jumps = jump;
	program->nodes.items[brace->split].other = jump + 1;
	brace->split = jump + 1;
	add_node(program, NODE_SPLIT);
}

static void close_brace(struct program *program)
{
	struct brace *brace = program->brace;

	while (brace->jumps != NODE_NONE) {
		struct node *jump = &program->nodes.items[brace->jumps];

		brace->jumps = jump->next;
		jump->next = (uint32_t)program->nodes.count;
	}
	program->brace = brace->outer;
}

/*
 * class = "[" ["!"] ( char "-" char | char { char } ) "]"
 * A range stands alone: in [ab-c] the dash is a character like others.
 */
static bool add_class(struct program *program, struct cursor *pattern)
{
	struct node *node = add_node(program, NODE_CLASS);
	struct cursor ahead;

	node->negated = looks_at(pattern, '!');
	if (node->negated)
		pattern->at++;
	ahead = *pattern;
	if (ahead.at < ahead.end)
		node->low = take_rune(&ahead);
	if (looks_at(&ahead, '-')) {
		ahead.at++;
		if (ahead.at == ahead.end)
			return false;
		node->high = take_rune(&ahead);
		if (!looks_at(&ahead, ']') || node->high < node->low)
			return false;
		pattern->at = ahead.at + 1;
		return true;
	}
	node->list = *pattern;
	while (pattern->at < pattern->end && *pattern->at != ']') {
		if (*pattern->at == '\\' && ++pattern->at == pattern->end)
			return false;
		pattern->at++;
	}
	node->list.end = pattern->at;
	return pattern->at++ < pattern->end && node->list.at < node->list.end;
}

static bool add_element(struct program *program, struct cursor *pattern)
{
	uint32_t rune = take_rune(pattern);

	if (rune == '*') {
		bool deep = looks_at(pattern, '*');

		pattern->at += deep;
		add_node(program, deep ? NODE_SUPER : NODE_STAR);
	} else if (rune == '?') {
		add_node(program, NODE_ANY);
	} else if (rune == '[') {
		return add_class(program, pattern);
	} else if (rune == '{') {
		open_brace(program);
	} else if (rune == '}' && program->brace) {
		close_brace(program);
	} else if (rune == ',' && program->brace) {
		next_alternative(program);
	} else {
		/* At the end it stands for nothing, in Helm's version. */
		if (rune == '\\' && pattern->at == pattern->end)
			return true;
		if (rune == '\\')
			rune = take_rune(pattern);
		add_node(program, NODE_RUNE)->low = rune;
	}
	return true;
}

static bool compile(struct program *program, struct arena *arena,
		    const char *text)
{
	struct cursor pattern = { text, text + strlen(text) };

	memset(program, 0, sizeof(*program));
	program->arena = arena;
	while (pattern.at < pattern.end)
		if (!add_element(program, &pattern))
			return false;
	/* The end closes what is open, in the version that Helm has. */
	while (program->brace)
		close_brace(program);
	add_node(program, NODE_END);
	return true;
}

static bool list_has(struct cursor list, uint32_t rune)
{
	while (list.at < list.end) {
		if (*list.at == '\\')
			list.at++;
		if (take_rune(&list) == rune)
			return true;
	}
	return false;
}

static bool node_takes(const struct node *node, uint32_t rune)
{
	switch (node->kind) {
	case NODE_RUNE:
		return node->low == rune;
	case NODE_ANY:
	case NODE_STAR:
		return rune != '/';
	case NODE_SUPER:
		return true;
	case NODE_CLASS:
		if (node->list.at)
			return list_has(node->list, rune) != node->negated;
		return (node->low <= rune && rune <= node->high) !=
		       node->negated;
	case NODE_SPLIT:
	case NODE_JUMP:
	case NODE_END:
		return false;
	}
	return false;
}

/* The nodes a text may have led to. */
struct states {
	uint32_t *nodes;
	size_t count;
	bool *has;
};

static void states_init(struct states *states, const struct program *program)
{
	size_t count = program->nodes.count;

	states->nodes = arena_alloc(program->arena, count * sizeof(uint32_t));
	states->has = arena_zalloc(program->arena, count);
	states->count = 0;
}

static void states_add(struct states *states, uint32_t node)
{
	if (node == NODE_NONE || states->has[node])
		return;
	states->has[node] = true;
	states->nodes[states->count++] = node;
}

/* Add where one gets from these without taking a character. */
static void states_close(struct states *states, const struct program *program)
{
	size_t i;

	for (i = 0; i < states->count; i++) {
		const struct node *node =
			&program->nodes.items[states->nodes[i]];

		if (node->kind == NODE_STAR || node->kind == NODE_SUPER ||
		    node->kind == NODE_SPLIT || node->kind == NODE_JUMP)
			states_add(states, node->next);
		states_add(states, node->other);
	}
}

static bool program_match(const struct program *program, const char *text)
{
	struct cursor rest = { text, text + strlen(text) };
	struct states now, then, swap;
	size_t i;

	states_init(&now, program);
	states_init(&then, program);
	states_add(&now, 0);
	states_close(&now, program);
	while (rest.at < rest.end && now.count) {
		uint32_t rune = take_rune(&rest);

		for (i = 0; i < now.count; i++) {
			uint32_t index = now.nodes[i];
			const struct node *node = &program->nodes.items[index];

			now.has[index] = false;
			if (node_takes(node, rune))
				states_add(&then,
					   node->kind == NODE_STAR ||
							   node->kind ==
								   NODE_SUPER
						   ? index
						   : node->next);
		}
		now.count = 0;
		swap = now;
		now = then;
		then = swap;
		states_close(&now, program);
	}
	return now.has[program->nodes.count - 1];
}

/* `text` NULL: only whether the pattern is well formed. */
static bool gobwas_match(const char *pattern, const char *text)
{
	struct arena *arena = arena_new();
	struct program program;
	bool matches = compile(&program, arena, pattern) &&
		       (!text || program_match(&program, text));

	arena_free(arena);
	return matches;
}

static struct cursor cursor_of(const char *text)
{
	struct cursor cursor = { text, text + strlen(text) };

	return cursor;
}

/* What stands between two "*", of those that are not in brackets. */
static struct cursor next_chunk(struct cursor *pattern)
{
	struct cursor chunk = *pattern;
	bool inside = false;

	for (; pattern->at < pattern->end; pattern->at++) {
		if (*pattern->at == '*' && !inside)
			break;
		if (*pattern->at == '\\' && pattern->at + 1 < pattern->end)
			pattern->at++;
		else if (*pattern->at == '[')
			inside = true;
		else if (*pattern->at == ']')
			inside = false;
	}
	chunk.end = pattern->at;
	return chunk;
}

enum glob_answer glob_path(const char *pattern, const char *text)
{
	struct cursor whole = cursor_of(pattern), rest = whole;
	struct cursor name = cursor_of(text);

	while (rest.at < rest.end) {
		struct cursor chunk = next_chunk(&rest);
		struct cursor head = { whole.at, chunk.end };

		if (!path_valid(chunk))
			return GLOB_BAD;
		if (rest.at == rest.end || !path_match(head, name, true))
			break;
		while (looks_at(&rest, '*'))
			rest.at++;
	}
	return glob_match(GLOB_PATH, pattern, text) ? GLOB_YES : GLOB_NO;
}

bool glob_valid(enum glob_dialect dialect, const char *pattern)
{
	switch (dialect) {
	case GLOB_PATH:
		return path_valid(cursor_of(pattern));
	case GLOB_GOBWAS:
		return gobwas_match(pattern, NULL);
	case GLOB_PROJECT:
		return project_valid(pattern);
	}
	return false;
}

bool glob_match(enum glob_dialect dialect, const char *pattern,
		const char *text)
{
	if (dialect == GLOB_GOBWAS)
		return gobwas_match(pattern, text);
	if (!glob_valid(dialect, pattern))
		return false;
	if (dialect == GLOB_PROJECT)
		return project_match(pattern, text);
	return path_match(cursor_of(pattern), cursor_of(text), false);
}

bool glob_is_pattern(const char *text)
{
	return text[strcspn(text, "*?[{\\")] != '\0';
}
