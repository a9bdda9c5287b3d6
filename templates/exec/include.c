/*
 * include and tpl: templates run for their text.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "model/quote.h"
#include "templates/exec.h"
#include "templates/exec/run.h"

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
	struct str quoted;

	str_init(&quoted, run->arena);
	quote_put(&quoted, name);
	call_fail(call,
		  "template: no template %s associated with template "
		  "\"gotpl\"",
		  str_text(&quoted));
	run->failure.unstructured = false;
	run->failure.told = run->set->broken;
	run->failure.plain =
		near ? arena_printf(run->arena,
				    "template \"%s\" is not defined; \"%s\" is",
				    text, near)
		     : arena_printf(run->arena,
				    "template \"%s\" is not defined", text);
	return NULL;
}

/* Go counts the calls of one execution: a function begins another. */
static bool run_anew(struct template_run *run, const struct template_tree *tree,
		     const struct cell *dot, struct str *out)
{
	uint32_t depth = run->depth;
	bool done;

	run->depth = 0;
	done = exec_tree(run, tree, dot, out);
	run->depth = depth;
	return done;
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
	if (run_anew(run, tree, &cell, scratch))
		result = give_text(call, scratch);
	exec_release(run, scratch);
	included->depth--;
	return result;
}

enum {
	NAMED_MAX = 3 /* a tpl in a tpl in a tpl */
};

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

/* Names of names would grow with every tpl in a tpl. */
static const char *name_of_text(struct call *call)
{
	const struct source *outer = origin_source(&call->origin);
	struct line_column at = source_position(outer, call->origin.begin);
	const char *name = outer->name;

	if (call->run->texts_deep > NAMED_MAX)
		name = "a nested tpl";
	return arena_printf(call->run->arena, "tpl at %s:%u:%u", name, at.line,
			    at.column);
}

static struct source *source_of_text(struct call *call,
				     const struct value *text)
{
	struct text marked = call_text(call, 0);
	struct source *source =
		source_new(call->run->arena, name_of_text(call),
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
	if (run_anew(run, tree, &cell, scratch)) {
		exec_remove_no_value(run, scratch, 0);
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

static const struct value *texts_too_deep(struct call *call)
{
	struct template_run *run = call->run;

	run->failure.limited = true;
	return call_fail(call,
			 "the text of tpl calls tpl more than %llu deep "
			 "(--limit tpl-depth)",
			 (unsigned long long)run->limits.tpl_depth);
}

const struct value *exec_tpl(struct call *call, const struct value *text,
			     const struct value *dot)
{
	struct template_run *run = call->run;
	const struct source *source;
	const struct value *result;
	struct tpl_text *parsed;

	/* Most texts that charts pass to tpl have nothing to do. */
	if (!has_action(text) && !strstr(text->string, "<no value>"))
		return text;
	/* Helm goes on until Go has no more stack, at some 100000. */
	if (run->texts_deep >= run->limits.tpl_depth)
		return texts_too_deep(call);
	source = source_of_text(call, text);
	parsed = table_get(&run->texts, text->string, text->len);
	if (!parsed)
		parsed = parse_text(call, source);
	if (!parsed->good)
		return tpl_does_not_parse(call, text, &parsed->error);
	run->texts_deep++;
	result = run_text_tree(call, parsed, source, dot);
	run->texts_deep--;
	if (!result) {
		run->failure.unstructured = true;
		run->failure.prefix = arena_printf(
			run->arena,
			"error during tpl function execution for %s: ",
			quoted(run->arena, text));
	}
	return result;
}
