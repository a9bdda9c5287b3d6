/*
 * What an execution says when it fails: Helm's text, built level by level on
 * the way out, and ours beside it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "model/quote.h"
#include "templates/exec.h"
#include "templates/exec/run.h"

/* Callers named beside the place that failed. */
enum {
	NOTES_MAX = 8,
	SHOWN_MAX = 10 /* levels at each end of a chain */
};

/* Go counts columns from 0. */
static const char *location(const struct activation *act,
			    const struct node *node)
{
	struct line_column at = source_position(act->tree->source, node->begin);

	return arena_printf(act->run->arena, "%s:%u:%u", act->tree->file,
			    at.line, at.column - 1);
}

static const char *quoted_word(struct arena *arena, const struct word *word)
{
	struct text text = text_of(word->at, word->len);
	struct str out;

	str_init(&out, arena);
	quote_put(&out, &text);
	return str_text(&out);
}

static const char *shown_node(const struct activation *act,
			      const struct node *node)
{
	struct str out;

	str_init(&out, act->run->arena);
	node_print(&out, node, act->tree->source);
	return str_text(&out);
}

/* Names stand as they are in the source, so they say where a node lies. */
static uint32_t offset_of(const struct template_tree *tree, const char *at)
{
	return (uint32_t)(at - tree->text);
}

struct origin exec_origin(const struct activation *act, const struct node *node)
{
	const struct source *source = act->tree->source;
	uint32_t begin = node->begin, end = begin + 1;

	switch ((enum node_kind)node->kind) {
	case NODE_FIELD:
	case NODE_VARIABLE:
	case NODE_CHAIN: {
		const struct node_fields *fields = &node->fields;

		if (fields->count)
			end = offset_of(act->tree,
					fields->names[fields->count - 1].at) +
			      fields->names[fields->count - 1].len;
		if (node->kind == NODE_FIELD)
			begin = offset_of(act->tree, fields->names[0].at) - 1;
		if (node->kind == NODE_VARIABLE)
			begin = offset_of(act->tree, fields->variable.at);
		break;
	}
	case NODE_FUNCTION:
		end = begin + node->function.name.len;
		break;
	case NODE_BOOL:
	case NODE_NUMBER:
	case NODE_STRING:
		end = begin + node->literal.text.len;
		break;
	case NODE_COMMAND:
		return exec_origin(act, node->command.items[0]);
	case NODE_ACTION:
	case NODE_PIPE:
	case NODE_TEXT:
	case NODE_IF:
	case NODE_WITH:
	case NODE_RANGE:
	case NODE_TEMPLATE:
	case NODE_BREAK:
	case NODE_CONTINUE:
	case NODE_DOT:
	case NODE_NIL:
		break;
	}
	if (end <= begin)
		end = begin + 1;
	return origin_at(source, begin, end);
}

static void push_level(struct activation *act, const char *message)
{
	struct template_run *run = act->run;
	const struct node *node = act->current;
	struct failure_level level = {
		.location = location(act, node),
		.name = quoted_word(run->arena, &act->tree->name),
		.node = shown_node(act, node),
		.message = message,
		.at = exec_origin(act, node),
	};

	if (!run->failure.frame) {
		run->failure.frame = act->frame;
		exec_note_cause(act);
	}
	vec_push(run->arena, &run->failure.levels, level);
}

bool exec_fail(struct activation *act, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	push_level(act, arena_vprintf(act->run->arena, format, args));
	va_end(args);
	return false;
}

bool exec_fail_plain(struct activation *act, const char *plain,
		     const char *help, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	push_level(act, arena_vprintf(act->run->arena, format, args));
	va_end(args);
	act->run->failure.plain = plain;
	act->run->failure.help = help;
	return false;
}

bool exec_wrap(struct activation *act, const struct node *node,
	       const char *message)
{
	struct failure *failure = &act->run->failure;

	act->current = node;
	if (failure->prefix)
		message = arena_join(act->run->arena, message, failure->prefix);
	failure->prefix = NULL;
	push_level(act, message);
	return false;
}

bool exec_limit(struct activation *act, const char *name, const char *format,
		...)
{
	struct arena *arena = act->run->arena;
	const char *message;
	va_list args;

	va_start(args, format);
	message = arena_vprintf(arena, format, args);
	va_end(args);
	if (name)
		message = arena_printf(arena, "%s (--limit %s)", message, name);
	push_level(act, message);
	act->run->failure.limited = true;
	return false;
}

