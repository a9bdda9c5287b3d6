/*
 * Execution: from the list of nodes down to the single action.
 */
#include "templates/exec.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/pool.h"
#include "base/source.h"
#include "templates/exec/run.h"
#include "templates/print.h"

enum {
	/* Between looks at the clock. */
	CLOCK_STEPS = 32,
	/* Texts that grow leave their old bytes behind. */
	SCRATCH_ROOM = 1024,
	/*
	 * Of the stack of a thread, which has 8 MiB as a rule; the frames of
	 * a sanitizer are many times as large, and its tests are given more.
	 */
#ifdef __SANITIZE_ADDRESS__
	STACK_BYTES = 256 << 20,
#else
	STACK_BYTES = 5 << 20,
#endif
	/* Of a block or a parenthesis. */
	LEVEL_BYTES = 1536,
	/* As in Go. */
	TEMPLATE_DEPTH = 100000,
};

static const char no_value[] = "<no value>";

/*
 * Constants may end in a map of the chart, where who reads a key marks it:
 * they are marked from the start, as they cannot be written to.
 */
const struct value exec_nil = { .kind = VALUE_NULL,
				.type = VALUE_TYPE_INVALID,
				.flags = VALUE_FLAG_READ };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct template_run *template_run_new(const struct template_set *set,
				      struct arena *arena,
				      struct diag_sink *diags,
				      const struct template_options *options)
{
	struct template_run *run = arena_zalloc(arena, sizeof(*run));

	run->set = set;
	run->arena = arena;
	run->diags = diags;
	if (options)
		run->options = *options;
	run->limits =
		run->options.limits ? *run->options.limits : limits_default();
	table_init(&run->texts, arena);
	table_init(&run->included, arena);
	table_init(&run->undefined, arena);
	if (run->options.all_errors)
		run->doubts = exec_doubts_new(arena);
	run->deadline = now() + (double)run->limits.time;
	run->used = arena_used(arena);
	return run;
}

bool template_run_limited(const struct template_run *run)
{
	return run->failure.limited;
}

const struct template_options *exec_options(const struct template_run *run)
{
	return &run->options;
}

struct str *exec_scratch(struct template_run *run)
{
	struct str *str;

	if (run->scratch.count) {
		str = run->scratch.items[--run->scratch.count];
		str_clear(str);
		return str;
	}
	str = arena_alloc(run->arena, sizeof(*str));
	str_init(str, run->arena);
	str_reserve(str, SCRATCH_ROOM);
	return str;
}

void exec_release(struct template_run *run, struct str *str)
{
	vec_push(run->arena, &run->scratch, str);
}

static bool too_much_memory(struct activation *act)
{
	const struct template_run *run = act->run;

	arena_cap(run->arena, 0, NULL, NULL);
	return exec_limit(act, "template-memory",
			  "templates took more than %llu bytes",
			  (unsigned long long)run->limits.template_memory);
}

bool exec_clock(struct activation *act)
{
	const struct template_run *run = act->run;

	if (now() <= run->deadline)
		return true;
	return exec_limit(act, "time", "rendering took more than %llu seconds",
			  (unsigned long long)run->limits.time);
}

bool exec_step(struct activation *act, size_t steps)
{
	struct template_run *run = act->run;
	uint64_t before = run->steps;

	run->steps += steps;
	if (UNLIKELY(run->steps > run->limits.template_steps))
		return exec_limit(
			act, "template-steps",
			"more than %llu template nodes were evaluated",
			(unsigned long long)run->limits.template_steps);
	if (UNLIKELY(run->written > run->limits.output_size))
		return exec_limit(act, "output-size",
				  "more than %llu bytes were rendered",
				  (unsigned long long)run->limits.output_size);
	if (UNLIKELY(arena_used(run->arena) - run->used >
		     run->limits.template_memory))
		return too_much_memory(act);
	return before / CLOCK_STEPS == run->steps / CLOCK_STEPS ||
	       exec_clock(act);
}

/* Nodes. */

static void run_text(struct activation *act, const struct node *node)
{
	const struct source *source = act->tree->source;
	size_t len = node->text.end - node->begin;

	str_mark(act->out, act->frame, node->begin, NULL);
	str_put(act->out, source->text + node->begin, len);
	act->run->written += len;
}

