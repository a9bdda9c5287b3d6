#include "templates/parse.h"

#include <string.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/source.h"
#include "base/utf8.h"
#include "model/quote.h"
#include "templates/func.h"
#include "templates/lex.h"
#include "templates/literal.h"

/*
 * Go allows 10000 nested parentheses and any number of nested blocks.  A level
 * takes half a KiB of the stack: what nests deeper than usual is parsed once
 * more, where there is room.
 */
enum {
	NESTING_USUAL = 2000,
	NESTING_MAX = 100000,
	PARENTHESES_MAX = 10000,
	TOLD_MAX = 100,
};

struct variable {
	struct word name;
	int32_t slot;
	/*
	 * Go's parser forgets what a branch declared only at the `end`, its
	 * executor already at the `else`.
	 */
	bool gone;
};

/* What is known of the template at hand: its own or that of a definition. */
struct scope {
	struct template_tree *tree;
	VEC(struct variable) variables;
	int32_t slots;
	uint32_t ranges;
	uint32_t deepest;
};

struct parser {
	const struct parse_input *input;
	struct arena *arena;
	struct lexer lexer;
	struct token tokens[3]; /* read ahead, the next one last */
	uint32_t ahead;
	struct scope *scope;
	uint32_t nesting;
	uint32_t nesting_max;
	bool too_deep;
	uint32_t parentheses;
	bool in_action;
	uint32_t action_begin; /* of the one at hand */
	struct parsed_trees *trees;
	struct parse_error *errors; /* the first */
	struct parse_error *error;  /* the one to be filled in next */
	uint32_t told;              /* so many are filled in */
	uint32_t resumed;           /* the last place, behind an error */
	uint32_t doubtful;          /* begin of its action, and 1 */
	VEC(struct node *) nodes;   /* of lists that are not complete */
	VEC(struct word) names;     /* of fields that are not complete */
};

enum item_kind {
	ITEM_NODE,
	ITEM_NOTHING, /* a definition */
	ITEM_ELSE,
	ITEM_END,
	ITEM_FAILED,
};

static bool parse_list(struct parser *p, struct node_list *list,
		       enum item_kind *stop);
static struct node *parse_pipeline(struct parser *p, const char *context,
				   enum token_kind end);

/* Tokens. */

static struct token next(struct parser *p)
{
	if (p->ahead)
		p->ahead--;
	else
		p->tokens[0] = lex_next(&p->lexer);
	return p->tokens[p->ahead];
}

static void back_up(struct parser *p)
{
	p->ahead++;
}

static struct token peek(struct parser *p)
{
	struct token token = next(p);

	back_up(p);
	return token;
}

static struct token next_word(struct parser *p)
{
	struct token token;

	do {
		token = next(p);
	} while (token.kind == TOKEN_SPACE);
	return token;
}

static struct token peek_word(struct parser *p)
{
	struct token token = next_word(p);

	back_up(p);
	return token;
}

static struct word word_of(struct parser *p, const struct token *token)
{
	struct word word = { p->input->source->text + token->begin,
			     token->end - token->begin };

	return word;
}

/* Failing.  All give false, for the caller to return. */

static bool fail_at(struct parser *p, const struct token *token,
		    const char *text)
{
	struct parse_error *error = p->error;

	/* Go counts lines up to what it has read, not up to what is wrong. */
	error->line = lex_line(&p->lexer, p->tokens[0].begin);
	error->text = text;
	error->begin = token->begin;
	error->end = token->end;
	return false;
}

static bool fail(struct parser *p, const char *text)
{
	return fail_at(p, &p->tokens[0], text);
}

static bool fail_name(struct parser *p, const struct token *token,
		      const char *before, const char *after)
{
	struct word word = word_of(p, token);

	p->error->name = arena_strndup(p->arena, word.at, word.len);
	return fail_at(p, token,
		       arena_printf(p->arena, "%s \"%s\"%s", before,
				    p->error->name, after));
}

/* One level more; whoever calls it takes it back. */
static bool enter(struct parser *p)
{
	if (p->nesting >= p->nesting_max) {
		p->too_deep = true;
		return fail(p, "max expression depth exceeded");
	}
	if (++p->nesting > p->scope->deepest)
		p->scope->deepest = p->nesting;
	return true;
}

/* The error is complete; the next one goes behind it. */
static void keep_error(struct parser *p)
{
	p->told++;
	p->error->next = arena_zalloc(p->arena, sizeof(*p->error));
	p->error = p->error->next;
}

