/*
 * .A.B, $x.A.B and (pipe).A.B: methods, fields of structs, keys of maps.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/fact.h"
#include "templates/exec.h"
#include "templates/exec/run.h"
#include "templates/object.h"

/* A step along a chain of names. */
struct step {
	const struct node *node;
	uint32_t index;             /* into its names */
	const struct node *command; /* of the last one; or NULL */
	const struct cell *final;
};

static const struct word *name_of(const struct step *step)
{
	return &step->node->fields.names[step->index];
}

static bool has_arguments(const struct step *step)
{
	return step->final ||
	       (step->command && step->command->command.count > 1);
}

static const char *static_type(const struct cell *cell)
{
	return cell->boxed ? "interface {}" : template_type_name(cell->value);
}

/* The first `count` names of a chain; as NODE_FIELD what precedes is left. */
static struct node part_of(const struct node *chain, enum node_kind kind,
			   uint32_t count)
{
	struct node part = { .kind = (uint8_t)kind };

	if (kind == NODE_FIELD)
		part.fields.names = chain->fields.names;
	else
		part.fields = chain->fields;
	part.fields.count = count;
	return part;
}

/* The chain as far as it was evaluated: .Values.image */
static const char *chain_before(struct activation *act, const struct step *step)
{
	struct node part = part_of(step->node, (enum node_kind)step->node->kind,
				   step->index);
	struct str out;

	str_init(&out, act->run->arena);
	node_print(&out, &part, act->tree->source);
	if (!out.len)
		str_putc(&out, '.');
	return str_text(&out);
}

struct keys {
	const struct value *map;
	size_t at;
};

static const char *next_key(void *context)
{
	struct keys *keys = context;
	const struct value_entry *entry = value_entry_at(keys->map, keys->at);

	keys->at++;
	return entry ? entry->key : NULL;
}

static bool fail_nil(struct activation *act, const struct step *step,
		     const struct cell *cell)
{
	const struct word *name = name_of(step);
	const char *plain = arena_printf(
		act->run->arena, "%s is not set, so .%.*s cannot be read",
		chain_before(act, step), (int)name->len, name->at);

	act->run->failure.names = step->index + 1;
	return exec_fail_plain(act, plain, NULL,
			       "nil pointer evaluating %s.%.*s",
			       static_type(cell), (int)name->len, name->at);
}

/* The same with the key that may have been meant. */
static bool fail_unset(struct activation *act, const struct step *step,
		       const struct cell *parent)
{
	struct keys keys = { parent->value, 0 };
	struct step before = *step;
	const struct word *name;
	const char *near, *word;

	before.index--;
	name = name_of(&before);
	word = arena_strndup(act->run->arena, name->at, name->len);
	near = edit_nearest(word, next_key, &keys);
	name = name_of(step);
	if (near) {
		act->run->failure.value_at =
			value_entry(parent->value, near, strlen(near))->origin;
		act->run->failure.value = near;
	}
	act->run->failure.names = step->index + 1;
	return exec_fail_plain(
		act,
		arena_printf(act->run->arena,
			     "%s is not set, so .%.*s cannot be read%s%s%s",
			     chain_before(act, step), (int)name->len, name->at,
			     near ? "; there is \"" : "", near ? near : "",
			     near ? "\"" : ""),
		NULL, "nil pointer evaluating interface {}.%.*s",
		(int)name->len, name->at);
}

/* A field that only Go's own package may use. */
static bool is_hidden(struct activation *act, const struct value *object,
		      const struct word *name)
{
	const struct object_part *part = object_parts(act->run->arena, object);

	for (; part && part->name; part++)
		if (strlen(part->name) == name->len &&
		    memcmp(part->name, name->at, name->len) == 0)
			return true;
	return false;
}