/* Who writes coalesce or default means that there may be nothing. */
static bool may_be_nothing(const struct node *pipe)
{
	const struct node_list *commands = &pipe->pipe.commands;
	const struct node *last = commands->items[commands->count - 1];
	const struct node *first = last->command.items[0];
	static const char *const names[] = { "coalesce", "default" };
	size_t i;

	for (i = 0; first->kind == NODE_FUNCTION && i < ARRAY_COUNT(names); i++)
		if (first->function.name.len == strlen(names[i]) &&
		    memcmp(first->function.name.at, names[i],
			   strlen(names[i])) == 0)
			return true;
	return false;
}

/* Somebody wrote `key: null`, or `key:`. */
static bool is_written(const struct value *value)
{
	return value && origin_source(&value->origin) &&
	       origin_source(&value->origin)->role == SOURCE_VALUES;
}

/*
 * key: "{{ .Values.proxy }}" where values say `proxy: null` is an empty text,
 * as its author wrote both.
 */
static bool is_meant(const struct origin *at, const struct value *value)
{
	const struct source *source = origin_source(at);
	char quote;

	if (!is_written(value) || !at->begin ||
	    at->begin + at->length >= source->len)
		return false;
	quote = source->text[at->begin - 1];
	return (quote == '"' || quote == '\'') &&
	       source->text[at->begin + at->length] == quote;
}

/* Nothing but a key or a dash stands beside it: "key: {{ .Values.proxy }}". */
static bool is_alone(const struct origin *at)
{
	const char *text = origin_source(at)->text;
	const char *before = text + at->begin, *behind = before + at->length;

	while (before > text && before[-1] == ' ')
		before--;
	behind += strspn(behind, " \r");
	return before > text && (before[-1] == ':' || before[-1] == '-') &&
	       (*behind == '\n' || !*behind);
}

static void note_no_value(struct activation *act, const struct node *node,
			  const struct value *value)
{
	struct fact_log *facts = act->run->options.facts;
	struct str shown;

	if (!facts || may_be_nothing(node->action.pipe) ||
	    is_meant(act->action, value))
		return;
	str_init(&shown, act->run->arena);
	node_print(&shown, node->action.pipe, act->tree->source);
	fact_add(facts, FACT_TEMPLATE_NO_VALUE, act->action,
		 "%s is null here, so nothing is printed", str_text(&shown));
	/* An object may have the field and no value, as if it were not set. */
	vec_last(&facts->facts)->perhaps =
		is_written(value) && is_alone(act->action);
}

/*
 * Trees of tpl serve all texts that are equal, so that the source they were
 * parsed from may be another one than that at hand.
 */
static const struct origin *own_origin(const struct activation *act,
				       const struct origin *origin)
{
	struct origin *own;

	if (LIKELY(origin_source(origin) == act->tree->source))
		return origin;
	own = arena_alloc(act->run->arena, sizeof(*own));
	*own = origin_in(origin, act->tree->source);
	return own;
}

static bool run_action(struct activation *act, const struct node *node)
{
	const struct origin *origin = own_origin(act, &node->action.origin);
	struct marker marker = { act->frame, origin->begin, origin };
	size_t before = act->out->len;
	struct cell cell;

	act->action = origin;
	if (!eval_pipeline(act, node->action.pipe, &cell))
		return false;
	if (node->action.pipe->pipe.declarations)
		return true;
	act->current = node;
	if (cell_is_nil(&cell))
		note_no_value(act, node, cell.value);
	print_shown(act->out, cell_is_nil(&cell) ? NULL : cell.value, &marker);
	act->run->written += act->out->len - before;
	return true;
}

/* `key:` on the first line that is not blank; the length of the key. */
static size_t key_of_text(const char *text, size_t len, const char **key)
{
	size_t begin = 0, end;

	while (begin < len && strchr(" \t\r\n", text[begin]))
		begin++;
	for (end = begin; end < len && (isalnum((unsigned char)text[end]) ||
					text[end] == '_');)
		end++;
	*key = text + begin;
	return end < len && text[end] == ':' ? end - begin : 0;
}

static bool is_blank(const char *text, size_t len)
{
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	return !len;
}