/*
 * A name that nobody knows; each is told once.  Where all errors are wanted
 * what follows is looked at, since the syntax is not in doubt.
 */
static bool unknown_name(struct parser *p, const struct token *token,
			 const char *before, const char *after)
{
	const struct parse_error *error = p->errors;
	struct word word = word_of(p, token);

	if (!p->input->all_errors || p->told == TOLD_MAX)
		return fail_name(p, token, before, after);
	p->doubtful = p->action_begin + 1;
	for (; error != p->error; error = error->next)
		if (error->name && strlen(error->name) == word.len &&
		    memcmp(error->name, word.at, word.len) == 0)
			return true;
	(void)fail_name(p, token, before, after);
	keep_error(p);
	return true;
}

/* What is open at a place to which parsing may come back. */
struct mark {
	struct scope *scope;
	size_t nodes;
	uint32_t nesting;
};

static struct mark mark(const struct parser *p)
{
	return (struct mark){ p->scope, p->nodes.count, p->nesting };
}

/* All errors are wanted: go on behind one, with no more open than before. */
static bool resume(struct parser *p, uint32_t at, const struct mark *before)
{
	if (!p->input->all_errors || p->too_deep || p->told == TOLD_MAX ||
	    at <= p->resumed)
		return false;
	/* What an action says that begins with a name of nothing is unclear. */
	if (p->doubtful == p->action_begin + 1)
		memset(p->error, 0, sizeof(*p->error));
	else
		keep_error(p);
	lex_resume(&p->lexer, at);
	p->resumed = at;
	p->ahead = 0;
	p->nesting = before->nesting;
	p->parentheses = 0;
	p->scope = before->scope;
	p->nodes.count = before->nodes;
	p->in_action = false;
	return true;
}

/* As Go's tokens print: <end>, "word", "long text"... */
static const char *show_token(struct parser *p, const struct token *token)
{
	struct word word = word_of(p, token);
	size_t shown = 0, count = 0, size;
	struct str out;
	struct text text;

	if (token->kind == TOKEN_END)
		return "EOF";
	if (token->kind >= TOKEN_DOT)
		return arena_printf(p->arena, "<%.*s>", (int)word.len, word.at);
	while (shown < word.len && count < 10) {
		utf8_decode(word.at + shown, word.len - shown, &size);
		shown += size;
		count++;
	}
	if (word.len <= 10)
		shown = word.len;
	text = text_of(word.at, shown);
	str_init(&out, p->arena);
	quote_put(&out, &text);
	if (word.len > 10)
		str_puts(&out, "...");
	return str_text(&out);
}

static bool unexpected(struct parser *p, const struct token *token,
		       const char *context)
{
	const char *message, *end;
	uint32_t line;
	size_t len;

	if (token->kind != TOKEN_ERROR && token->kind != TOKEN_AFTER)
		return fail_at(p, token,
			       arena_printf(p->arena, "unexpected %s in %s",
					    show_token(p, token), context));
	message = lex_message(&p->lexer, token);
	line = lex_line(&p->lexer, p->action_begin);
	if (!p->in_action || line == lex_line(&p->lexer, token->begin))
		return fail_at(p, token, message);
	len = strlen(message);
	end = len > 7 && strcmp(message + len - 7, " action") == 0
		      ? ""
		      : " in action";
	return fail_at(p, token,
		       arena_printf(p->arena, "%s%s started at %s:%u", message,
				    end, p->input->file, line));
}

static bool expect(struct parser *p, enum token_kind kind, const char *context)
{
	struct token token = next_word(p);

	return token.kind == kind || unexpected(p, &token, context);
}

/* Nodes. */

/* What was pushed since `from`, as a list of its own. */
static struct node_list take_nodes(struct parser *p, size_t from)
{
	size_t size = (p->nodes.count - from) * sizeof(struct node *);
	struct node_list list = { NULL, (uint32_t)(p->nodes.count - from) };

	if (size)
		list.items = memcpy(arena_alloc(p->arena, size),
				    p->nodes.items + from, size);
	p->nodes.count = from;
	return list;
}

static void push_node(struct parser *p, struct node *node)
{
	vec_push(p->arena, &p->nodes, node);
}

static struct origin origin_from(struct parser *p, uint32_t begin)
{
	return origin_at(p->input->source, begin, p->lexer.at);
}

/* Variables. */