static bool fail_no_field(struct activation *act, const struct step *step,
			  const struct cell *cell)
{
	const struct word *name = name_of(step);

	if (is_hidden(act, cell->value, name))
		return exec_fail(act,
				 "%.*s is an unexported field of struct type "
				 "%s",
				 (int)name->len, name->at, static_type(cell));
	act->run->failure.value_at = cell->value->origin;
	act->run->failure.value = chain_before(act, step);
	act->run->failure.names = step->index + 1;
	return exec_fail_plain(
		act,
		arena_printf(
			act->run->arena, "%s is a %s, which has no field %.*s",
			chain_before(act, step),
			value_kind_name((enum value_kind)cell->value->kind),
			(int)name->len, name->at),
		NULL, "can't evaluate field %.*s in type %s", (int)name->len,
		name->at, static_type(cell));
}

static bool call_method(struct activation *act, const struct step *step,
			const struct func *method, const struct cell *cell,
			struct cell *result)
{
	struct invocation call = {
		.func = method,
		.name = *name_of(step),
		.node = step->node,
		.command = step->command,
		.final = step->final,
		.receiver = cell->value,
	};

	return eval_call(act, &call, result);
}

/* The key that may have been meant by one that is missing, or "". */
static const char *there_is(struct activation *act, const struct step *step,
			    const struct value *map)
{
	struct arena *arena = act->run->arena;
	struct keys keys = { map, 0 };
	const struct word *name = name_of(step);
	const char *near = edit_nearest(
		arena_strndup(arena, name->at, name->len), next_key, &keys);

	return near ? arena_printf(arena, "; there is \"%s\"", near) : "";
}

/* The words are what Go's missingkey=error would say; a default is a value. */
static bool fail_strict(struct activation *act, const struct step *step,
			const struct value *map)
{
	const struct word *name = name_of(step);
	const char *before = chain_before(act, step);

	act->run->failure.names = step->index + 2;
	return exec_fail_plain(act,
			       arena_printf(act->run->arena,
					    "%s%s%.*s is not set%s", before,
					    strcmp(before, ".") == 0 ? "" : ".",
					    (int)name->len, name->at,
					    there_is(act, step, map)),
			       NULL, "map has no entry for key \"%.*s\"",
			       (int)name->len, name->at);
}

/* A key that is missing, once for each path of .Values. */
static void note_undefined(struct activation *act, const struct step *step,
			   const struct value *map)
{
	struct template_run *run = act->run;
	const struct node_fields *fields = &step->node->fields;
	struct node part = part_of(step->node, NODE_FIELD, step->index + 1);
	const char *near;
	struct origin at;
	struct str path;

	if (!run->options.facts || act->guards || !step->index ||
	    fields->names[0].len != 6 ||
	    memcmp(fields->names[0].at, "Values", 6) != 0)
		return;
	str_init(&path, run->arena);
	node_print(&path, &part, act->tree->source);
	if (table_find(&run->undefined, str_text(&path), path.len))
		return;
	near = there_is(act, step, map);
	if (act->kept && !*near)
		return;
	table_put(&run->undefined, path.text, path.len, run);
	at = exec_origin(act, &part);
	fact_add(run->options.facts, FACT_VALUES_KEY_UNDEFINED, &at,
		 "%s is read but nothing sets it%s", path.text, near);
}

/* Helm asks for the zero value of the map's type where a key is absent. */
static bool absent_key(struct activation *act, const struct step *step,
		       const struct cell *cell, struct cell *result)
{
	static const struct value empty = { .kind = VALUE_STRING,
					    .string = "",
					    .flags = VALUE_FLAG_READ };

	if (act->run->options.strict && !act->guards)
		return fail_strict(act, step, cell->value);
	if (cell->value->type == VALUE_TYPE_STRINGS) {
		result->value = &empty;
		result->boxed = false;
		return true;
	}
	note_undefined(act, step, cell->value);
	result->value = &exec_nil;
	result->boxed = true;
	return true;
}

