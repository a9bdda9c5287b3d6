/*
 * Where all errors of a page are wanted: what may be run behind an action that
 * failed, and which failures say something new.
 *
 * Only the page itself goes on, with its next action: an error in a template
 * that it calls is one of the call.  Nothing is reported that may follow from
 * what was reported before:
 *
 * - what reads a variable that was not set is not run;
 * - what stumbles over the key that another failure is about, or over one
 *   below it, is silent;
 * - behind `fail` only `fail` and `required` count, as it may have guarded
 *   what comes after it;
 * - behind an action that would have changed a map, nothing counts.
 */
#include <string.h>

#include "base/arena.h"
#include "templates/exec.h"
#include "templates/exec/run.h"

enum {
	FAILURES_MAX = 100
};

struct doubts {
	VEC(const char *) causes; /* chains that failures were about */
	VEC(int32_t) lost;        /* slots of variables that were not set */
	struct table seen;        /* trees, while one is looked for */
	uint32_t failures;
	bool guarded; /* by fail */
};

struct doubts *exec_doubts_new(struct arena *arena)
{
	return arena_zalloc(arena, sizeof(struct doubts));
}

/* Nodes. */

static const struct node *item(const struct node_list *list, uint32_t i)
{
	return i < list->count ? list->items[i] : NULL;
}

static const struct node *control_child(const struct node_control *control,
					uint32_t i)
{
	if (!i)
		return control->pipe;
	i--;
	if (i < control->body.count)
		return control->body.items[i];
	return item(&control->otherwise, i - control->body.count);
}

/* One after the other; NULL behind the last. */
static const struct node *child(const struct node *node, uint32_t i)
{
	switch ((enum node_kind)node->kind) {
	case NODE_ACTION:
		return i ? NULL : node->action.pipe;
	case NODE_TEMPLATE:
		return i ? NULL : node->template.pipe;
	case NODE_IF:
	case NODE_WITH:
	case NODE_RANGE:
		return control_child(&node->control, i);
	case NODE_PIPE:
		return item(&node->pipe.commands, i);
	case NODE_COMMAND:
		return item(&node->command, i);
	case NODE_CHAIN:
		return i ? NULL : node->fields.base;
	case NODE_TEXT:
	case NODE_BREAK:
	case NODE_CONTINUE:
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_FUNCTION:
	case NODE_DOT:
	case NODE_NIL:
	case NODE_BOOL:
	case NODE_NUMBER:
	case NODE_STRING:
		break;
	}
	return NULL;
}

typedef bool visit(struct template_run *run, const struct node *node);

/* Whether `is` says so of the node or of one below it. */
static bool any(struct template_run *run, const struct node *node, visit *is)
{
	const struct node *below;
	uint32_t i;

	if (is(run, node))
		return true;
	for (i = 0; (below = child(node, i)) != NULL; i++)
		if (any(run, below, is))
			return true;
	return false;
}

static bool is_function(const struct node *node, const char *name)
{
	const struct word *word = &node->function.name;

	return node->kind == NODE_FUNCTION && word->len == strlen(name) &&
	       memcmp(word->at, name, word->len) == 0;
}

/* Variables. */

static bool is_lost(struct template_run *run, const struct node *node)
{
	const struct doubts *doubts = run->doubts;
	size_t i;

	for (i = 0; node->kind == NODE_VARIABLE && i < doubts->lost.count; i++)
		if (doubts->lost.items[i] == node->fields.slot)
			return true;
	return false;
}

/* Never true: it is asked of all of them. */
static bool lose(struct template_run *run, const struct node *node)
{
	uint8_t i;

	for (i = 0; node->kind == NODE_PIPE && i < node->pipe.declarations; i++)
		vec_push(run->arena, &run->doubts->lost,
			 node->pipe.declared[i].slot);
	return false;
}

static void find_again(struct doubts *doubts, const struct node_pipe *pipe)
{
	size_t i, kept = 0;

	for (i = 0; i < doubts->lost.count; i++) {
		int32_t slot = doubts->lost.items[i];

		if ((!pipe->declarations || slot != pipe->declared[0].slot) &&
		    (pipe->declarations < 2 || slot != pipe->declared[1].slot))
			doubts->lost.items[kept++] = slot;
	}
	doubts->lost.count = kept;
}

