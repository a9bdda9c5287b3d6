/*
 * Execution: from the list of nodes down to the single action.
 */
#include "templates/exec.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/source.h"
#include "templates/print.h"
#include "templates/quote.h"
#include "templates/run.h"

enum {
	/* How often the clock is looked at, in steps. */
	CLOCK_STEPS = 4096,
	/* Of the stack of a thread, which has 8 MiB as a rule. */
	STACK_BYTES = 5 << 20,
	/* As in Go. */
	TEMPLATE_DEPTH = 100000,
};

static const char no_value[] = "<no value>";

const struct value exec_nil = { .kind = VALUE_NULL,
				.type = VALUE_TYPE_INVALID };

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
	run->deadline = now() + (double)run->limits.time;
	return run;
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
	return str;
}

void exec_release(struct template_run *run, struct str *str)
{
	vec_push(run->arena, &run->scratch, str);
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
	if (before / CLOCK_STEPS != run->steps / CLOCK_STEPS &&
	    now() > run->deadline)
		return exec_limit(act, "time",
				  "rendering took more than %llu seconds",
				  (unsigned long long)run->limits.time);
	return true;
}

bool exec_exhausted(struct call *call, size_t steps)
{
	return !exec_step(call->run->top, steps);
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

static void note_no_value(struct activation *act, const struct node *node)
{
	struct fact_log *facts = act->run->options.facts;
	struct str shown;

	if (!facts)
		return;
	str_init(&shown, act->run->arena);
	node_print(&shown, node->action.pipe, act->tree->source);
	fact_add(facts, FACT_TEMPLATE_NO_VALUE, &node->action.origin,
		 "%s is null here, so nothing is printed", str_text(&shown));
}

/*
 * Trees of tpl serve all texts that are equal, so that the source they were
 * parsed from may be another one than that at hand.
 */
const struct origin *exec_own_origin(const struct activation *act,
				     const struct origin *origin)
{
	struct origin *own;

	if (LIKELY(origin->source == act->tree->source))
		return origin;
	own = arena_alloc(act->run->arena, sizeof(*own));
	*own = *origin;
	own->source = act->tree->source;
	return own;
}

static bool run_action(struct activation *act, const struct node *node)
{
	const struct origin *origin =
		exec_own_origin(act, &node->action.origin);
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
		note_no_value(act, node);
	print_shown(act->out, cell_is_nil(&cell) ? NULL : cell.value, &marker);
	act->run->written += act->out->len - before;
	return true;
}

static enum flow run_branches(struct activation *act, const struct node *node)
{
	const struct node_control *control = &node->control;
	struct cell cell, dot = act->dot;
	enum flow flow;
	bool truth;

	act->action = exec_own_origin(act, &control->origin);
	if (!eval_pipeline(act, control->pipe, &cell))
		return FLOW_FAIL;
	truth = template_truth(cell.value);
	if (truth && node->kind == NODE_WITH)
		act->dot = cell;
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

	act->action = exec_own_origin(act, &node->template.origin);
	if (!tree) {
		const char *text =
			arena_strndup(run->arena, name->at, name->len);
		const char *near = set_nearest_template(run->set, text);

		return exec_fail_plain(
			act,
			near ? arena_printf(run->arena,
					    "template \"%s\" is not defined; "
					    "\"%s\" is",
					    text, near)
			     : NULL,
			NULL, "template \"%s\" not defined", text);
	}
	if (run->depth >= TEMPLATE_DEPTH)
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
		act->action = exec_own_origin(act, &node->control.origin);
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
		flow = run_node(act, list->items[i]);
		if (flow != FLOW_NEXT)
			return flow;
	}
	return FLOW_NEXT;
}

/* Templates. */