static bool map_key(struct activation *act, const struct step *step,
		    const struct cell *cell, struct cell *result)
{
	const struct word *name = name_of(step);
	struct value *value;

	if (has_arguments(step))
		return exec_fail(act, "%.*s is not a method but has arguments",
				 (int)name->len, name->at);
	value = value_getn(cell->value, name->at, name->len);
	if (!value)
		return absent_key(act, step, cell, result);
	/* What a chain only passes through was not used as a whole. */
	if (act->run->options.facts &&
	    step->index + 1 == step->node->fields.count &&
	    !(value->flags & VALUE_FLAG_READ))
		value->flags |= VALUE_FLAG_READ;
	result->value = value;
	result->boxed = cell->value->type != VALUE_TYPE_STRINGS;
	return true;
}

static bool object_field(struct activation *act, const struct step *step,
			 const struct cell *cell, struct cell *result)
{
	const struct object_class *class = object_class_of(cell->value);
	const struct word *name = name_of(step);
	const struct value *value;

	value = class->field ? class->field(act->run->arena, cell->value,
					    name->at, name->len)
			     : NULL;
	if (!value)
		return fail_no_field(act, step, cell);
	if (has_arguments(step))
		return exec_fail(act,
				 class->kind && strcmp(class->kind, "map") == 0
					 ? "%.*s is not a method but has "
					   "arguments"
					 : "%.*s has arguments but cannot be "
					   "invoked as function",
				 (int)name->len, name->at);
	result->value = value;
	result->boxed = false;
	return true;
}

static bool eval_step(struct activation *act, const struct step *step,
		      const struct cell *cell, struct cell *result)
{
	const struct func *method;

	if (cell_is_invalid(cell)) {
		if (act->run->options.strict && !act->guards)
			return exec_fail(
				act, "nil data; no entry for key \"%.*s\"",
				(int)name_of(step)->len, name_of(step)->at);
		result->value = &exec_nil;
		result->boxed = false;
		return true;
	}
	if (cell_is_nil(cell))
		return fail_nil(act, step, cell);
	method = object_method(cell->value, name_of(step)->at,
			       name_of(step)->len);
	if (method)
		return call_method(act, step, method, cell, result);
	if (cell->value->kind == VALUE_MAP)
		return map_key(act, step, cell, result);
	if (cell->value->kind == VALUE_OPAQUE)
		return object_field(act, step, cell, result);
	return fail_no_field(act, step, cell);
}

static bool eval_chain(struct activation *act, const struct node *node,
		       const struct node *command, const struct cell *final,
		       struct cell *cell)
{
	uint32_t count = node->fields.count, i;
	struct cell parent = { NULL, false };

	for (i = 0; i < count; i++) {
		struct step step = { node, i, NULL, NULL };
		struct cell next;

		if (i + 1 == count) {
			step.command = command;
			step.final = final;
		}
		if (cell->boxed && cell_is_nil(cell) &&
		    value_is_map(parent.value))
			return fail_unset(act, &step, &parent);
		if (!eval_step(act, &step, cell, &next))
			return false;
		parent = *cell;
		*cell = next;
	}
	return true;
}

static bool eval_base(struct activation *act, const struct node *node,
		      struct cell *cell)
{
	const struct node *base;

	switch ((enum node_kind)node->kind) {
	case NODE_FIELD:
		*cell = act->dot;
		return true;
	case NODE_VARIABLE:
		if (node->fields.slot == SLOT_NONE)
			return exec_fail(act, "undefined variable: %.*s",
					 (int)node->fields.variable.len,
					 node->fields.variable.at);
		*cell = act->slots[node->fields.slot];
		return true;
	default:
		base = act->current = node->fields.base;
		if (base->kind == NODE_PIPE)
			return eval_pipeline(act, base, cell);
		return eval_function(act, base, NULL, NULL, cell);
	}
}

bool eval_fields(struct activation *act, const struct node *node,
		 const struct node *command, const struct cell *final,
		 struct cell *result)
{
	act->current = node;
	if (!eval_base(act, node, result))
		return false;
	if (node->fields.count)
		return eval_chain(act, node, command, final, result);
	if (final || (command && command->command.count > 1)) {
		struct str shown;

		str_init(&shown, act->run->arena);
		node_print(&shown, node, act->tree->source);
		return exec_fail(act, "can't give argument to non-function %s",
				 str_text(&shown));
	}
	return true;
}