/* False: never declared.  The slot may be SLOT_NONE: declared elsewhere. */
static bool find_variable(const struct scope *scope, const struct word *name,
			  int32_t *slot)
{
	bool found = false;
	size_t i;

	*slot = SLOT_NONE;
	for (i = scope->variables.count; i-- > 0;) {
		const struct variable *variable = &scope->variables.items[i];

		if (!word_same(&variable->name, name))
			continue;
		found = true;
		if (variable->gone)
			continue;
		*slot = variable->slot;
		break;
	}
	return found;
}

static void push_variable(struct parser *p, const struct word *name,
			  int32_t slot)
{
	struct variable variable = { *name, slot, slot == SLOT_NONE };

	vec_push(p->arena, &p->scope->variables, variable);
}

static void forget_variables(struct scope *scope, size_t from)
{
	size_t i;

	for (i = from; i < scope->variables.count; i++)
		scope->variables.items[i].gone = true;
}

/* Terms. */

/* .Name, to the parser's list. */
static void push_name(struct parser *p, const struct token *token)
{
	struct word name = word_of(p, token);

	name.at++;
	name.len--;
	vec_push(p->arena, &p->names, name);
}

/* Its names follow: see parse_operand(). */
static struct node *parse_field(struct parser *p, const struct token *token)
{
	p->names.count = 0;
	push_name(p, token);
	return node_new(p->arena, NODE_FIELD, token->begin);
}

static struct node *parse_variable(struct parser *p, const struct token *token)
{
	struct node *node = node_new(p->arena, NODE_VARIABLE, token->begin);

	node->fields.variable = word_of(p, token);
	if (!find_variable(p->scope, &node->fields.variable,
			   &node->fields.slot) &&
	    !unknown_name(p, token, "undefined variable", ""))
		return NULL;
	return node;
}

static struct node *parse_word(struct parser *p, const struct token *token)
{
	struct node *node = node_new(p->arena, NODE_FUNCTION, token->begin);
	const struct func *func;

	node->function.name = word_of(p, token);
	func = p->input->function(p->input->context, node->function.name.at,
				  node->function.name.len);
	if (!func && !unknown_name(p, token, "function", " not defined"))
		return NULL;
	node->function.func = func;
	return node;
}

static struct node *parse_number(struct parser *p, const struct token *token)
{
	struct node *node = node_new(p->arena, NODE_NUMBER, token->begin);
	struct node_literal *literal = &node->literal;
	const char *message;

	literal->text = word_of(p, token);
	literal->value.origin =
		origin_at(p->input->source, token->begin, token->end);
	message = literal_number(p->arena, literal->text.at, literal->text.len,
				 literal);
	if (message) {
		(void)fail_at(p, token, message);
		return NULL;
	}
	return node;
}

static struct node *parse_string(struct parser *p, const struct token *token)
{
	struct node *node = node_new(p->arena, NODE_STRING, token->begin);
	struct node_literal *literal = &node->literal;
	struct word word;

	literal->text = word_of(p, token);
	if (!literal_unquote(p->arena, literal->text.at, literal->text.len,
			     &word)) {
		(void)fail_at(p, token, "invalid syntax");
		return NULL;
	}
	literal->value.kind = VALUE_STRING;
	literal->value.string = arena_strndup(p->arena, word.at, word.len);
	literal->value.len = word.len;
	literal->value.origin =
		origin_at(p->input->source, token->begin, token->end);
	return node;
}

static struct node *parse_parenthesis(struct parser *p)
{
	struct node *node;

	if (p->parentheses >= PARENTHESES_MAX) {
		(void)fail(p, "max expression depth exceeded");
		return NULL;
	}
	if (!enter(p))
		return NULL;
	p->parentheses++;
	node = parse_pipeline(p, "parenthesized pipeline", TOKEN_RIGHT);
	p->parentheses--;
	p->nesting--;
	return node;
}

