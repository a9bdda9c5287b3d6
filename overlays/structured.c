#include "overlays/structured.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "model/json.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"
#include "model/yaml_scalar.h"
#include "overlays/field_path.h"
#include "overlays/json_view.h"
#include "overlays/node.h"
#include "overlays/refusal.h"
#include "overlays/replacement.h"
#include "overlays/run.h"
#include "overlays/structured_marks.h"
#include "overlays/structured_print.h"

static bool is_json(const char *text)
{
	text += strspn(text, " \t\r\n");
	return *text == '{' || *text == '[';
}

struct value *structured_read(struct overlay_run *run, const struct value *text,
			      struct structured_source *read)
{
	const struct yaml_options options = { .dialect = YAML_KUSTOMIZE,
					      .limits = run->options->limits,
					      .nodes = true };
	const char *string = node_text(run->arena, text);
	size_t len = value_is_string(text) ? text->len : strlen(string);
	struct structured_source unread;
	struct yaml_problem problem = { 0 };
	struct value *tree;

	if (!len)
		return NULL;
	read = read ? read : &unread;
	*read = (struct structured_source){ 0 };
	read->source =
		source_new(run->arena, "text", SOURCE_MANIFEST, string, len);
	tree = yaml_read(run->arena, read->source, 0, len, &options, &problem);
	if (tree && !is_json(string) &&
	    (read != &unread || memchr(string, '*', len)))
		read->marks = structured_marks_read(run, read->source, tree);
	return tree;
}

/* Whether encoding/json takes it. */
static bool has_json(const struct value *node)
{
	const struct value_entry *entry;
	const struct value *item;

	if (node->kind == VALUE_FLOAT)
		return isfinite(node->real);
	if (value_is_string(node))
		return yaml_tag_is_borne_out(node) &&
		       node->tag != VALUE_TAG_BINARY;
	list_foreach (item, node)
		if (!has_json(item))
			return false;
	value_foreach (entry, node)
		if (entry->kind != VALUE_STRING || !has_json(entry->value))
			return false;
	return true;
}

static bool print_json(struct overlay_run *run, struct value *tree,
		       const char *old, struct str *out)
{
	bool pretty = strchr(old, '\n') && strstr(old, "  ");
	const struct json_options options = { .indent = pretty ? "  " : NULL };
	const char *error;

	return has_json(tree) && json_view_integers(run, &tree) &&
	       json_write(out, tree, &options, NULL, &error);
}

/* One scalar of a YAML text, replaced where it stands. */
struct edit {
	uint32_t begin;
	uint32_t end;
	const char *text;
};

VEC_TYPE(edits, struct edit);

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
	return node_is_scalar(value) &&
	       origin_source(&value->origin) == source &&
	       value->style != VALUE_STYLE_LITERAL &&
	       value->style != VALUE_STYLE_FOLDED;
}

/* Inside of a text both of two equal keys are printed. */
static void allow_twins(struct value *node)
{
	const struct value_entry *entry;
	struct value *item;

	if (value_is_map(node))
		node->flags &= (uint8_t)~VALUE_FLAG_DUPLICATE;
	list_foreach (item, node)
		allow_twins(item);
	value_foreach (entry, node)
		allow_twins(entry->value);
}

static const struct value *printed(struct overlay_run *run,
				   const struct value *tree)
{
	struct value *copy;

	if (!refusal_has_twins(tree))
		return tree;
	copy = value_copy_deep(run->arena, tree);
	allow_twins(copy);
	return copy;
}

static bool print_yaml(struct overlay_run *run, const struct value *tree,
		       const struct source *source, struct edits *edits,
		       struct str *out)
{
	const char *error;

	if (edits) {
		print_edits(source->text, source->len, edits, out);
		return true;
	}
	if (!yaml_emit(out, printed(run, tree), YAML_FORM_KUSTOMIZE, NULL,
		       &error))
		return false;
	out->len--;
	return true;
}