/* The key that a list of nodes writes first; 0: none. */
static size_t key_of_list(const struct source *source,
			  const struct node_list *list, const char **key)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct node *node = list->items[i];
		const char *text = source->text + node->begin;

		if (node->kind == NODE_IF || node->kind == NODE_WITH)
			return key_of_list(source, &node->control.body, key);
		/* {{ $name := ... }} prints nothing. */
		if (node->kind == NODE_ACTION &&
		    node->action.pipe->pipe.declarations)
			continue;
		if (node->kind != NODE_TEXT)
			return 0;
		if (!is_blank(text, node->text.end - node->begin))
			return key_of_text(text, node->text.end - node->begin,
					   key);
	}
	return 0;
}

/*
 * A key that is not there because a value is empty or false is to be added
 * where that value stands.
 */
static void note_skipped(struct activation *act, const struct node *node,
			 const struct value *condition)
{
	struct fact_log *facts = act->run->options.facts;
	const struct origin *origin = &condition->origin;
	struct origin at = *own_origin(act, &node->control.origin);
	const char *key;
	size_t len;

	if (!facts || !origin_source(origin) ||
	    origin_source(origin)->role != SOURCE_VALUES)
		return;
	len = key_of_list(act->tree->source, &node->control.body, &key);
	if (!len)
		return;
	at = origin_after(act->run->arena, &at, ORIGIN_WROTE, origin);
	fact_add(facts, FACT_BRANCH_SKIPPED, &at, "%.*s", (int)len, key);
}

static enum flow run_branches(struct activation *act, const struct node *node)
{
	const struct node_control *control = &node->control;
	struct cell cell, dot = act->dot;
	enum flow flow;
	bool truth;

	act->action = own_origin(act, &control->origin);
	if (!eval_condition(act, control->pipe, &cell))
		return FLOW_FAIL;
	truth = template_truth(cell.value);
	if (truth && node->kind == NODE_WITH)
		act->dot = cell;
	if (!truth)
		note_skipped(act, node, cell.value);
	flow = exec_list(act, truth ? &control->body : &control->otherwise);
	act->dot = dot;
	return flow;
}

static bool run_template(struct activation *act, const struct node *node)
{
	struct template_run *run = act->run;
	const struct word *name = &node->template.name;
	const struct template_tree *tree =
		overlay_find(run->overlay, run->set, name->at, name->len);
	struct cell dot = { &exec_nil, false };

	act->action = own_origin(act, &node->template.origin);
	if (!tree) {
		const char *text =
			arena_strndup(run->arena, name->at, name->len);
		const char *near = set_nearest_template(run->set, text);

		run->failure.told = run->set->broken;
		return exec_fail_plain(
			act,
			near ? arena_printf(run->arena,
					    "template \"%s\" is not defined; "
					    "\"%s\" is",
					    text, near)
			     : NULL,
			NULL, "template \"%s\" not defined", text);
	}
	if (run->depth > TEMPLATE_DEPTH)
		return exec_fail(act, "exceeded maximum template depth (%d)",
				 TEMPLATE_DEPTH);
	if (node->template.pipe &&
	    !eval_pipeline(act, node->template.pipe, &dot))
		return false;
	return exec_tree(run, tree, &dot, act->out);
}

static enum flow run_node(struct activation *act, const struct node *node)
{
	act->current = node;
	switch ((enum node_kind)node->kind) {
	case NODE_TEXT:
		run_text(act, node);
		return FLOW_NEXT;
	case NODE_ACTION:
		return run_action(act, node) ? FLOW_NEXT : FLOW_FAIL;
	case NODE_IF:
	case NODE_WITH:
		return run_branches(act, node);
	case NODE_RANGE:
		act->action = own_origin(act, &node->control.origin);
		return exec_range(act, node);
	case NODE_TEMPLATE:
		return run_template(act, node) ? FLOW_NEXT : FLOW_FAIL;
	case NODE_BREAK:
		return FLOW_BREAK;
	case NODE_CONTINUE:
		return FLOW_CONTINUE;
	case NODE_PIPE:
	case NODE_COMMAND:
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_CHAIN:
	case NODE_FUNCTION:
	case NODE_DOT:
	case NODE_NIL:
	case NODE_BOOL:
	case NODE_NUMBER:
	case NODE_STRING:
		break;
	}
	BUG("a node that is no item of a list");
}