/* `*node` is NULL where no term begins; false: failed. */
static bool parse_term(struct parser *p, struct token token, struct node **node)
{
	switch (token.kind) {
	case TOKEN_WORD:
		*node = parse_word(p, &token);
		return *node != NULL;
	case TOKEN_DOT:
		*node = node_new(p->arena, NODE_DOT, token.begin);
		return true;
	case TOKEN_NIL:
		*node = node_new(p->arena, NODE_NIL, token.begin);
		return true;
	case TOKEN_VARIABLE:
		*node = parse_variable(p, &token);
		return *node != NULL;
	case TOKEN_FIELD:
		*node = parse_field(p, &token);
		return true;
	case TOKEN_BOOL:
		*node = node_new(p->arena, NODE_BOOL, token.begin);
		(*node)->literal.text = word_of(p, &token);
		(*node)->literal.value.kind = VALUE_BOOL;
		(*node)->literal.value.boolean =
			(*node)->literal.text.at[0] == 't';
		(*node)->literal.value.origin =
			origin_at(p->input->source, token.begin, token.end);
		return true;
	case TOKEN_RUNE:
	case TOKEN_COMPLEX:
	case TOKEN_NUMBER:
		*node = parse_number(p, &token);
		return *node != NULL;
	case TOKEN_LEFT:
		*node = parse_parenthesis(p);
		return *node != NULL;
	case TOKEN_STRING:
	case TOKEN_RAW:
		*node = parse_string(p, &token);
		return *node != NULL;
	default:
		back_up(p);
		*node = NULL;
		return true;
	}
}

static bool fail_after_term(struct parser *p, const struct node *term)
{
	struct text text;
	struct str shown, quoted;

	str_init(&shown, p->arena);
	node_print(&shown, term, p->input->source);
	text = str_finish(&shown);
	str_init(&quoted, p->arena);
	quote_put(&quoted, &text);
	return fail(p, arena_printf(p->arena, "unexpected . after term %s",
				    str_text(&quoted)));
}

/* The list, to the node they are of. */
static void take_names(struct parser *p, struct node *node)
{
	size_t size = p->names.count * sizeof(struct word);

	node->fields.names =
		memcpy(arena_alloc(p->arena, size), p->names.items, size);
	node->fields.count = (uint32_t)p->names.count;
}

/* operand = term { .Field }; `token` is the first. */
static bool parse_operand(struct parser *p, struct token token,
			  struct node **result)
{
	uint32_t begin;
	struct node *term;

	if (!parse_term(p, token, result))
		return false;
	term = *result;
	token = peek(p);
	if (!term || (token.kind != TOKEN_FIELD && term->kind != NODE_FIELD))
		return true;
	if (token.kind == TOKEN_FIELD) {
		begin = token.begin;
		if (term->kind != NODE_FIELD)
			p->names.count = 0;
		for (; token.kind == TOKEN_FIELD; token = peek(p)) {
			next(p);
			push_name(p, &token);
		}
		if (term->kind >= NODE_DOT)
			return fail_after_term(p, term);
		if (term->kind != NODE_FIELD && term->kind != NODE_VARIABLE) {
			*result = node_new(p->arena, NODE_CHAIN, begin);
			(*result)->fields.base = term;
		}
		(*result)->begin = begin;
	}
	take_names(p, *result);
	return true;
}

/* command = operand { space operand }; `token` is the first. */
static struct node *parse_command(struct parser *p, struct token token)
{
	struct node *command = node_new(p->arena, NODE_COMMAND, token.begin);
	size_t from = p->nodes.count;

	for (;;) {
		struct node *operand;

		if (!parse_operand(p, token, &operand))
			return NULL;
		if (operand)
			push_node(p, operand);
		token = next(p);
		if (token.kind == TOKEN_SPACE) {
			token = next_word(p);
			continue;
		}
		if (token.kind == TOKEN_CLOSE || token.kind == TOKEN_RIGHT) {
			back_up(p);
			break;
		}
		if (token.kind == TOKEN_PIPE)
			break;
		(void)unexpected(p, &token, "operand");
		return NULL;
	}
	if (p->nodes.count == from) {
		(void)fail(p, "empty command");
		return NULL;
	}
	command->command = take_nodes(p, from);
	return command;
}

static bool begins_operand(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_BOOL:
	case TOKEN_RUNE:
	case TOKEN_COMPLEX:
	case TOKEN_DOT:
	case TOKEN_FIELD:
	case TOKEN_WORD:
	case TOKEN_NUMBER:
	case TOKEN_NIL:
	case TOKEN_RAW:
	case TOKEN_STRING:
	case TOKEN_VARIABLE:
	case TOKEN_LEFT:
		return true;
	default:
		return false;
	}
}

/* Stages behind the first have to take an argument. */
static bool check_pipeline(struct parser *p, const struct node_list *commands,
			   const char *context)
{
	uint32_t i;

	if (!commands->count)
		return fail(p, arena_printf(p->arena, "missing value for %s",
					    context));
	for (i = 1; i < commands->count; i++)
		if (commands->items[i]->command.items[0]->kind >= NODE_DOT)
			return fail(p, arena_printf(p->arena,
						    "non executable command in "
						    "pipeline stage %u",
						    i + 1));
	return true;
}

