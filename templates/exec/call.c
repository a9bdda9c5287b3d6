/*
 * Calls of functions and methods: arguments counted, evaluated and matched
 * with the types of the parameters by Go's rules.
 */
#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "templates/exec.h"
#include "templates/exec/run.h"
#include "templates/object.h"

enum {
	/* What a call took, to look at the clock behind it. */
	CLOCK_BYTES = 1 << 20,
};

/* An interface {} that holds nothing, for those few who see a difference. */
static const struct value boxed_nil = { .kind = VALUE_NULL,
					.flags = VALUE_FLAG_READ };

static const char *type_name(enum arg_type type)
{
	static const char *const names[] = {
		[ARG_NONE] = "",
		[ARG_ANY] = "interface {}",
		[ARG_STRING] = "string",
		[ARG_INT] = "int",
		[ARG_INT64] = "int64",
		[ARG_UINT32] = "uint32",
		[ARG_FLOAT] = "float64",
		[ARG_BOOL] = "bool",
		[ARG_LIST] = "[]interface {}",
		[ARG_STRINGS] = "[]string",
		[ARG_MAP] = "map[string]interface {}",
		[ARG_STRING_MAP] = "map[string]string",
		[ARG_TIME] = "time.Time",
		[ARG_DURATION] = "time.Duration",
		[ARG_VERSION] = "*semver.Version",
		[ARG_CERTIFICATE] = "sprig.certificate",
		[ARG_OPAQUE] = "interface {}",
	};

	return names[type];
}

static bool takes_nil(enum arg_type type)
{
	switch (type) {
	case ARG_ANY:
	case ARG_OPAQUE:
	case ARG_LIST:
	case ARG_STRINGS:
	case ARG_MAP:
	case ARG_STRING_MAP:
		return true;
	case ARG_NONE:
	case ARG_STRING:
	case ARG_INT:
	case ARG_INT64:
	case ARG_UINT32:
	case ARG_FLOAT:
	case ARG_BOOL:
	case ARG_TIME:
	case ARG_DURATION:
	case ARG_VERSION:
	case ARG_CERTIFICATE:
		break;
	}
	return false;
}

/* What stands for nil: an empty list or map, where one is wanted. */
static const struct value *zero_of(struct activation *act, enum arg_type type)
{
	bool list = type == ARG_LIST || type == ARG_STRINGS;
	bool map = type == ARG_MAP || type == ARG_STRING_MAP;
	struct value *value;

	if (!list && !map)
		return &exec_nil;
	value = list ? value_new_list(act->run->arena, NULL)
		     : value_new_map(act->run->arena, NULL);
	if (type == ARG_STRINGS || type == ARG_STRING_MAP)
		value->type = VALUE_TYPE_STRINGS;
	value->flags |= VALUE_FLAG_NIL;
	return value;
}

static bool assignable(const struct value *value, enum arg_type type)
{
	switch (type) {
	case ARG_NONE:
	case ARG_ANY:
	case ARG_OPAQUE:
		return true;
	case ARG_STRING:
		return value->kind == VALUE_STRING;
	case ARG_INT:
		return value->kind == VALUE_INT &&
		       value->type == VALUE_TYPE_INT;
	case ARG_INT64:
		return value->kind == VALUE_INT &&
		       value->type == VALUE_TYPE_PLAIN;
	case ARG_UINT32:
		return false;
	case ARG_FLOAT:
		return value->kind == VALUE_FLOAT;
	case ARG_BOOL:
		return value->kind == VALUE_BOOL;
	case ARG_LIST:
		return value->kind == VALUE_LIST &&
		       value->type == VALUE_TYPE_PLAIN;
	case ARG_STRINGS:
		return value->kind == VALUE_LIST &&
		       value->type == VALUE_TYPE_STRINGS;
	case ARG_MAP:
		return value->kind == VALUE_MAP &&
		       value->type != VALUE_TYPE_STRINGS;
	case ARG_STRING_MAP:
		return value->kind == VALUE_MAP &&
		       value->type == VALUE_TYPE_STRINGS;
	case ARG_TIME:
	case ARG_DURATION:
	case ARG_VERSION:
	case ARG_CERTIFICATE:
		break;
	}
	return value->kind == VALUE_OPAQUE &&
	       strcmp(template_type_name(value), type_name(type)) == 0;
}