enum flow exec_list(struct activation *act, const struct node_list *list)
{
	uint32_t i;

	for (i = 0; i < list->count; i++) {
		enum flow flow;

		if (!exec_step(act, 1))
			return FLOW_FAIL;
		if (UNLIKELY(act->doubtful) && exec_passes(act, list->items[i]))
			continue;
		flow = run_node(act, list->items[i]);
		if (flow == FLOW_FAIL && exec_resume(act, list->items[i]))
			continue;
		if (flow != FLOW_NEXT)
			return flow;
	}
	return FLOW_NEXT;
}

/* Templates. */

/* Whether the tree may not fit into what is left of the stack. */
static bool stack_is_short(const struct template_run *run,
			   const struct template_tree *tree)
{
	size_t most = run->deep ? POOL_DEEP_BYTES / 8 * 7 : STACK_BYTES;
	char here;
	uintptr_t now_at = (uintptr_t)&here, began = (uintptr_t)run->stack;
	size_t used = now_at < began ? began - now_at : now_at - began;

	return UNLIKELY(used + (size_t)tree->nesting * LEVEL_BYTES > most);
}

static const struct frame *frame_new(struct template_run *run,
				     const struct template_tree *tree)
{
	struct frame *frame = arena_alloc(run->arena, sizeof(*frame));

	frame->source = tree->source;
	frame->caller = run->top ? run->top->frame : NULL;
	frame->call = run->top ? run->top->action->begin : 0;
	return frame;
}

static bool run_tree(struct template_run *run, const struct template_tree *tree,
		     const struct cell *dot, struct str *out);

/* A call that is made on another stack. */
struct dive {
	struct template_run *run;
	const struct template_tree *tree;
	const struct cell *dot;
	struct str *out;
	bool done;
};

/* No jump leads from one stack to another: this one ends as if it failed. */
static void dive(void *context)
{
	struct dive *dive = context;
	struct template_run *run = dive->run;
	struct activation *top = run->top;
	uint32_t depth = run->depth, texts_deep = run->texts_deep;
	jmp_buf above;
	char here;

	memcpy(&above, &run->full, sizeof(above));
	run->stack = &here;
	run->deep = true;
	if (setjmp(run->full) == 0) {
		dive->done = run_tree(run, dive->tree, dive->dot, dive->out);
	} else {
		run->top = top;
		run->depth = depth;
		run->texts_deep = texts_deep;
	}
	memcpy(&run->full, &above, sizeof(above));
}

/* Blocks, parentheses and calls may nest deeper than a thread has stack. */
static bool run_deep(struct template_run *run, const struct template_tree *tree,
		     const struct cell *dot, struct str *out)
{
	struct dive job = { run, tree, dot, out, false };
	struct activation own = { .run = run,
				  .tree = tree,
				  .frame = frame_new(run, tree),
				  .current = tree->body.items[0] };
	const char *stack = run->stack;

	if (!run->deep && pool_deep(dive, &job)) {
		run->stack = stack;
		run->deep = false;
		return job.done;
	}
	return exec_limit(run->top ? run->top : &own, NULL,
			  "templates call one another deeper than the stack "
			  "allows (a bound that no --limit raises)");
}

bool exec_tree(struct template_run *run, const struct template_tree *tree,
	       const struct cell *dot, struct str *out)
{
	if (tree->broken) {
		run->failure.told = true;
		return false;
	}
	return stack_is_short(run, tree) ? run_deep(run, tree, dot, out)
					 : run_tree(run, tree, dot, out);
}

static bool run_tree(struct template_run *run, const struct template_tree *tree,
		     const struct cell *dot, struct str *out)
{
	enum {
		FEW = 8
	};
	struct cell few[FEW];
	struct activation act = { .run = run,
				  .caller = run->top,
				  .tree = tree,
				  .frame = frame_new(run, tree),
				  .slots = few,
				  .dot = *dot,
				  .out = out };
	enum flow flow;

	/* Where a limit that is met before the first step is. */
	if (tree->body.count)
		act.current = tree->body.items[0];
	if (tree->slots > FEW)
		act.slots = arena_zalloc(run->arena,
					 (size_t)tree->slots * sizeof(*few));
	act.slots[0] = *dot;
	run->top = &act;
	run->depth++;
	flow = exec_list(&act, &tree->body);
	run->depth--;
	run->top = act.caller;
	return flow != FLOW_FAIL;
}