/* Maps that an action may have been meant to change. */

static bool changes(struct template_run *run, const struct node *node);

static bool tree_changes(struct template_run *run,
			 const struct template_tree *tree)
{
	struct table *seen = &run->doubts->seen;
	uint32_t i;

	if (!tree || table_find(seen, (const char *)&tree, sizeof(tree)))
		return false;
	table_put(seen,
		  arena_strndup(run->arena, (const char *)&tree, sizeof(tree)),
		  sizeof(tree), run);
	for (i = 0; i < tree->body.count; i++)
		if (any(run, tree->body.items[i], changes))
			return true;
	return false;
}

static bool named_changes(struct template_run *run, const char *name,
			  size_t len)
{
	return tree_changes(run, overlay_find(NULL, run->set, name, len));
}

/* set and its like change the map they are given; one just made is nobody's. */
static bool changes(struct template_run *run, const struct node *node)
{
	static const char *const names[] = {
		"merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite",
		"set",   "unset",
	};
	const struct node *word;
	size_t i;

	if (node->kind == NODE_TEMPLATE)
		return named_changes(run, node->template.name.at,
				     node->template.name.len);
	if (node->kind != NODE_COMMAND || node->command.count < 2)
		return false;
	word = node->command.items[1];
	if (is_function(node->command.items[0], "include"))
		return word->kind == NODE_STRING &&
		       named_changes(run, word->literal.value.string,
				     word->literal.value.len);
	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (is_function(node->command.items[0], names[i]))
			return word->kind != NODE_PIPE;
	return false;
}

/* The action, and the templates that were at work when it failed. */
static bool may_change(struct template_run *run, const struct node *node)
{
	size_t i;

	table_init(&run->doubts->seen, run->arena);
	for (i = 0; i < run->failure.trees.count; i++)
		if (tree_changes(run, run->failure.trees.items[i]))
			return true;
	return any(run, node, changes);
}

/* Causes. */

/* Within the tree, what stands in the same parentheses as `target`. */
static const struct node *pipe_of(const struct node *node,
				  const struct node *target,
				  const struct node *pipe)
{
	const struct node *below, *found = NULL;
	uint32_t i;

	if (node == target)
		return pipe;
	if (node->kind == NODE_PIPE)
		pipe = node;
	for (i = 0; !found && (below = child(node, i)) != NULL; i++)
		found = pipe_of(below, target, pipe);
	return found;
}

static void put_names(struct str *out, const struct node_fields *fields,
		      uint32_t from, uint32_t to)
{
	for (; from < to; from++) {
		str_putc(out, '.');
		str_put(out, fields->names[from].at, fields->names[from].len);
	}
}

/*
 * The first `count` names of a chain, as a text that is the same for the same
 * key: from .Values on, or from what stands in front of the names.
 */
static void note_chain(struct activation *act, const struct node *node,
		       uint32_t count)
{
	struct template_run *run = act->run;
	const struct node_fields *fields = &node->fields;
	const void *base = act->dot.value;
	struct str out;
	uint32_t i;

	str_init(&out, run->arena);
	for (i = 0; i < count; i++)
		if (fields->names[i].len == 6 &&
		    memcmp(fields->names[i].at, "Values", 6) == 0)
			break;
	if (i < count) {
		if (i + 1 == count)
			return; /* all values are about nothing */
		put_names(&out, fields, i, count);
	} else if (node->kind == NODE_VARIABLE && !count) {
		str_printf(&out, "%p %.*s", (const void *)act->tree,
			   (int)fields->variable.len, fields->variable.at);
	} else if (node->kind != NODE_CHAIN) {
		if (node->kind == NODE_VARIABLE && fields->slot != SLOT_NONE)
			base = act->slots[fields->slot].value;
		str_printf(&out, "%p", base);
		put_names(&out, fields, 0, count);
	} else {
		return;
	}
	vec_push(run->arena, &run->failure.causes, str_text(&out));
}

