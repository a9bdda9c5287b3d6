/*
 * A parser of CEL without a tree: it says whether an expression is one.
 *
 * Macros are known by their names, since they bind what the rest of their
 * arguments may name.
 */
#include "lints/schema/cel.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/edit_distance.h"
#include "base/vec.h"

enum {
	DEPTH_MAX = 100 /* the server's own limit is 250 and counts otherwise */
};

struct bound {
	const char *name;
	size_t len;
};

struct parser {
	struct arena *arena;
	const char *text;
	const struct cel_names *names;
	struct cel_problem *problem;
	struct cel_token token;  /* the next one */
	VEC(struct bound) bound; /* by macros around this place */
	unsigned depth;
	bool deep; /* not judged */
};

static bool expression(struct parser *parser);
static bool unary(struct parser *parser);

static bool refuse(struct parser *parser, const struct cel_token *at,
		   const char *reason)
{
	parser->problem->begin = at->begin;
	parser->problem->len = at->len;
	parser->problem->reason = reason;
	return false;
}

static void advance(struct parser *parser)
{
	parser->token =
		cel_next(parser->text, parser->token.begin + parser->token.len);
}

static bool token_is(const struct parser *parser, const struct cel_token *token,
		     const char *text)
{
	return (token->kind == CEL_SIGN || token->kind == CEL_NAME) &&
	       strlen(text) == token->len &&
	       memcmp(parser->text + token->begin, text, token->len) == 0;
}

static bool is(const struct parser *parser, const char *text)
{
	return token_is(parser, &parser->token, text);
}

static bool take(struct parser *parser, const char *text)
{
	if (!is(parser, text))
		return false;
	advance(parser);
	return true;
}

static const char *shown(const struct parser *parser)
{
	const struct cel_token *token = &parser->token;

	if (token->kind == CEL_END)
		return "the end";
	return arena_printf(parser->arena, "'%.*s'",
			    token->len < 40 ? (int)token->len : 40,
			    parser->text + token->begin);
}

static bool expect(struct parser *parser, const char *text)
{
	if (take(parser, text))
		return true;
	return refuse(parser, &parser->token,
		      parser->token.kind == CEL_BAD
			      ? parser->token.reason
			      : arena_printf(parser->arena,
					     "'%s' expected, got %s", text,
					     shown(parser)));
}

static bool is_bound(const struct parser *parser, const char *name, size_t len)
{
	size_t i;

	for (i = parser->bound.count; i-- > 0;)
		if (parser->bound.items[i].len == len &&
		    memcmp(parser->bound.items[i].name, name, len) == 0)
			return true;
	return false;
}