static void declare(struct parser *p, struct node_pipe *pipe,
		    const struct token *token)
{
	struct declaration *declared;

	if (!pipe->declared)
		pipe->declared =
			arena_alloc(p->arena, 2 * sizeof(*pipe->declared));
	declared = &pipe->declared[pipe->declarations++];
	declared->name = word_of(p, token);
	declared->slot = SLOT_NONE;
}

/* Hand back a variable that is no declaration, and what was read behind it. */
static void back_up_variable(struct parser *p, const struct token *variable,
			     const struct token *behind)
{
	if (behind->kind == TOKEN_SPACE) {
		p->tokens[1] = *behind;
		p->tokens[2] = *variable;
		p->ahead = 3;
	} else {
		p->tokens[1] = *variable;
		p->ahead = 2;
	}
}

/* declarations = $v := | $v = | $i, $v :=   (the last one with range only) */
static bool parse_declarations(struct parser *p, struct node_pipe *pipe,
			       const char *context)
{
	bool range = strcmp(context, "range") == 0;

	while (peek_word(p).kind == TOKEN_VARIABLE) {
		struct token variable = next(p);
		struct token behind = peek(p);
		struct token token = peek_word(p);

		if (token.kind == TOKEN_ASSIGN || token.kind == TOKEN_DECLARE) {
			pipe->assigns = token.kind == TOKEN_ASSIGN;
			next_word(p);
			declare(p, pipe, &variable);
			return true;
		}
		if (token.kind != TOKEN_CHAR ||
		    p->input->source->text[token.begin] != ',') {
			back_up_variable(p, &variable, &behind);
			return true;
		}
		next_word(p);
		declare(p, pipe, &variable);
		if (!range || pipe->declarations > 1)
			return fail(p, arena_printf(p->arena,
						    "too many declarations "
						    "in %s",
						    context));
		token = peek_word(p);
		if (token.kind != TOKEN_VARIABLE && token.kind != TOKEN_CLOSE &&
		    token.kind != TOKEN_RIGHT)
			return fail(p, "range can only initialize variables");
	}
	return true;
}

/*
 * A declared name counts from its := on, also inside its own pipeline: there
 * the parser knows it and the executor does not.
 */
static void bind_declarations(struct parser *p, struct node_pipe *pipe,
			      size_t from)
{
	struct scope *scope = p->scope;
	uint8_t i;

	for (i = 0; i < pipe->declarations; i++) {
		struct declaration *declared = &pipe->declared[i];
		struct variable *variable = &scope->variables.items[from + i];

		if (pipe->assigns)
			continue;
		declared->slot = scope->slots++;
		variable->slot = declared->slot;
		variable->gone = false;
	}
}

static void announce_declarations(struct parser *p, struct node_pipe *pipe)
{
	uint8_t i;

	for (i = 0; i < pipe->declarations; i++) {
		struct declaration *declared = &pipe->declared[i];

		if (pipe->assigns)
			find_variable(p->scope, &declared->name,
				      &declared->slot);
		push_variable(p, &declared->name, SLOT_NONE);
	}
}

/* pipeline = [declarations] command { | command } */
static struct node *parse_pipeline(struct parser *p, const char *context,
				   enum token_kind end)
{
	struct node *node = node_new(p->arena, NODE_PIPE, peek_word(p).begin);
	size_t from = p->nodes.count, first;

	if (!parse_declarations(p, &node->pipe, context))
		return NULL;
	first = p->scope->variables.count;
	announce_declarations(p, &node->pipe);
	for (;;) {
		struct token token = next_word(p);
		struct node *command;

		if (token.kind == end)
			break;
		if (!begins_operand(token.kind)) {
			(void)unexpected(p, &token, context);
			return NULL;
		}
		command = parse_command(p, token);
		if (!command)
			return NULL;
		push_node(p, command);
	}
	node->pipe.commands = take_nodes(p, from);
	if (!check_pipeline(p, &node->pipe.commands, context))
		return NULL;
	bind_declarations(p, &node->pipe, first);
	return node;
}

/* Actions. */

static struct node *parse_control(struct parser *p, enum node_kind kind,
				  uint32_t begin);