/* A value that was evaluated, for a parameter of `type`. */
static bool adapt(struct activation *act, const struct cell *cell,
		  enum arg_type type, const struct value **result)
{
	if (cell_is_invalid(cell)) {
		if (!takes_nil(type))
			return exec_fail(act, "invalid value; expected %s",
					 type_name(type));
		*result = zero_of(act, type);
		return true;
	}
	if (cell_is_nil(cell)) {
		*result = &boxed_nil;
		return type == ARG_ANY || type == ARG_OPAQUE ||
		       exec_fail(act,
				 "wrong type for value; expected %s; got "
				 "interface {}",
				 type_name(type));
	}
	*result = cell->value;
	return assignable(cell->value, type) ||
	       exec_fail(act, "wrong type for value; expected %s; got %s",
			 type_name(type), template_type_name(cell->value));
}

static bool fail_found(struct activation *act, const struct node *node,
		       const char *expected)
{
	struct str shown;

	str_init(&shown, act->run->arena);
	node_print(&shown, node, act->tree->source);
	return exec_fail(act, "expected %s; found %s", expected,
			 str_text(&shown));
}

static struct value *number_value(struct activation *act,
				  const struct node *node, enum value_kind kind)
{
	struct value *value =
		value_new(act->run->arena, kind, &node->literal.value.origin);

	value->origin = origin_in(&value->origin, act->tree->source);
	return value;
}

static bool int_literal(struct activation *act, const struct node *node,
			enum value_type type, const struct value **result)
{
	struct value *value;

	if (node->kind != NODE_NUMBER || !node->literal.is_int)
		return fail_found(act, node, "integer");
	value = number_value(act, node, VALUE_INT);
	value->integer = node->literal.integer;
	value->type = type;
	*result = value;
	return true;
}

static bool float_literal(struct activation *act, const struct node *node,
			  const struct value **result)
{
	struct value *value;

	if (node->kind != NODE_NUMBER || !node->literal.is_float)
		return fail_found(act, node, "float");
	value = number_value(act, node, VALUE_FLOAT);
	value->real = node->literal.real;
	*result = value;
	return true;
}

/* A literal becomes what the parameter wants, if it can. */
static bool literal_argument(struct activation *act, const struct node *node,
			     enum arg_type type, const struct value **result)
{
	struct str shown;
	struct cell cell;

	switch (type) {
	case ARG_BOOL:
		if (node->kind != NODE_BOOL)
			return fail_found(act, node, "bool");
		break;
	case ARG_STRING:
		if (node->kind != NODE_STRING)
			return fail_found(act, node, "string");
		break;
	case ARG_INT:
		return int_literal(act, node, VALUE_TYPE_INT, result);
	case ARG_INT64:
	case ARG_DURATION:
		return int_literal(act, node, VALUE_TYPE_PLAIN, result);
	case ARG_UINT32:
		if (node->kind != NODE_NUMBER || !node->literal.is_int ||
		    node->literal.integer < 0)
			return fail_found(act, node, "unsigned integer");
		return int_literal(act, node, VALUE_TYPE_INT, result);
	case ARG_FLOAT:
		return float_literal(act, node, result);
	case ARG_NONE:
	case ARG_ANY:
	case ARG_OPAQUE:
		break;
	case ARG_LIST:
	case ARG_STRINGS:
	case ARG_MAP:
	case ARG_STRING_MAP:
	case ARG_TIME:
	case ARG_VERSION:
	case ARG_CERTIFICATE:
		str_init(&shown, act->run->arena);
		node_print(&shown, node, act->tree->source);
		return exec_fail(act, "can't handle %s for arg of type %s",
				 str_text(&shown), type_name(type));
	}
	if (!eval_literal(act, node, &cell))
		return false;
	*result = cell.value;
	return true;
}

static bool eval_argument(struct activation *act, const struct node *node,
			  enum arg_type type, const struct value **result)
{
	struct cell cell;

	act->current = node;
	switch ((enum node_kind)node->kind) {
	case NODE_DOT:
		return adapt(act, &act->dot, type, result);
	case NODE_NIL:
		*result = zero_of(act, type);
		return takes_nil(type) ||
		       exec_fail(act, "cannot assign nil to %s",
				 type_name(type));
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_CHAIN:
		return eval_fields(act, node, NULL, NULL, &cell) &&
		       adapt(act, &cell, type, result);
	case NODE_PIPE:
		return eval_pipeline(act, node, &cell) &&
		       adapt(act, &cell, type, result);
	case NODE_FUNCTION:
		return eval_function(act, node, NULL, NULL, &cell) &&
		       adapt(act, &cell, type, result);
	default:
		return literal_argument(act, node, type, result);
	}
}