static bool is_listed(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

/* A name that stands alone. */
static bool check_name(struct parser *parser, const struct cel_token *token)
{
	const char *at = parser->text + token->begin, *name, *near;

	if (*at == '`')
		return refuse(parser, token, "quotes are for fields only");
	if (cel_is_reserved(at, token->len))
		return refuse(parser, token,
			      arena_printf(parser->arena,
					   "'%.*s' is a reserved word",
					   (int)token->len, at));
	if (is_bound(parser, at, token->len) || cel_is_type(at, token->len))
		return true;
	name = arena_strndup(parser->arena, at, token->len);
	if (is_listed(parser->names->variables, name))
		return true;
	near = edit_nearest_of(name, parser->names->variables);
	return refuse(parser, token,
		      near ? arena_printf(parser->arena,
					  "there is no '%s' here; '%s' is",
					  name, near)
			   : arena_printf(parser->arena,
					  "there is no '%s' here", name));
}

/* What a policy calls its own. */
static bool check_composed(struct parser *parser, const struct cel_token *owner,
			   const struct cel_token *field)
{
	const char *name;

	if (!parser->names->composed || !token_is(parser, owner, "variables") ||
	    is_bound(parser, "variables", strlen("variables")) ||
	    parser->text[field->begin] == '`')
		return true;
	name = arena_strndup(parser->arena, parser->text + field->begin,
			     field->len);
	return is_listed(parser->names->composed, name) ||
	       refuse(parser, field,
		      arena_printf(parser->arena,
				   "the policy has no variable '%s'", name));
}

/* Items up to the closing sign; what is optional begins with "?". */
static bool items(struct parser *parser, const char *close, bool trailing)
{
	while (!is(parser, close)) {
		(void)take(parser, "?");
		if (!expression(parser))
			return false;
		if (!take(parser, ","))
			break;
		if (is(parser, close) && !trailing)
			return refuse(parser, &parser->token,
				      "an argument is missing");
	}
	return expect(parser, close);
}

/* {"key": value} and Type{field: value} */
static bool entries(struct parser *parser, bool fields)
{
	while (!is(parser, "}")) {
		(void)take(parser, "?");
		if (fields && parser->token.kind == CEL_NAME)
			advance(parser);
		else if (!expression(parser))
			return false;
		if (!expect(parser, ":") || !expression(parser))
			return false;
		if (!take(parser, ","))
			break;
	}
	return expect(parser, "}");
}

/* has(a.b): the test is for a field. */
static bool test_field(struct parser *parser, const struct cel_token *name)
{
	size_t begin = parser->token.begin, end;
	const char *at;

	if (!expression(parser))
		return false;
	for (end = parser->token.begin;
	     end > begin && strchr(" \t\r\n", parser->text[end - 1]);)
		end--;
	for (at = parser->text + begin; at < parser->text + end; at++)
		if (*at == '.')
			return expect(parser, ")");
	return refuse(parser, name, "has() asks for a field, as in has(a.b)");
}

/*
 * x.all(e, ...), x.all(i, e, ...): names before the last argument are bound in
 * what follows them.
 */
static bool macro(struct parser *parser)
{
	size_t before = parser->bound.count, names = 0;
	bool good;

	while (parser->token.kind == CEL_NAME && names < 2) {
		const struct cel_token name = parser->token;
		struct bound bound = { parser->text + name.begin, name.len };
		struct cel_token next =
			cel_next(parser->text, name.begin + name.len);

		if (!token_is(parser, &next, ","))
			break;
		vec_push(parser->arena, &parser->bound, bound);
		advance(parser);
		advance(parser);
		names++;
	}
	good = items(parser, ")", false);
	parser->bound.count = before;
	return good;
}

static bool is_macro(const struct parser *parser, const struct cel_token *name)
{
	static const char *const macros[] = { "all",
					      "bind",
					      "exists",
					      "existsOne",
					      "exists_one",
					      "filter",
					      "map",
					      "sortBy",
					      "transformList",
					      "transformMap",
					      "transformMapEntry" };
	size_t i;

	for (i = 0; i < ARRAY_COUNT(macros); i++)
		if (token_is(parser, name, macros[i]))
			return true;
	return false;
}

static bool literal_word(const struct parser *parser,
			 const struct cel_token *token)
{
	return token_is(parser, token, "true") ||
	       token_is(parser, token, "false") ||
	       token_is(parser, token, "null");
}

static bool primary(struct parser *parser, struct cel_token *name)
{
	const struct cel_token token = parser->token;

	name->kind = CEL_END;
	switch (token.kind) {
	case CEL_NUMBER:
	case CEL_TEXT:
		advance(parser);
		return true;
	case CEL_BAD:
		return refuse(parser, &token, token.reason);
	case CEL_END:
	case CEL_SIGN:
		if (take(parser, "("))
			return expression(parser) && expect(parser, ")");
		if (take(parser, "["))
			return items(parser, "]", true);
		if (take(parser, "{"))
			return entries(parser, false);
		if (token.kind == CEL_SIGN && take(parser, ".") &&
		    parser->token.kind == CEL_NAME)
			return primary(parser, name);
		break;
	case CEL_NAME:
		if (token_is(parser, &token, "in"))
			break;
		advance(parser);
		if (literal_word(parser, &token))
			return true;
		if (take(parser, "("))
			return token_is(parser, &token, "has")
				       ? test_field(parser, &token)
				       : items(parser, ")", false);
		*name = token;
		return check_name(parser, &token);
	}
	return refuse(parser, &parser->token,
		      arena_printf(parser->arena, "a value is needed, not %s",
				   shown(parser)));
}

/* ".name", ".name(...)", ".?name" */
static bool selection(struct parser *parser, const struct cel_token *owner)
{
	struct cel_token field;

	(void)take(parser, "?");
	field = parser->token;
	if (field.kind == CEL_BAD)
		return refuse(parser, &field, field.reason);
	if (field.kind != CEL_NAME || literal_word(parser, &field) ||
	    token_is(parser, &field, "in"))
		return refuse(parser, &field,
			      arena_printf(parser->arena,
					   "the name of a field is needed, "
					   "not %s",
					   shown(parser)));
	advance(parser);
	if (take(parser, "("))
		return is_macro(parser, &field) ? macro(parser)
						: items(parser, ")", false);
	return check_composed(parser, owner, &field);
}

static bool member(struct parser *parser)
{
	const struct cel_token nothing = { .kind = CEL_END };
	struct cel_token name;
	bool path;

	if (!primary(parser, &name))
		return false;
	/* As long as there are names only, a message may be made. */
	for (path = name.kind == CEL_NAME;;) {
		if (take(parser, ".")) {
			if (!selection(parser, &name))
				return false;
		} else if (take(parser, "[")) {
			path = false;
			(void)take(parser, "?");
			if (!expression(parser) || !expect(parser, "]"))
				return false;
		} else if (path && take(parser, "{")) {
			path = false;
			if (!entries(parser, true))
				return false;
		} else {
			return true;
		}
		name = nothing;
	}
}

static bool unary(struct parser *parser)
{
	while (is(parser, "!") || is(parser, "-"))
		advance(parser);
	return member(parser);
}

/* All operators of two sides: who binds how is no matter here. */
static bool operation(struct parser *parser)
{
	static const char *const signs[] = { "||", "&&", "==", "!=", "<",
					     "<=", ">",  ">=", "in", "+",
					     "-",  "*",  "/",  "%" };
	size_t i;

	do {
		if (!unary(parser))
			return false;
		for (i = 0; i < ARRAY_COUNT(signs); i++)
			if (take(parser, signs[i]))
				break;
	} while (i < ARRAY_COUNT(signs));
	return true;
}

static bool expression(struct parser *parser)
{
	bool good;

	if (++parser->depth > DEPTH_MAX) {
		parser->deep = true;
		return false;
	}
	good = operation(parser);
	if (good && take(parser, "?"))
		good = operation(parser) && expect(parser, ":") &&
		       expression(parser);
	parser->depth--;
	return good;
}

bool cel_refused(struct arena *arena, const char *text,
		 const struct cel_names *names, struct cel_problem *problem)
{
	struct parser parser = {
		.arena = arena,
		.text = text,
		.names = names,
		.problem = problem,
	};

	parser.token = cel_next(text, 0);
	if (!expression(&parser))
		return !parser.deep;
	if (parser.token.kind == CEL_END)
		return false;
	refuse(&parser, &parser.token,
	       parser.token.kind == CEL_BAD
		       ? parser.token.reason
		       : arena_printf(arena, "an operator is needed before %s",
				      shown(&parser)));
	return true;
}