/* What stands between {{else}} and {{end}}, or an {{else if}} alone. */
static bool parse_otherwise(struct parser *p, struct node *node, uint32_t begin)
{
	struct node_control *control = &node->control;
	struct token token = peek(p);
	size_t from = p->nodes.count;
	enum item_kind stop;
	struct node *inner;

	control->has_else = true;
	if ((node->kind == NODE_IF && token.kind == TOKEN_IF) ||
	    (node->kind == NODE_WITH && token.kind == TOKEN_WITH)) {
		next(p);
		inner = parse_control(p, (enum node_kind)node->kind, begin);
		if (!inner)
			return false;
		push_node(p, inner);
		control->otherwise = take_nodes(p, from);
		return true;
	}
	if (!parse_list(p, &control->otherwise, &stop))
		return false;
	return stop == ITEM_END || fail(p, "expected end; found {{else}}");
}

static bool parse_branches(struct parser *p, struct node *node,
			   const char *context, uint32_t begin)
{
	struct node_control *control = &node->control;
	bool range = node->kind == NODE_RANGE;
	enum item_kind stop;
	size_t inside;

	control->pipe = parse_pipeline(p, context, TOKEN_CLOSE);
	if (!control->pipe)
		return false;
	node->begin = control->pipe->begin;
	control->origin = origin_from(p, begin);
	inside = p->scope->variables.count;
	p->scope->ranges += range;
	if (!parse_list(p, &control->body, &stop))
		return false;
	p->scope->ranges -= range;
	if (stop == ITEM_END)
		return true;
	forget_variables(p->scope, inside);
	return parse_otherwise(p, node, begin);
}

static struct node *parse_control(struct parser *p, enum node_kind kind,
				  uint32_t begin)
{
	static const char *const contexts[] = {
		[NODE_IF] = "if", [NODE_WITH] = "with", [NODE_RANGE] = "range"
	};
	size_t mark = p->scope->variables.count;
	struct node *node;

	if (!enter(p))
		return NULL;
	node = node_new(p->arena, kind, begin);
	if (!parse_branches(p, node, contexts[kind], begin))
		node = NULL;
	p->nesting--;
	p->scope->variables.count = mark;
	return node;
}

static struct node *parse_jump(struct parser *p, enum node_kind kind,
			       uint32_t begin)
{
	const char *name = kind == NODE_BREAK ? "{{break}}" : "{{continue}}";
	struct token token = next_word(p);

	if (token.kind != TOKEN_CLOSE) {
		(void)unexpected(p, &token, name);
		return NULL;
	}
	if (!p->scope->ranges) {
		(void)fail(p, arena_printf(p->arena, "%s outside {{range}}",
					   name));
		return NULL;
	}
	return node_new(p->arena, kind, begin);
}

static bool parse_name(struct parser *p, const struct token *token,
		       const char *context, struct word *name)
{
	struct word word = word_of(p, token);

	if (token->kind != TOKEN_STRING && token->kind != TOKEN_RAW)
		return unexpected(p, token, context);
	return literal_unquote(p->arena, word.at, word.len, name) ||
	       fail_at(p, token, "invalid syntax");
}

static struct node *parse_call(struct parser *p, uint32_t begin)
{
	const char *context = "template clause";
	struct token token = next_word(p);
	struct node *node = node_new(p->arena, NODE_TEMPLATE, token.begin);

	if (!parse_name(p, &token, context, &node->template.name))
		return NULL;
	if (next_word(p).kind != TOKEN_CLOSE) {
		back_up(p);
		node->template.pipe = parse_pipeline(p, context, TOKEN_CLOSE);
		if (!node->template.pipe)
			return NULL;
	}
	node->template.origin = origin_from(p, begin);
	return node;
}

static void scope_begin(struct parser *p, struct scope *scope)
{
	struct word dollar = { "$", 1 };

	memset(scope, 0, sizeof(*scope));
	scope->slots = 1;
	scope->tree = arena_zalloc(p->arena, sizeof(*scope->tree));
	scope->tree->file = p->input->file;
	scope->tree->source = p->input->source;
	scope->tree->text = p->input->source->text;
	p->scope = scope;
	push_variable(p, &dollar, 0);
}