void exec_call_failed(struct call *call, const char *format, va_list args)
{
	struct failure *failure = &call->run->failure;

	failure->root = arena_vprintf(call->run->arena, format, args);
	failure->unstructured = true;
}

/* Messages are C strings: a byte 0 is shown as what cannot be shown. */
static const char *message_of(struct arena *arena, const struct text *words)
{
	struct str out;
	size_t i;

	if (!words->len || !memchr(words->at, '\0', words->len))
		return arena_strndup(arena, words->at, words->len);
	str_init(&out, arena);
	for (i = 0; i < words->len; i++)
		if (words->at[i])
			str_putc(&out, words->at[i]);
		else
			str_puts(&out, "\xEF\xBF\xBD");
	return str_text(&out);
}

const struct value *exec_stop(struct call *call, const struct text *words)
{
	struct failure *failure = &call->run->failure;

	failure->root = message_of(call->run->arena, words);
	failure->plain = failure->root;
	failure->stopped = true;
	return NULL;
}

/* Reporting. */

/*
 * Helm writes the whole chain.  Where a limit of ours ends it, which Helm does
 * not know, both its ends say enough: the middle may be megabytes.
 */
static bool is_left_out(const struct failure *failure, size_t i)
{
	return failure->limited && i >= SHOWN_MAX &&
	       failure->levels.count - i > SHOWN_MAX;
}

static const char *text_helm3(struct template_run *run)
{
	const struct failure *failure = &run->failure;
	struct str out;
	size_t i;

	str_init(&out, run->arena);
	for (i = failure->levels.count; i-- > 0;) {
		const struct failure_level *level = &failure->levels.items[i];

		if (is_left_out(failure, i))
			continue;
		str_printf(&out, "template: %s: executing %s at <%s>: %s",
			   level->location, level->name, level->node,
			   level->message);
	}
	if (failure->root)
		str_puts(&out, failure->root);
	return str_text(&out);
}

/* Helm 4 lays the levels out one below the other. */
static const char *text_helm4(struct template_run *run)
{
	const struct failure *failure = &run->failure;
	struct str out;
	size_t i, len;

	str_init(&out, run->arena);
	for (i = failure->levels.count; i-- > 0;) {
		const struct failure_level *level = &failure->levels.items[i];

		if (is_left_out(failure, i))
			continue;
		len = strlen(level->message);
		while (len && level->message[len - 1] == ' ')
			len--;
		str_printf(&out, "%s\n  executing %s at <%s>:\n    %.*s\n",
			   level->location, level->name, level->node, (int)len,
			   level->message);
	}
	if (failure->root)
		str_puts(&out, failure->root);
	while (out.len && strchr(" \t\n", out.text[out.len - 1]))
		out.len--;
	return str_text(&out);
}

static const char *native_text(struct template_run *run)
{
	const struct failure *failure = &run->failure;

	if (failure->stopped)
		return arena_printf(run->arena, "execution error at (%s): %s",
				    vec_last(&failure->levels)->location,
				    failure->root);
	return run->options.dialect == TEMPLATE_HELM4 && !failure->unstructured
		       ? text_helm4(run)
		       : text_helm3(run);
}

/* Our own words: what was said at the innermost level. */
static const char *plain_text(struct template_run *run)
{
	const struct failure *failure = &run->failure;
	const char *message = failure->levels.items[0].message;

	if (failure->plain)
		return failure->plain;
	if (!failure->root)
		return message;
	if (strncmp(message, "error calling ", 14) == 0)
		message += 14;
	return arena_join(run->arena, message, failure->root);
}

static void note_callers(struct template_run *run)
{
	const struct frame *frame = run->failure.frame;
	size_t notes = 0;

	for (; frame && frame->caller; frame = frame->caller) {
		struct origin at = origin_at(frame->caller->source, frame->call,
					     frame->call + 2);

		if (notes++ == NOTES_MAX) {
			diag_note(run->diags, NULL, "and more");
			return;
		}
		diag_note(run->diags, &at, "included here");
	}
}

void exec_report(struct template_run *run, const char *name)
{
	const struct failure *failure = &run->failure;

	if (!failure->levels.count)
		BUG(name);
	diag_error(run->diags, &failure->levels.items[0].at, "%s",
		   plain_text(run));
	diag_native(run->diags, "%s", native_text(run));
	if (failure->help)
		diag_help(run->diags, "%s", failure->help);
	if (origin_source(&failure->value_at))
		diag_note(run->diags, &failure->value_at, "%s is set here",
			  failure->value);
	note_callers(run);
}