static bool stack_is_short(const struct template_run *run)
{
	char here;
	uintptr_t now_at = (uintptr_t)&here, began = (uintptr_t)run->stack;

	return (now_at < began ? began - now_at : now_at - began) > STACK_BYTES;
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

static bool deep_enough(struct template_run *run)
{
	struct activation *top = run->top;

	if (!top || !stack_is_short(run))
		return true;
	return exec_limit(top, NULL,
			  "templates call one another too deeply (%u levels)",
			  run->depth);
}

bool exec_tree(struct template_run *run, const struct template_tree *tree,
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

	if (!deep_enough(run))
		return false;
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

/* What Helm does to every text it rendered, also where a chart wrote it. */
static void remove_no_value(struct template_run *run, struct str *out,
			    size_t from)
{
	size_t len = sizeof(no_value) - 1, at = from, kept = 0;
	struct text whole;
	struct str clean;
	uint32_t hint = 0;
	const char *found;

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

bool template_run(struct template_run *run, const char *name,
		  const struct value *dot, struct str *out)
{
	const struct template_tree *tree =
		overlay_find(NULL, run->set, name, strlen(name));
	struct cell cell = { dot ? dot : &exec_nil, false };
	size_t len = out->len;
	uint32_t count = out->count;
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
	run->overlay = NULL;
	run->arguments.count = 0;
	if (!exec_tree(run, tree, &cell, out)) {
		out->len = len;
		out->count = count;
		exec_report(run, name);
		return false;
	}
	if (!run->options.keep_no_value)
		remove_no_value(run, out, len);
	return true;
}

/* include and tpl. */

/* The text of a scratch buffer as a value of its own. */
static const struct value *give_text(struct call *call, struct str *scratch)
{
	struct arena *arena = call->arena;
	struct segment_map *map;
	struct text text = { "", scratch->len, NULL };

	text.at = arena_strndup(arena, scratch->text, scratch->len);
	if (scratch->count && scratch->len) {
		size_t size = scratch->count * sizeof(struct segment);

		map = arena_alloc(arena, sizeof(*map));
		map->segments = memcpy(arena_alloc(arena, size),
				       scratch->segments, size);
		map->count = scratch->count;
		/* The last one may have stayed empty. */
		if (map->segments[map->count - 1].at >= scratch->len)
			map->count--;
		text.map = map;
	}
	return call_give_text(call, &text);
}

static const struct value *nested_too_deep(struct call *call,
					   const struct text *name)
{
	struct template_run *run = call->run;

	run->failure.plain = arena_printf(
		run->arena,
		"includes of \"%.*s\" are nested more than %llu deep (--limit "
		"template-depth)",
		(int)name->len, name->at,
		(unsigned long long)run->limits.template_depth);
	return call_fail(call,
			 "rendering template has a nested reference name: "
			 "%.*s: unable to execute template",
			 (int)name->len, name->at);
}

static const struct value *include_unknown(struct call *call,
					   const struct text *name)
{
	struct template_run *run = call->run;
	const char *text = arena_strndup(run->arena, name->at, name->len);
	const char *near = set_nearest_template(run->set, text);

	call_fail(call,
		  "template: no template \"%s\" associated with template "
		  "\"gotpl\"",
		  text);
	run->failure.unstructured = false;
	run->failure.plain =
		near ? arena_printf(run->arena,
				    "template \"%s\" is not defined; \"%s\" is",
				    text, near)
		     : arena_printf(run->arena,
				    "template \"%s\" is not defined", text);
	return NULL;
}

const struct value *exec_include(struct call *call, const struct text *name,
				 const struct value *dot)
{
	struct template_run *run = call->run;
	const struct template_tree *tree =
		overlay_find(run->overlay, run->set, name->at, name->len);
	struct included *included =
		table_get(&run->included, name->at, name->len);
	struct cell cell = { dot, false };
	const struct value *result = NULL;
	struct str *scratch;

	if (!included) {
		included = arena_zalloc(run->arena, sizeof(*included));
		table_put(&run->included,
			  arena_strndup(run->arena, name->at, name->len),
			  name->len, included);
	}
	/* Helm looks before it counts, so one more level is possible. */
	if (included->depth > run->limits.template_depth)
		return nested_too_deep(call, name);
	if (!tree)
		return include_unknown(call, name);
	included->depth++;
	scratch = exec_scratch(run);
	if (exec_tree(run, tree, &cell, scratch))
		result = give_text(call, scratch);
	exec_release(run, scratch);
	included->depth--;
	return result;
}

/* A tpl text that was parsed; trees hold offsets, and serve equal texts. */
struct tpl_text {
	struct parsed_trees trees;
	struct template_tree *main;
	struct parse_error error;
	bool good;
};

static struct tpl_text *parse_text(struct call *call,
				   const struct source *source)
{
	struct template_run *run = call->run;
	struct tpl_text *text = arena_zalloc(run->arena, sizeof(*text));
	struct parse_input input = {
		.arena = run->arena,
		.source = source,
		.name = { "gotpl", 5 },
		.file = "gotpl",
		.function = set_function,
		.context = run->set,
	};

	text->good = parse_template(&input, &text->trees, &text->error);
	table_put(&run->texts, source->text, source->len, text);
	if (text->good) {
		/* Its own tree comes last, and needs no name. */
		text->main = text->trees.items[text->trees.count - 1];
		text->trees.count--;
	}
	return text;
}

static const char *quoted(struct arena *arena, const struct value *text)
{
	struct text bare = text_of(text->string, text->len);
	struct str out;

	str_init(&out, arena);
	quote_put(&out, &bare);
	return str_text(&out);
}

static struct source *source_of_text(struct call *call,
				     const struct value *text)
{
	struct template_run *run = call->run;
	struct text marked = call_text(call, 0);
	struct line_column at =
		source_position(call->origin.source, call->origin.begin);
	struct source *source = source_new(
		run->arena,
		arena_printf(run->arena, "tpl at %s:%u:%u",
			     call->origin.source->name, at.line, at.column),
		SOURCE_TEMPLATE, text->string, text->len);

	source->map = marked.map;
	return source;
}

static const struct value *tpl_does_not_parse(struct call *call,
					      const struct value *text,
					      const struct parse_error *error)
{
	struct template_run *run = call->run;

	run->failure.plain =
		arena_printf(run->arena, "the text of tpl: %s", error->text);
	return call_fail(call,
			 "cannot parse template %s: template: gotpl:%u: %s",
			 quoted(run->arena, text), error->line, error->text);
}

/* The tree over another source with the same bytes. */
static struct template_tree *tree_over(struct arena *arena,
				       const struct template_tree *tree,
				       const struct source *source)
{
	struct template_tree *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *tree;
	copy->source = source;
	return copy;
}

static const struct value *run_text_tree(struct call *call,
					 const struct tpl_text *parsed,
					 const struct source *source,
					 const struct value *dot)
{
	struct template_run *run = call->run;
	struct template_tree *tree =
		tree_over(run->arena, parsed->main, source);
	struct overlay overlay = { .outer = run->overlay };
	struct overlay *outer = run->overlay;
	const struct value *result = NULL;
	struct cell cell = { dot, false };
	struct str *scratch;

	if (parsed->trees.count) {
		struct parsed_trees own = { 0 };
		size_t i;

		for (i = 0; i < parsed->trees.count; i++)
			vec_push(run->arena, &own,
				 tree_over(run->arena, parsed->trees.items[i],
					   source));
		table_init(&overlay.trees, run->arena);
		overlay_add(&overlay, run->set, &own);
		run->overlay = &overlay;
	}
	scratch = exec_scratch(run);
	if (exec_tree(run, tree, &cell, scratch)) {
		remove_no_value(run, scratch, 0);
		result = give_text(call, scratch);
	}
	exec_release(run, scratch);
	run->overlay = outer;
	return result;
}

static bool has_action(const struct value *text)
{
	const char *at = text->string, *end = at + text->len;

	while ((at = memchr(at, '{', (size_t)(end - at))) != NULL)
		if (++at < end && *at == '{')
			return true;
	return false;
}

const struct value *exec_tpl(struct call *call, const struct value *text,
			     const struct value *dot)
{
	struct template_run *run = call->run;
	const struct source *source;
	const struct value *result;
	struct tpl_text *parsed;

	/* Most texts that charts pass to tpl have nothing to do. */
	if (!has_action(text) && !strstr(text->string, no_value))
		return text;
	source = source_of_text(call, text);
	parsed = table_get(&run->texts, text->string, text->len);
	if (!parsed)
		parsed = parse_text(call, source);
	if (!parsed->good)
		return tpl_does_not_parse(call, text, &parsed->error);
	result = run_text_tree(call, parsed, source, dot);
	if (!result) {
		run->failure.unstructured = true;
		run->failure.prefix = arena_printf(
			run->arena,
			"error during tpl function execution for %s: ",
			quoted(run->arena, text));
	}
	return result;
}

void exec_note_random(struct call *call)
{
	fact_add(call->run->options.facts, FACT_TEMPLATE_NONDETERMINISTIC,
		 &call->origin, "%s gives another result in every run",
		 call->func->name);
}