/* Of two definitions in one text that say something Go refuses the second. */
static bool add_tree(struct parser *p, struct scope *scope)
{
	struct template_tree *tree = scope->tree;
	size_t i;

	tree->slots = scope->slots;
	tree->nesting = scope->deepest;
	tree->empty = node_list_is_space(&tree->body, p->input->source);
	for (i = 0; i < p->trees->count; i++) {
		struct template_tree *other = p->trees->items[i];

		if (!word_same(&other->name, &tree->name))
			continue;
		if (other->empty)
			p->trees->items[i] = tree;
		else if (!tree->empty)
			return fail(p, arena_printf(p->arena,
						    "template: multiple "
						    "definition of template "
						    "\"%.*s\"",
						    (int)tree->name.len,
						    tree->name.at));
		return true;
	}
	vec_push(p->arena, p->trees, tree);
	return true;
}

/* The body of a define or block, up to its end. */
static bool parse_body(struct parser *p, const struct word *name,
		       uint32_t begin, const char *context)
{
	struct scope *outer = p->scope, scope;
	uint32_t action_begin = p->action_begin;
	bool in_action = p->in_action;
	enum item_kind stop;
	bool good;

	if (!enter(p))
		return false;
	scope_begin(p, &scope);
	scope.deepest = p->nesting;
	scope.tree->name = *name;
	scope.tree->begin = begin;
	p->in_action = false;
	good = parse_list(p, &scope.tree->body, &stop);
	if (good && stop != ITEM_END)
		good = fail(p,
			    arena_printf(p->arena, "unexpected {{else}} in %s",
					 context));
	if (!good || !add_tree(p, &scope))
		return false;
	p->in_action = in_action;
	p->action_begin = action_begin;
	p->nesting--;
	p->scope = outer;
	return true;
}

static bool parse_define(struct parser *p, uint32_t begin)
{
	const char *context = "define clause";
	struct token token = next_word(p);
	struct word name;

	return parse_name(p, &token, context, &name) &&
	       expect(p, TOKEN_CLOSE, context) &&
	       parse_body(p, &name, begin, context);
}

static struct node *parse_block(struct parser *p, uint32_t begin)
{
	const char *context = "block clause";
	struct token token = next_word(p);
	struct node *node = node_new(p->arena, NODE_TEMPLATE, token.begin);

	if (!parse_name(p, &token, context, &node->template.name))
		return NULL;
	node->template.pipe = parse_pipeline(p, context, TOKEN_CLOSE);
	if (!node->template.pipe)
		return NULL;
	node->template.origin = origin_from(p, begin);
	if (!parse_body(p, &node->template.name, begin, context))
		return NULL;
	return node;
}

/* Nothing outside of such an action depends on it. */
static struct node *parse_plain_action(struct parser *p, uint32_t begin)
{
	const struct mark before = mark(p);
	struct token token = peek(p);
	struct node *node = node_new(p->arena, NODE_ACTION, token.begin);
	uint32_t end;

	node->action.pipe = parse_pipeline(p, "command", TOKEN_CLOSE);
	if (!node->action.pipe) {
		end = lex_action_end(&p->lexer, begin);
		return end && resume(p, end, &before) ? node : NULL;
	}
	node->action.origin = origin_from(p, begin);
	return node;
}

static enum item_kind parse_else(struct parser *p)
{
	struct token token = peek_word(p);

	/* {{else if x}} is read as {{else}}{{if x}}. */
	if (token.kind == TOKEN_IF || token.kind == TOKEN_WITH)
		return ITEM_ELSE;
	return expect(p, TOKEN_CLOSE, "else") ? ITEM_ELSE : ITEM_FAILED;
}

static enum item_kind parse_action(struct parser *p, uint32_t begin,
				   struct node **node)
{
	struct token token = next_word(p);

	switch (token.kind) {
	case TOKEN_BLOCK:
		*node = parse_block(p, begin);
		break;
	case TOKEN_BREAK:
		*node = parse_jump(p, NODE_BREAK, begin);
		break;
	case TOKEN_CONTINUE:
		*node = parse_jump(p, NODE_CONTINUE, begin);
		break;
	case TOKEN_ELSE:
		return parse_else(p);
	case TOKEN_KEYWORD_END:
		return expect(p, TOKEN_CLOSE, "end") ? ITEM_END : ITEM_FAILED;
	case TOKEN_IF:
		*node = parse_control(p, NODE_IF, begin);
		break;
	case TOKEN_RANGE:
		*node = parse_control(p, NODE_RANGE, begin);
		break;
	case TOKEN_TEMPLATE:
		*node = parse_call(p, begin);
		break;
	case TOKEN_WITH:
		*node = parse_control(p, NODE_WITH, begin);
		break;
	default:
		back_up(p);
		*node = parse_plain_action(p, begin);
	}
	return *node ? ITEM_NODE : ITEM_FAILED;
}