/* A scalar keeps its comments, whatever it says. */
static void note_replaced(struct overlay_run *run,
			  struct structured_source *text,
			  const struct value *node, uint32_t begin)
{
	struct replaced_scalar *replaced =
		arena_alloc(run->arena, sizeof(*replaced));

	*replaced = (struct replaced_scalar){ node, begin };
	table_put(&text->replaced, (const char *)&replaced->node, sizeof(node),
		  replaced);
}

/* Write into what was found; false: it is none of what is to be cut. */
static bool write_slots(struct overlay_run *run, struct structured_source *text,
			const struct path_slots *slots,
			const struct replacing *replacing, struct edits *edits)
{
	bool cuts = *node_member(run->arena, replacing->options, "delimiter");
	size_t i;

	text->comments = true;
	table_init(&text->replaced, run->arena);
	for (i = 0; i < slots->count; i++) {
		struct value **inner = slots->items[i];
		const struct structured_mark *mark =
			structured_mark_of(text->marks, *inner);
		bool alias = mark && mark->alias;
		bool scalar =
			origin_source(&(*inner)->origin) == text->source &&
			node_is_scalar(*inner);
		struct edit edit = { (*inner)->origin.begin,
				     (*inner)->origin.begin +
					     (*inner)->origin.length,
				     NULL };

		text->comments =
			text->comments && is_editable(*inner, text->source);
		if (cuts && (alias || !node_is_scalar(*inner)))
			return false;
		if (alias)
			*inner = value_copy_deep(run->arena, replacing->value);
		else if (!replacement_write(run, replacing, inner))
			return false;
		if (scalar && node_is_scalar(*inner))
			note_replaced(run, text, *inner, edit.begin);
		edit.text = structured_text(run->arena, *inner);
		text->comments = text->comments && !strchr(edit.text, '\n');
		vec_push(run->arena, edits, edit);
	}
	return true;
}

/* Write into the tree of a text, and the text anew. */
static bool replace(struct overlay_run *run, struct value *old,
		    struct field_match *match, size_t at,
		    const struct replacing *replacing)
{
	struct replacing whole = *replacing;
	struct structured_source text = { 0 };
	struct value *tree = structured_read(run, old, &text), *next;
	struct edits edits = { 0 };
	struct str out;

	if (!tree || !field_path_match(match, &tree, at) || !match->slots.count)
		return false;
	text.scalars = structured_scalars(run, text.source, tree);
	/* Up to 5.8.1 a delimiter is not heeded in here. */
	if (run->options->compat != OVERLAY_5_8_2)
		whole.options = NULL;
	if (!write_slots(run, &text, &match->slots, &whole, &edits))
		return false;
	if (!*node_text(run->arena, replacing->value))
		node_settle_flow(tree, false);
	str_init(&out, run->arena);
	if (is_json(text.source->text)
		    ? !print_json(run, tree, text.source->text, &out)
		    : !structured_print(run, &text, tree, &out) &&
			      !print_yaml(run, tree, text.source,
					  text.comments ? &edits : NULL, &out))
		return false;
	/* Inside a null there is nothing to be seen. */
	if (!value_is_string(old))
		return true;
	next = node_scalar(run->arena, &replacing->value->origin,
			   str_text(&out), out.len, NODE_UNTYPED);
	next->style = old->style;
	next->tag = old->tag;
	node_put(run->arena, old, next);
	return true;
}

/* Only a way without patterns is tried, up to the first scalar. */
bool structured_write(struct overlay_run *run, const struct value *root,
		      const struct path_parts *parts,
		      const struct replacing *replacing)
{
	struct field_match match = {
		.run = run,
		.parts = parts,
		.create =
			value_is_true(value_get(replacing->options, "create")),
		.makes = node_is_scalar(replacing->value)
				 ? VALUE_STRING
				 : (enum value_kind)replacing->value->kind,
		.by = &replacing->entry->origin,
	};
	struct path_parts way = *parts;
	const char *wrong;

	for (way.count = 1; way.count < parts->count; way.count++) {
		struct value *node = field_path_find(run, root, &way, &wrong);

		if (node && node_is_scalar(node) && !wrong)
			return replace(run, node, &match, way.count, replacing);
	}
	return false;
}
