/*
 * Evaluation of pipelines, commands and the words that are values.
 */
#include <string.h>

#include "base/arena.h"
#include "templates/exec.h"
#include "templates/exec/run.h"

static bool store(struct activation *act, const struct declaration *declared,
		  const struct cell *cell)
{
	if (declared->slot == SLOT_NONE)
		return exec_fail(act, "undefined variable: %.*s",
				 (int)declared->name.len, declared->name.at);
	act->slots[declared->slot] = *cell;
	return true;
}

static bool fail_arguments(struct activation *act, const struct node *command)
{
	struct str shown;

	str_init(&shown, act->run->arena);
	node_print(&shown, command->command.items[0], act->tree->source);
	return exec_fail(act, "can't give argument to non-function %s",
			 str_text(&shown));
}

/* Literals of a shared tree stand in the source at work. */
static const struct value *own_literal(struct activation *act,
				       const struct value *literal)
{
	struct value *own;

	if (LIKELY(origin_source(&literal->origin) == act->tree->source))
		return literal;
	own = value_copy(act->run->arena, literal);
	own->origin = origin_in(&own->origin, act->tree->source);
	return own;
}

bool eval_literal(struct activation *act, const struct node *node,
		  struct cell *result)
{
	result->boxed = false;
	switch ((enum node_kind)node->kind) {
	case NODE_DOT:
		*result = act->dot;
		return true;
	case NODE_NIL:
		return exec_fail(act, "nil is not a command");
	case NODE_NUMBER:
		if (node->literal.overflows)
			return exec_fail(act, "%.*s overflows int",
					 (int)node->literal.text.len,
					 node->literal.text.at);
		result->value = own_literal(act, &node->literal.value);
		return true;
	case NODE_BOOL:
	case NODE_STRING:
		result->value = own_literal(act, &node->literal.value);
		return true;
	case NODE_TEXT:
	case NODE_ACTION:
	case NODE_IF:
	case NODE_WITH:
	case NODE_RANGE:
	case NODE_TEMPLATE:
	case NODE_BREAK:
	case NODE_CONTINUE:
	case NODE_PIPE:
	case NODE_COMMAND:
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_CHAIN:
	case NODE_FUNCTION:
		break;
	}
	BUG("a node that is no literal");
}

bool eval_function(struct activation *act, const struct node *function,
		   const struct node *command, const struct cell *final,
		   struct cell *result)
{
	struct invocation call = {
		.func = function->function.func,
		.name = function->function.name,
		.node = command ? command : function,
		.command = command,
		.final = final,
	};

	act->current = function;
	return eval_call(act, &call, result);
}

static bool eval_command(struct activation *act, const struct node *command,
			 const struct cell *final, struct cell *result)
{
	const struct node *first = command->command.items[0];
	bool arguments = command->command.count > 1 || final;

	switch ((enum node_kind)first->kind) {
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_CHAIN:
		return eval_fields(act, first, command, final, result);
	case NODE_FUNCTION:
		return eval_function(act, first, command, final, result);
	case NODE_PIPE:
		if (arguments)
			return fail_arguments(act, command);
		return eval_pipeline(act, first, result);
	default:
		act->current = first;
		if (arguments)
			return fail_arguments(act, command);
		return eval_literal(act, first, result);
	}
}

static bool is_among(const char *const *names, const struct func *func)
{
	for (; *names; names++)
		if (strcmp(*names, func->name) == 0)
			return true;
	return false;
}

bool is_guard(const struct activation *act, const struct func *func)
{
	static const char *const guards[] = {
		"all",     "and",    "any",    "coalesce", "default",
		"dig",     "empty",  "eq",     "get",      "hasKey",
		"kindIs",  "kindOf", "ne",     "not",      "or",
		"ternary", "typeIs", "typeOf", NULL,
	};

	return act->run->options.facts && is_among(guards, func);
}

bool is_keeper(const struct activation *act, const struct func *func)
{
	static const char *const keepers[] = { "dict", "include", "list",
					       "set",  "tuple",   NULL };

	return act->run->options.facts && is_among(keepers, func);
}

/* .Values.x | default "y": the next stage is a guard. */
static bool goes_to_guard(const struct activation *act,
			  const struct node_pipe *pipe, uint32_t stage)
{
	const struct node *word;

	if (stage + 1 >= pipe->commands.count)
		return false;
	word = pipe->commands.items[stage + 1]->command.items[0];
	return word->kind == NODE_FUNCTION &&
	       is_guard(act, word->function.func);
}

/* $x := .Values.x and nothing more. */
static bool is_kept(const struct node_pipe *pipe)
{
	const struct node *command = pipe->commands.items[0];

	return pipe->declarations && pipe->commands.count == 1 &&
	       command->command.count == 1 &&
	       (command->command.items[0]->kind == NODE_FIELD ||
		command->command.items[0]->kind == NODE_VARIABLE);
}

bool eval_condition(struct activation *act, const struct node *pipe,
		    struct cell *result)
{
	bool good;

	act->guards++;
	good = eval_pipeline(act, pipe, result);
	act->guards--;
	return good;
}

bool eval_pipeline(struct activation *act, const struct node *node,
		   struct cell *result)
{
	const struct node_pipe *pipe = &node->pipe;
	struct cell cell = { &exec_nil, false }, final;
	bool kept = is_kept(pipe);
	uint32_t i;

	act->current = node;
	act->kept += kept;
	for (i = 0; i < pipe->commands.count; i++) {
		bool guarded = goes_to_guard(act, pipe, i);

		final = cell;
		act->guards += guarded;
		if (!eval_command(act, pipe->commands.items[i],
				  i ? &final : NULL, &cell))
			return false;
		act->guards -= guarded;
		/* A value leaves its interface {} behind at every stage. */
		cell.boxed = false;
	}
	act->kept -= kept;
	for (i = 0; i < pipe->declarations; i++)
		if (!store(act, &pipe->declared[i], &cell))
			return false;
	*result = cell;
	return true;
}
