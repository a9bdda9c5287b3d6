#include "overlays/structured.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "overlays/field_path.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/replacement.h"
#include "overlays/run.h"
#include "overlays/stream.h"

static struct value *read_text(struct overlay_run *run,
			       const struct value *text,
			       const struct source **source)
{
	const struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					      .limits = run->options->limits };
	struct yaml_problem problem = { 0 };
	struct value *tree;

	*source = source_new(run->arena, "text", SOURCE_MANIFEST, text->string,
			     text->len);
	tree = yaml_read(run->arena, *source, 0, text->len, &options, &problem);
	return value_is_map(tree) || value_is_list(tree) ? tree : NULL;
}

bool structured_holds(struct overlay_run *run, const struct value *text)
{
	const struct source *source;

	return value_is_string(text) && read_text(run, text, &source);
}

static bool is_json(const char *text)
{
	text += strspn(text, " \t\r\n");
	return *text == '{' || *text == '[';
}

static bool print_json(struct overlay_run *run, struct value *tree,
		       const char *old, struct str *out)
{
	bool pretty = strchr(old, '\n') && strstr(old, "  ");
	const struct json_options options = { .indent = pretty ? "  " : NULL };
	const char *error;

	if (!json_view(run, &tree))
		return false;
	if (json_write(out, tree, &options, NULL, &error))
		return true;
	return overlay_fail(run, &tree->origin, error,
			    "the text inside has no form in JSON");
}

/* One scalar of a YAML text, replaced where it stands. */
struct edit {
	uint32_t begin;
	uint32_t end;
	const char *text;
};

VEC_TYPE(edits, struct edit);

static const char *quoted(struct overlay_run *run, const struct value *value)
{
	const char *text = node_text(run->arena, value);
	const char *at;
	struct str out;

	str_init(&out, run->arena);
	if (value->style == VALUE_STYLE_SINGLE) {
		str_putc(&out, '\'');
		for (at = text; *at; at++) {
			if (*at == '\'')
				str_putc(&out, '\'');
			str_putc(&out, *at);
		}
		str_putc(&out, '\'');
	} else if (value->style == VALUE_STYLE_DOUBLE) {
		str_puts(&out, overlay_go_quote(run, text));
	} else {
		str_puts(&out, text);
	}
	return str_text(&out);
}

static int by_begin(const void *a, const void *b)
{
	const struct edit *one = a, *two = b;

	return (one->begin > two->begin) - (one->begin < two->begin);
}

/* Comments and layout stay: only the scalars change. */
static void print_edits(const char *old, size_t len, struct edits *edits,
			struct str *out)
{
	size_t at = 0, i;

	if (edits->count > 1)
		qsort(edits->items, edits->count, sizeof(*edits->items),
		      by_begin);
	for (i = 0; i < edits->count; i++) {
		if (edits->items[i].begin < at)
			continue;
		str_put(out, old + at, edits->items[i].begin - at);
		str_puts(out, edits->items[i].text);
		at = edits->items[i].end;
	}
	str_put(out, old + at, len - at);
	while (out->len && strchr(" \t\r\n", out->text[out->len - 1]))
		out->len--;
}

static bool is_editable(const struct value *value, const struct source *source)
{
	return node_is_scalar(value) && value->origin.source == source &&
	       value->style != VALUE_STYLE_LITERAL &&
	       value->style != VALUE_STYLE_FOLDED;
}

static bool print_yaml(struct overlay_run *run, const struct value *tree,
		       const struct value *old, struct edits *edits,
		       struct str *out)
{
	const char *error;

	if (edits) {
		print_edits(old->string, old->len, edits, out);
		return true;
	}
	if (!yaml_emit(out, tree, YAML_FORM_KUSTOMIZE, NULL, &error))
		return overlay_fail(run, &old->origin, error,
				    "the text inside cannot be printed");
	out->len--;
	return true;
}

bool structured_replace(struct overlay_run *run, struct value **slot,
			const struct path_parts *parts, size_t at,
			const struct replacing *replacing)
{
	const struct value *old = *slot;
	const struct source *source;
	struct value *tree = read_text(run, old, &source), *next;
	struct field_match match = {
		.run = run,
		.parts = parts,
		.create =
			value_is_true(value_get(replacing->options, "create")),
		.makes = VALUE_STRING,
		.by = &replacing->entry->origin,
	};
	struct edits edits = { 0 };
	bool editable = true, done;
	struct str out;
	size_t i;

	if (!field_path_match(&match, &tree, at) || !match.slots.count)
		return false;
	for (i = 0; i < match.slots.count; i++) {
		struct value **inner = match.slots.items[i];
		struct edit edit = { (*inner)->origin.begin,
				     (*inner)->origin.begin +
					     (*inner)->origin.length,
				     NULL };

		editable = editable && is_editable(*inner, source);
		if (!replacement_write(run, replacing, inner))
			return false;
		edit.text = quoted(run, *inner);
		vec_push(run->arena, &edits, edit);
	}
	str_init(&out, run->arena);
	done = is_json(old->string)
		       ? print_json(run, tree, old->string, &out)
		       : print_yaml(run, tree, old, editable ? &edits : NULL,
				    &out);
	if (!done)
		return false;
	next = value_copy(run->arena, old);
	next->origin = replacing->value->origin;
	next->segments = NULL;
	next->string = str_text(&out);
	next->len = (uint32_t)out.len;
	*slot = value_replace(run->arena, old, next);
	return true;
}