static enum item_kind parse_item(struct parser *p, struct node **node)
{
	struct token token = next_word(p);
	enum item_kind kind;

	switch (token.kind) {
	case TOKEN_TEXT:
		*node = node_new(p->arena, NODE_TEXT, token.begin);
		(*node)->text.end = token.end;
		return ITEM_NODE;
	case TOKEN_OPEN:
		p->in_action = true;
		p->action_begin = token.begin;
		kind = parse_action(p, token.begin, node);
		p->in_action = false;
		return kind;
	default:
		(void)unexpected(p, &token, "input");
		return ITEM_FAILED;
	}
}

/* Items up to an {{else}} or {{end}}. */
static bool parse_list(struct parser *p, struct node_list *list,
		       enum item_kind *stop)
{
	size_t from = p->nodes.count;

	while (peek_word(p).kind != TOKEN_END) {
		struct node *node = NULL;
		enum item_kind kind = parse_item(p, &node);

		if (kind == ITEM_FAILED)
			return false;
		if (kind != ITEM_NODE) {
			*list = take_nodes(p, from);
			*stop = kind;
			return true;
		}
		push_node(p, node);
	}
	/* Whatever the last action meant, this is behind it. */
	p->doubtful = 0;
	return fail(p, "unexpected EOF");
}

/* An item of the file itself, where alone a definition may stand. */
static enum item_kind parse_top_item(struct parser *p, struct node **node)
{
	struct token open = peek(p);

	if (open.kind == TOKEN_OPEN) {
		next(p);
		if (next_word(p).kind == TOKEN_DEFINE)
			return parse_define(p, open.begin) ? ITEM_NOTHING
							   : ITEM_FAILED;
		/* The space between the two is gone, and nobody asks for it. */
		p->tokens[1] = open;
		p->ahead = 2;
	}
	return parse_item(p, node);
}

static bool parse_file(struct parser *p)
{
	size_t from = p->nodes.count;

	const struct mark before = mark(p);

	while (peek(p).kind != TOKEN_END) {
		struct node *node = NULL;
		enum item_kind kind = parse_top_item(p, &node);

		if (kind == ITEM_ELSE)
			fail(p, "unexpected {{else}}");
		else if (kind == ITEM_END)
			fail(p, "unexpected {{end}}");
		else if (kind == ITEM_NODE)
			push_node(p, node);
		/* A definition starts anew, whatever was wrong before. */
		if (kind != ITEM_NODE && kind != ITEM_NOTHING &&
		    !resume(p, lex_next_define(&p->lexer, p->error->begin),
			    &before))
			return false;
	}
	p->scope->tree->body = take_nodes(p, from);
	return true;
}

struct attempt {
	const struct parse_input *input;
	struct parsed_trees *trees;
	struct parse_error *error;
	uint32_t nesting_max;
	bool good;
	bool too_deep;
};

static void attempt(void *context)
{
	struct attempt *attempt = context;
	const struct parse_input *input = attempt->input;
	struct parser parser = { .input = input,
				 .arena = input->arena,
				 .trees = attempt->trees,
				 .nesting_max = attempt->nesting_max,
				 .errors = attempt->error,
				 .error = attempt->error };
	struct scope scope;
	bool good;

	memset(attempt->error, 0, sizeof(*attempt->error));
	lex_init(&parser.lexer, input->arena, input->source->text,
		 input->source->len);
	scope_begin(&parser, &scope);
	scope.tree->name = input->name;
	good = parse_file(&parser) && add_tree(&parser, &scope);
	/* What an action says that begins with a name of nothing is unclear. */
	if (!good && parser.error != attempt->error &&
	    parser.doubtful == parser.action_begin + 1)
		parser.error->text = NULL;
	attempt->good = good && parser.error == attempt->error;
	attempt->too_deep = parser.too_deep;
}

bool parse_template(const struct parse_input *input, struct parsed_trees *trees,
		    struct parse_error *error)
{
	struct attempt usual = { .input = input,
				 .trees = trees,
				 .error = error,
				 .nesting_max = NESTING_USUAL };
	size_t count = trees->count;

	attempt(&usual);
	if (usual.good || !usual.too_deep)
		return usual.good;
	trees->count = count;
	usual.nesting_max = NESTING_MAX;
	return pool_deep(attempt, &usual) && usual.good;
}
