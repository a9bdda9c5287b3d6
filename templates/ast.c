#include "templates/ast.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/quote.h"

/* As much of a node as its kind needs: most are small, and there are many. */
static size_t node_size(enum node_kind kind)
{
	static const size_t sizes[] = {
		[NODE_TEXT] = sizeof(struct node_text),
		[NODE_ACTION] = sizeof(struct node_action),
		[NODE_IF] = sizeof(struct node_control),
		[NODE_WITH] = sizeof(struct node_control),
		[NODE_RANGE] = sizeof(struct node_control),
		[NODE_TEMPLATE] = sizeof(struct node_template),
		[NODE_PIPE] = sizeof(struct node_pipe),
		[NODE_COMMAND] = sizeof(struct node_list),
		[NODE_FIELD] = offsetof(struct node_fields, variable),
		[NODE_VARIABLE] = sizeof(struct node_fields),
		[NODE_CHAIN] = sizeof(struct node_fields),
		[NODE_FUNCTION] = sizeof(struct node_function),
		[NODE_BOOL] = offsetof(struct node_literal, is_int),
		[NODE_NUMBER] = sizeof(struct node_literal),
		[NODE_STRING] = offsetof(struct node_literal, is_int),
	};

	return offsetof(struct node, text) +
	       (kind < ARRAY_COUNT(sizes) ? sizes[kind] : 0);
}

struct node *node_new(struct arena *arena, enum node_kind kind, uint32_t begin)
{
	struct node *node = arena_zalloc(arena, node_size(kind));

	node->kind = (uint8_t)kind;
	node->begin = begin;
	/* Several threads may see the value: nobody is to mark it later. */
	if (kind == NODE_BOOL || kind == NODE_NUMBER || kind == NODE_STRING)
		node->literal.value.flags = VALUE_FLAG_READ;
	return node;
}

bool word_same(const struct word *a, const struct word *b)
{
	return a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

static void put_word(struct str *out, const struct word *word)
{
	str_put(out, word->at, word->len);
}

static void print_list(struct str *out, const struct node_list *list,
		       const struct source *source)
{
	uint32_t i;

	for (i = 0; i < list->count; i++)
		node_print(out, list->items[i], source);
}

/* An operand: pipelines stand in parentheses. */
static void print_operand(struct str *out, const struct node *node,
			  const struct source *source)
{
	if (node->kind == NODE_PIPE)
		str_putc(out, '(');
	node_print(out, node, source);
	if (node->kind == NODE_PIPE)
		str_putc(out, ')');
}

static void print_pipe(struct str *out, const struct node_pipe *pipe,
		       const struct source *source)
{
	uint32_t i;

	for (i = 0; i < pipe->declarations; i++) {
		if (i)
			str_puts(out, ", ");
		put_word(out, &pipe->declared[i].name);
	}
	if (pipe->declarations)
		str_puts(out, pipe->assigns ? " = " : " := ");
	for (i = 0; i < pipe->commands.count; i++) {
		if (i)
			str_puts(out, " | ");
		node_print(out, pipe->commands.items[i], source);
	}
}

static void print_control(struct str *out, const char *word,
			  const struct node_control *control,
			  const struct source *source)
{
	str_printf(out, "{{%s ", word);
	node_print(out, control->pipe, source);
	str_puts(out, "}}");
	print_list(out, &control->body, source);
	if (control->has_else) {
		str_puts(out, "{{else}}");
		print_list(out, &control->otherwise, source);
	}
	str_puts(out, "{{end}}");
}

static void print_template(struct str *out, const struct node_template *call,
			   const struct source *source)
{
	struct text name = text_of(call->name.at, call->name.len);

	str_puts(out, "{{template ");
	quote_put(out, &name);
	if (call->pipe) {
		str_putc(out, ' ');
		node_print(out, call->pipe, source);
	}
	str_puts(out, "}}");
}

static void print_fields(struct str *out, const struct node *node,
			 const struct source *source)
{
	uint32_t i;

	if (node->kind == NODE_VARIABLE)
		put_word(out, &node->fields.variable);
	if (node->kind == NODE_CHAIN)
		print_operand(out, node->fields.base, source);
	for (i = 0; i < node->fields.count; i++) {
		str_putc(out, '.');
		put_word(out, &node->fields.names[i]);
	}
}

static void print_command(struct str *out, const struct node_list *operands,
			  const struct source *source)
{
	uint32_t i;

	for (i = 0; i < operands->count; i++) {
		if (i)
			str_putc(out, ' ');
		print_operand(out, operands->items[i], source);
	}
}

void node_print(struct str *out, const struct node *node,
		const struct source *source)
{
	switch ((enum node_kind)node->kind) {
	case NODE_TEXT:
		str_put(out, source->text + node->begin,
			node->text.end - node->begin);
		break;
	case NODE_ACTION:
		str_puts(out, "{{");
		node_print(out, node->action.pipe, source);
		str_puts(out, "}}");
		break;
	case NODE_IF:
		print_control(out, "if", &node->control, source);
		break;
	case NODE_WITH:
		print_control(out, "with", &node->control, source);
		break;
	case NODE_RANGE:
		print_control(out, "range", &node->control, source);
		break;
	case NODE_TEMPLATE:
		print_template(out, &node->template, source);
		break;
	case NODE_BREAK:
		str_puts(out, "{{break}}");
		break;
	case NODE_CONTINUE:
		str_puts(out, "{{continue}}");
		break;
	case NODE_PIPE:
		print_pipe(out, &node->pipe, source);
		break;
	case NODE_COMMAND:
		print_command(out, &node->command, source);
		break;
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_CHAIN:
		print_fields(out, node, source);
		break;
	case NODE_FUNCTION:
		put_word(out, &node->function.name);
		break;
	case NODE_DOT:
		str_putc(out, '.');
		break;
	case NODE_NIL:
		str_puts(out, "nil");
		break;
	case NODE_BOOL:
	case NODE_NUMBER:
	case NODE_STRING:
		put_word(out, &node->literal.text);
		break;
	}
}

bool node_list_is_space(const struct node_list *list,
			const struct source *source)
{
	uint32_t i;

	for (i = 0; i < list->count; i++) {
		const struct node *node = list->items[i];
		const char *text = source->text;
		size_t at = node->begin, size;

		if (node->kind != NODE_TEXT)
			return false;
		for (; at < node->text.end; at += size)
			if (!rune_is_space(utf8_decode(
				    text + at, node->text.end - at, &size)))
				return false;
	}
	return true;
}