static size_t count_parameters(const struct func *func)
{
	size_t count = 0;

	while (count < FUNC_PARAMETERS && func->takes[count])
		count++;
	return count;
}

static bool check_count(struct activation *act, const struct invocation *call,
			size_t fixed, size_t given)
{
	size_t all = given + (call->final != NULL);

	if (call->func->rest && all < fixed)
		return exec_fail(act,
				 "wrong number of args for %.*s: want at least "
				 "%zu got %zu",
				 (int)call->name.len, call->name.at, fixed,
				 given);
	if (!call->func->rest && all != fixed)
		return exec_fail(act,
				 "wrong number of args for %.*s: want %zu got "
				 "%zu",
				 (int)call->name.len, call->name.at, fixed,
				 all);
	return true;
}

static enum arg_type parameter(const struct func *func, size_t fixed,
			       size_t index)
{
	return (enum arg_type)(index < fixed ? func->takes[index] : func->rest);
}

static bool push_argument(struct activation *act, const struct value *value)
{
	vec_push(act->run->arena, &act->run->arguments,
		 object_copied(act->run->arena, value));
	return true;
}

static bool eval_arguments(struct activation *act,
			   const struct invocation *call, size_t fixed,
			   size_t given)
{
	const struct value *value;
	size_t i;

	for (i = 0; i < given; i++)
		if (!eval_argument(act, call->command->command.items[i + 1],
				   parameter(call->func, fixed, i), &value) ||
		    !push_argument(act, value))
			return false;
	if (!call->final)
		return true;
	return adapt(act, call->final, parameter(call->func, fixed, i),
		     &value) &&
	       push_argument(act, value);
}

/* and, or: the first argument that decides, and the rest is not evaluated. */
static bool eval_lazy(struct activation *act, const struct invocation *call,
		      size_t given, struct cell *result)
{
	bool stop = call->name.len == 2; /* or stops at what is true */
	size_t i;

	result->boxed = false;
	for (i = 0; i < given; i++) {
		if (!eval_argument(act, call->command->command.items[i + 1],
				   ARG_ANY, &result->value))
			return false;
		if (template_truth(result->value) == stop)
			return true;
	}
	if (call->final)
		*result = *call->final;
	return true;
}

static bool run_function(struct activation *act, const struct invocation *call,
			 size_t base, struct cell *result)
{
	struct template_run *run = act->run;
	size_t used = arena_used(run->arena);
	struct call made = {
		.run = run,
		.arena = run->arena,
		.func = call->func,
		.receiver = call->receiver,
		.args = run->arguments.items + base,
		.count = run->arguments.count - base,
		.frame = act->frame,
		.begin = act->action->begin,
		.node = call->node,
		.origin = exec_origin(act, call->node),
	};

	if (UNLIKELY(call->func->random) && !exec_repeats(&made))
		exec_note_random(&made);
	result->value = call->func->run(&made);
	result->boxed = false;
	if (result->value) {
		if (LIKELY(!call->func->slow &&
			   arena_used(run->arena) - used < CLOCK_BYTES))
			return true;
		return exec_clock(act);
	}
	return exec_wrap(act, call->node,
			 arena_printf(run->arena, "error calling %.*s: ",
				      (int)call->name.len, call->name.at));
}

bool eval_call(struct activation *act, const struct invocation *call,
	       struct cell *result)
{
	struct template_run *run = act->run;
	size_t given = call->command ? call->command->command.count - 1 : 0;
	size_t fixed = count_parameters(call->func);
	size_t base = run->arguments.count;
	bool good, guarded, kept;

	if (!exec_step(act, 1) || !check_count(act, call, fixed, given))
		return false;
	guarded = is_guard(act, call->func);
	kept = is_keeper(act, call->func);
	act->guards += guarded;
	act->kept += kept;
	good = call->func->lazy ? eval_lazy(act, call, given, result)
				: eval_arguments(act, call, fixed, given);
	act->guards -= guarded;
	act->kept -= kept;
	if (good && !call->func->lazy)
		good = run_function(act, call, base, result);
	run->arguments.count = base;
	return good;
}