static void note_chains(struct activation *act, const struct node *node)
{
	const struct node *below;
	uint32_t i;

	if ((node->kind == NODE_FIELD || node->kind == NODE_VARIABLE ||
	     node->kind == NODE_CHAIN) &&
	    node->fields.count)
		note_chain(act, node, node->fields.count);
	for (i = 0; (below = child(node, i)) != NULL; i++)
		note_chains(act, below);
}

void exec_note_cause(struct activation *act)
{
	struct template_run *run = act->run;
	const struct node_list *body = &act->tree->body;
	const struct node *node = act->current, *pipe = NULL;
	struct activation *at;
	uint32_t i;

	if (!run->doubts)
		return;
	for (at = act; at->caller; at = at->caller)
		vec_push(run->arena, &run->failure.trees, at->tree);
	if (node->kind == NODE_COMMAND)
		run->failure.by_fail =
			is_function(node->command.items[0], "fail");
	if (run->failure.names &&
	    (node->kind == NODE_FIELD || node->kind == NODE_VARIABLE)) {
		note_chain(act, node, run->failure.names - 1);
		return;
	}
	for (i = 0; !pipe && i < body->count; i++)
		pipe = pipe_of(body->items[i], node, NULL);
	if (pipe)
		note_chains(act, pipe);
}

/* Whether one of the causes is that of an earlier failure, or lies below. */
static bool known_cause(const struct template_run *run)
{
	const struct doubts *doubts = run->doubts;
	size_t i, j;

	for (i = 0; i < run->failure.causes.count; i++)
		for (j = 0; j < doubts->causes.count; j++) {
			const char *cause = run->failure.causes.items[i];
			const char *known = doubts->causes.items[j];
			size_t len = strlen(known);

			if (strncmp(cause, known, len) == 0 &&
			    (!cause[len] || cause[len] == '.'))
				return true;
		}
	return false;
}

/* Going on. */

static void doubt(struct template_run *run)
{
	struct doubts *doubts = run->doubts;
	size_t i;

	for (i = 0; i < run->failure.causes.count; i++)
		vec_push(run->arena, &doubts->causes,
			 run->failure.causes.items[i]);
	if (run->failure.by_fail)
		doubts->guarded = true;
}

/* What pipelines of the node itself read, and not those in its branches. */
static const struct node *own_pipe(const struct node *node)
{
	switch ((enum node_kind)node->kind) {
	case NODE_ACTION:
	case NODE_TEMPLATE:
	case NODE_IF:
	case NODE_WITH:
	case NODE_RANGE:
		return child(node, 0);
	default:
		return NULL;
	}
}

bool exec_passes(struct activation *act, const struct node *node)
{
	struct template_run *run = act->run;
	const struct node *pipe = own_pipe(node);

	if (!pipe)
		return false;
	if (any(run, pipe, is_lost)) {
		(void)any(run, node, lose);
		if (may_change(run, node))
			run->doubts->failures = FAILURES_MAX;
		return true;
	}
	find_again(run->doubts, &pipe->pipe);
	act->doubtful = run->doubts->lost.count != 0;
	return false;
}

bool exec_resume(struct activation *act, const struct node *node)
{
	struct template_run *run = act->run;
	struct doubts *doubts = run->doubts;
	struct failure *failure = &run->failure;

	if (!doubts || act->caller || failure->limited || failure->told)
		return false;
	failure->told = true;
	if (doubts->failures >= FAILURES_MAX)
		return false;
	if (!doubts->failures ||
	    (!known_cause(run) && (!doubts->guarded || failure->stopped)))
		exec_report(run, act->tree->file);
	doubts->failures++;
	if (may_change(run, node))
		return false;
	doubt(run);
	(void)any(run, node, lose);
	act->doubtful = doubts->lost.count != 0;
	memset(failure, 0, sizeof(*failure));
	run->arguments.count = 0;
	run->overlay = NULL;
	return true;
}

bool exec_failed(const struct template_run *run)
{
	return run->doubts && run->doubts->failures;
}

void exec_doubts_clear(struct template_run *run)
{
	if (run->doubts)
		memset(run->doubts, 0, sizeof(*run->doubts));
}