void exec_remove_no_value(struct template_run *run, struct str *out,
			  size_t from)
{
	size_t len = sizeof(no_value) - 1, at = from, kept = 0;
	struct text whole;
	struct str clean;
	uint32_t hint = 0;
	const char *found;

	/* A text that was never begun has no bytes to look at. */
	if (at == out->len)
		return;
	while ((found = memchr(out->text + at, '<', out->len - at)) != NULL) {
		at = (size_t)(found - out->text);
		if (out->len - at >= len && memcmp(found, no_value, len) == 0)
			break;
		at++;
	}
	if (!found)
		return;
	whole = str_finish(out);
	str_init(&clean, run->arena);
	str_reserve(&clean, out->len);
	for (;;) {
		str_put_slice(&clean, &whole, kept, at, &hint);
		kept = at + len;
		for (at = kept; at < whole.len; at++) {
			found = memchr(whole.at + at, '<', whole.len - at);
			at = found ? (size_t)(found - whole.at) : whole.len;
			if (whole.len - at >= len &&
			    memcmp(whole.at + at, no_value, len) == 0)
				break;
		}
		if (at >= whole.len)
			break;
	}
	str_put_slice(&clean, &whole, kept, whole.len, &hint);
	*out = clean;
}

/*
 * One step may double what there is: the arena says when that is too much.
 * This is the only jump of the program.  An allocation cannot fail upward
 * through a hundred functions that rely on it, all that was allocated lies in
 * the arena, and no function of a template holds a lock or a handle meanwhile.
 */
static void leave(void *context)
{
	struct template_run *run = context;

	if (!run->top)
		return; /* the first step will see it */
	too_much_memory(run->top);
	longjmp(run->full, 1);
}

static bool run_capped(struct template_run *run,
		       const struct template_tree *tree, const struct cell *dot,
		       struct str *out)
{
	uint64_t most = run->limits.template_memory;
	bool done;

	if (most > SIZE_MAX - run->used)
		most = SIZE_MAX - run->used;
	if (setjmp(run->full) != 0) {
		run->top = NULL;
		run->depth = 0;
		run->texts_deep = 0;
		table_init(&run->included, run->arena);
		return false;
	}
	arena_cap(run->arena, run->used + (size_t)most, leave, run);
	done = exec_tree(run, tree, dot, out);
	arena_cap(run->arena, 0, NULL, NULL);
	return done;
}

bool template_run(struct template_run *run, const char *name,
		  const struct value *dot, struct str *out)
{
	const struct template_tree *tree =
		overlay_find(NULL, run->set, name, strlen(name));
	struct cell cell = { dot ? dot : &exec_nil, false };
	size_t len = out->len;
	uint32_t count = out->count;
	bool done;
	char here;

	memset(&run->failure, 0, sizeof(run->failure));
	if (!tree) {
		diag_error(run->diags, NULL, "template \"%s\" is not defined",
			   name);
		diag_native(run->diags,
			    "template: no template \"%s\" associated with "
			    "template \"gotpl\"",
			    name);
		return false;
	}
	run->stack = &here;
	run->deep = false;
	run->overlay = NULL;
	run->arguments.count = 0;
	exec_doubts_clear(run);
	done = run_capped(run, tree, &cell, out);
	if (!done && !run->failure.told)
		exec_report(run, name);
	if (!done || exec_failed(run)) {
		out->len = len;
		out->count = count;
		return false;
	}
	if (!run->options.keep_no_value)
		exec_remove_no_value(run, out, len);
	return true;
}

bool exec_repeats(const struct call *call)
{
	const struct template_options *options = &call->run->options;

	return (!(call->func->random & FUNC_DRAWS) ||
		(options->seed && options->seed != template_own_seed)) &&
	       (!(call->func->random & FUNC_TIME) || options->now);
}

void exec_note_random(struct call *call)
{
	fact_add(call->run->options.facts, FACT_TEMPLATE_NONDETERMINISTIC,
		 &call->origin, "%s gives another result in every run",
		 call->func->name);
}
