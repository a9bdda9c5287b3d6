/*
 * helm-template-unindented: lines that an action printed and that landed on
 * another level than they were placed on.
 *
 * What does not parse is an error anyhow; this is about what does, with keys
 * where nobody meant them.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/table.h"
#include "lints/subjects/insertions.h"
#include "lints/subjects/lines.h"
#include "model/bundle.h"
#include "model/value.h"

/* Columns that what begins on a line of its own, under a key, is off. */
static size_t off_below(const char *front, const char *begin, const char *text,
			const char *end)
{
	size_t key = lint_column_of(front, begin);
	struct lint_line line;

	while (begin > front && (begin[-1] == ' ' || begin[-1] == '\t'))
		begin--;
	if (begin == front || begin[-1] != ':' || front[key] == '#' ||
	    !lint_next_line(&text, end, &line))
		return 0;
	if (lint_line_is_item(&line))
		return line.indent < key ? key - line.indent : 0;
	if (!lint_line_has_key(&line) || line.indent > key)
		return 0;
	return key + 2 - line.indent;
}

static bool is_structure(const struct lint_line *line)
{
	return lint_line_is_item(line) || lint_line_has_key(line);
}

/* Columns that lines behind the first stand left of it. */
static size_t off_beside(size_t column, const char *text, const char *end)
{
	struct lint_line line;
	size_t first, off = 0;

	if (!lint_next_line(&text, end, &line) || !is_structure(&line))
		return 0;
	first = column + line.indent;
	while (lint_next_line(&text, end, &line))
		if (line.indent < first && first - line.indent > off &&
		    is_structure(&line))
			off = first - line.indent;
	return off;
}

/*
 * The action begins a line of its template, and what is before it on that of
 * the text was printed by an action that said nothing: "value: {{ .x }}".
 */
static bool is_below_empty(const struct lint_insertion *insertion,
			   const char *text)
{
	const char *action = insertion->by->text + insertion->action;

	while (action > insertion->by->text &&
	       (action[-1] == ' ' || action[-1] == '\t'))
		action--;
	return action > insertion->by->text && action[-1] == '\n' &&
	       text > insertion->text->text && text[-1] == ' ';
}

static void check_insertion(struct lint_run *run,
			    const struct lint_insertion *insertion)
{
	const char *text = insertion->text->text + insertion->begin;
	const char *end = insertion->text->text + insertion->end;
	const char *front = text, *action, *close;
	size_t off, len;
	struct value at = { .kind = VALUE_NULL };

	while (front > insertion->text->text && front[-1] != '\n')
		front--;
	if (!memchr(text, '\n', (size_t)(end - text)))
		return;
	if (*text == '\n' && is_below_empty(insertion, text))
		return;
	if (*text == '\n')
		off = off_below(front, text, text + 1, end);
	else if (front + lint_column_of(front, text) == text)
		off = off_beside((size_t)(text - front), text, end);
	else
		return;
	action = insertion->by->text + insertion->action;
	close = strstr(action, "}}");
	if (!off || !close || strncmp(action, "{{", 2) != 0)
		return;
	len = (size_t)(close + 2 - action);
	at.origin = origin_at(insertion->by, insertion->action,
			      insertion->action + len);
	lint_report(run, &at, "%s is placed %zu columns off",
		    arena_strndup(run->arena, action, len), off);
}

static void check(struct lint_run *run)
{
	const struct object *object;
	struct table seen;

	table_init(&seen, run->arena);
	bundle_foreach (object, run->bundle) {
		const struct origin *at = &object->root->origin;
		const struct source *source = origin_source(at);

		if (source && source->map &&
		    !table_put(&seen, origin_source_key(at), sizeof(source),
			       &seen))
			lint_each_insertion(run, source, check_insertion);
	}
}

const struct lint_rule lint_helm_template_unindented = {
	.name = "helm-template-unindented",
	.code = "PL0115",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Lines that an action of a template printed landed on "
		   "another level than the action stands on.",
	.why = "Keys get lost, or become keys of something else, and what is "
	       "rendered is YAML all the same.",
	.fix = "Use nindent with the columns of the level that is meant.",
	.check_bundle = check,
};
