/*
 * The patterns of ${v#glob}: all prefixes are tried at once, as states of the
 * pattern that a part of the text can lead to, so that long texts and many
 * stars cost no more than their product.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "compiler/envsubst.h"

enum {
	STEPS_MAX = 1 << 28 /* a second or so */
};

struct range {
	uint32_t first;
	uint32_t last;
};

enum token_kind {
	TOKEN_ONE, /* `ranges` has one, of one character */
	TOKEN_ANY,
	TOKEN_STAR,
	TOKEN_CLASS,
};

struct token {
	enum token_kind kind;
	bool negated;
	VEC(struct range) ranges;
};

VEC_TYPE(tokens, struct token);

struct pattern {
	struct arena *arena;
	const char *at;
	const char *end;
	struct tokens tokens;
};

static bool take(struct pattern *pattern, uint32_t *rune)
{
	size_t size;

	if (pattern->at == pattern->end)
		return false;
	*rune = utf8_decode(pattern->at, (size_t)(pattern->end - pattern->at),
			    &size);
	pattern->at += size;
	return true;
}

/* Bound = any but "-" and "]" | "\" any */
static bool take_bound(struct pattern *pattern, uint32_t *rune)
{
	if (pattern->at < pattern->end &&
	    (*pattern->at == '-' || *pattern->at == ']'))
		return false;
	if (!take(pattern, rune))
		return false;
	return *rune != '\\' || take(pattern, rune);
}

/* Class = "[" [ "^" ] Bound [ "-" Bound ] { Bound [ "-" Bound ] } "]" */
static bool parse_class(struct pattern *pattern, struct token *token)
{
	struct range range;

	token->kind = TOKEN_CLASS;
	if (pattern->at < pattern->end && *pattern->at == '^') {
		token->negated = true;
		pattern->at++;
	}
	do {
		if (!take_bound(pattern, &range.first))
			return false;
		range.last = range.first;
		if (pattern->at < pattern->end && *pattern->at == '-') {
			pattern->at++;
			if (!take_bound(pattern, &range.last))
				return false;
		}
		vec_push(pattern->arena, &token->ranges, range);
		if (pattern->at == pattern->end)
			return false;
	} while (*pattern->at != ']');
	pattern->at++;
	return true;
}

static bool parse_token(struct pattern *pattern)
{
	struct token *token = vec_new(pattern->arena, &pattern->tokens);
	struct range one;

	memset(token, 0, sizeof(*token));
	if (!take(pattern, &one.first))
		return false;
	switch (one.first) {
	case '*':
		token->kind = TOKEN_STAR;
		return true;
	case '?':
		token->kind = TOKEN_ANY;
		return true;
	case '[':
		return parse_class(pattern, token);
	case '\\':
		if (!take(pattern, &one.first))
			return false;
		break;
	}
	token->kind = TOKEN_ONE;
	one.last = one.first;
	vec_push(pattern->arena, &token->ranges, one);
	return true;
}

static bool matches(const struct token *token, uint32_t rune)
{
	size_t i;

	if (token->kind == TOKEN_ANY)
		return true;
	for (i = 0; i < token->ranges.count; i++)
		if (rune >= token->ranges.items[i].first &&
		    rune <= token->ranges.items[i].last)
			return !token->negated;
	return token->negated;
}

/* A star may stand for nothing. */
static void pass_stars(const struct tokens *tokens, bool *states)
{
	size_t i;

	for (i = 0; i < tokens->count; i++)
		if (states[i] && tokens->items[i].kind == TOKEN_STAR)
			states[i + 1] = true;
}

/* False: no state is left. */
static bool step(const struct tokens *tokens, bool *states, uint32_t rune)
{
	bool alive = false;
	size_t i;

	/* From behind, so that no state steps twice. */
	states[tokens->count] = false;
	for (i = tokens->count; i-- > 0;) {
		if (!states[i])
			continue;
		alive = true;
		if (tokens->items[i].kind == TOKEN_STAR)
			continue;
		states[i] = false;
		if (matches(&tokens->items[i], rune))
			states[i + 1] = true;
	}
	pass_stars(tokens, states);
	return alive;
}

bool envsubst_prefix(struct arena *arena, const char *pattern, const char *text,
		     bool longest, size_t *matched)
{
	struct pattern parsed = { .arena = arena,
				  .at = pattern,
				  .end = pattern + strlen(pattern) };
	size_t len = strlen(text), at = 0, size;
	bool *states;

	*matched = 0;
	while (parsed.at < parsed.end)
		/* A malformed pattern matches nothing. */
		if (!parse_token(&parsed))
			return true;
	if (parsed.tokens.count && len > STEPS_MAX / parsed.tokens.count)
		return false;
	states = arena_zalloc(arena, parsed.tokens.count + 1);
	states[0] = true;
	pass_stars(&parsed.tokens, states);
	while (at < len && (longest || !*matched)) {
		uint32_t rune = utf8_decode(text + at, len - at, &size);

		at += size;
		if (!step(&parsed.tokens, states, rune))
			break;
		if (states[parsed.tokens.count])
			*matched = at;
	}
	return true;
}
