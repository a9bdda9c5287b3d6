#include "overlays/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/value.h"
#include "model/yaml_scalar.h"
#include "overlays/merge_list.h"
#include "overlays/merge_track.h"
#include "overlays/node.h"
#include "overlays/run.h"
#include "overlays/schema.h"

enum directive {
	DIRECTIVE_NONE,
	DIRECTIVE_DELETE,
	DIRECTIVE_REPLACE,
	DIRECTIVE_BAD,
};

bool merge_bad_directive(struct overlay_run *run, const struct value *word)
{
	const char *text = node_text(run->arena, word);

	return overlay_fail(
		run, &word->origin,
		overlay_text(run, "unknown patch strategy '%s'", text),
		"$patch is \"%s\"; delete, replace or merge is needed", text);
}

/*
 * What `$patch` says; it is taken out, since a list that is merged with itself
 * may bring the map back.
 */
static enum directive take_directive(struct overlay_run *run,
				     struct value *patch)
{
	static const struct {
		const char *word;
		enum directive directive;
	} words[] = {
		{ "delete", DIRECTIVE_DELETE },
		{ "replace", DIRECTIVE_REPLACE },
		{ "merge", DIRECTIVE_NONE },
	};
	const struct value *value = value_get(patch, "$patch");
	const char *text = node_text(run->arena, value);
	size_t i;

	if (!value)
		return DIRECTIVE_NONE;
	for (i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(text, words[i].word) == 0) {
			value_remove(patch, "$patch", 6);
			return words[i].directive;
		}
	return DIRECTIVE_BAD;
}

static bool differ(struct overlay_run *run, const struct value *base,
		   const struct value *patch)
{
	(void)!overlay_fail(run, &patch->origin,
			    overlay_text(run,
					 "wrong node kind: expected %s but got "
					 "%s: node contents:\n%s\n",
					 node_kind_name(base),
					 node_kind_name(patch),
					 node_printed(run->arena, patch)),
			    "the patch has a %s where there is a %s",
			    value_kind_name((enum value_kind)patch->kind),
			    value_kind_name((enum value_kind)base->kind));
	diag_note(run->diags, &base->origin, "what is to be patched");
	return false;
}

static enum value_kind shape(const struct value *value)
{
	if (value->kind == VALUE_MAP || value->kind == VALUE_LIST)
		return (enum value_kind)value->kind;
	return VALUE_STRING;
}

/*
 * Printed in quotes it is a string, unless its tag is shown with it: where the
 * base has one written out, or where the text alone means something else.
 */
static bool turns_to_string(const struct value *base, const struct value *patch,
			    const char *text)
{
	struct value probe = { .kind = VALUE_NULL };

	if (base->flags & VALUE_FLAG_EXPLICIT_TAG)
		return false;
	yaml_resolve(YAML_KUSTOMIZE, text, strlen(text), &probe);
	return probe.tag == patch->tag;
}

/*
 * A string that keeps the tag.  By its text its place is found, so that is the
 * same where it can be.
 */
static struct value *string_of(struct overlay_run *run,
			       const struct value *patch, const char *text)
{
	struct value *string = node_scalar(run->arena, &patch->origin, text,
					   strlen(text), NODE_STRING);

	if (value_is_string(patch))
		string->string = patch->string;
	else if (patch->text && !patch->text[patch->len])
		string->string = patch->text;
	node_hide_tag(string);
	return string;
}

/* Value and type come from the patch, the quotes from what was there. */
static struct value *merged_scalar(struct overlay_run *run, struct value *base,
				   const struct value *patch)
{
	const char *text = node_text(run->arena, patch);
	bool string = patch->kind == VALUE_STRING &&
		      patch->tag != VALUE_TAG_TIMESTAMP;
	struct value *next;

	if (node_is_quoted(base) && !string &&
	    turns_to_string(base, patch, text))
		next = string_of(run, patch, text);
	else
		next = value_copy(run->arena, patch);
	next->style = base->style;
	next->flags &= (uint8_t)~VALUE_FLAG_EXPLICIT_TAG;
	next->flags |= base->flags & VALUE_FLAG_EXPLICIT_TAG;
	if (base != patch)
		node_put(run->arena, base, next);
	return base;
}

/* To kustomize no name is the way to set a scalar; a list or a map has none. */
static bool empty_key(struct overlay_run *run, const struct value_entry *entry)
{
	const struct origin *at = &entry->origin;
	const char *value = node_text(run->arena, entry->value);
	const char *shown = overlay_text(run, "\"\": %s", value);

	if (entry->kind == VALUE_LIST && origin_source(at))
		shown = overlay_text(run, "? %.*s\n: %s", (int)at->length,
				     origin_source(at)->text + at->begin,
				     value);
	return overlay_fail(run, at,
			    overlay_text(run,
					 "wrong node kind: expected ScalarNode "
					 "but got MappingNode: node contents:\n"
					 "%s\n",
					 shown),
			    "this key has no name, which a patch cannot pass");
}

static bool merge_member(struct overlay_run *run, struct value *base,
			 const struct value_entry *entry,
			 const struct schema *schema, struct value *patch)
{
	struct value_entry *own = value_entry(base, entry->key, entry->len);
	struct schema member = schema_member(run, schema, entry->key);
	struct value *merged = own ? own->value : NULL;
	bool done;

	if (run->track)
		vec_push(run->arena, &run->track->path, entry->key);
	done = merge_patch(run, &merged, patch, &member);
	if (run->track)
		run->track->path.count--;
	if (!done)
		return false;
	if (!entry->len || entry->kind == VALUE_LIST)
		return empty_key(run, entry);
	if (!merged) {
		if (own)
			value_remove(base, entry->key, entry->len);
		return true;
	}
	if (!own || !patch || patch->kind == VALUE_NULL || own->value == patch)
		node_quote(run->arena, merged);
	if (patch && (!own || own->value != merged || node_is_scalar(merged)))
		node_settle_flow(merged, base->style == VALUE_STYLE_FLOW);
	if (own)
		own->value = merged;
	else
		value_setn(run->arena, base, entry->key, entry->len,
			   &entry->origin, merged)
			->kind = entry->kind;
	return true;
}

VEC_TYPE(merge_keys, struct value_entry *);

/* The keys of `map` that `beside` does not have; one that is twice, once. */
static void add_keys(struct overlay_run *run, struct merge_keys *keys,
		     const struct value *map, const struct value *beside)
{
	bool twice = map && (map->flags & VALUE_FLAG_DUPLICATE);
	struct value_entry *entry;

	value_foreach (entry, map) {
		if (beside && value_entry(beside, entry->key, entry->len))
			continue;
		if (!twice || value_entry(map, entry->key, entry->len) == entry)
			vec_push(run->arena, keys, entry);
	}
}

/* Each key counts once, and what removes an entry moves those behind it. */
static bool merge_twice(struct overlay_run *run, struct value *base,
			struct value *patch, const struct schema *schema)
{
	struct merge_keys keys = { 0 };
	struct value_entry *copies;
	size_t i;

	add_keys(run, &keys, base, NULL);
	copies = arena_alloc(run->arena, keys.count * sizeof(*copies));
	for (i = 0; i < keys.count; i++)
		copies[i] = *keys.items[i];
	for (i = 0; i < keys.count; i++)
		if (!merge_member(
			    run, base, &copies[i], schema,
			    value_getn(patch, copies[i].key, copies[i].len)))
			return false;
	return true;
}

static bool merge_own(struct overlay_run *run, struct value *base,
		      struct value *patch, const struct schema *schema)
{
	size_t i = 0;

	if (base->flags & VALUE_FLAG_DUPLICATE)
		return merge_twice(run, base, patch, schema);
	while (i < value_count(base)) {
		const struct value_entry *entry = value_entry_at(base, i);
		size_t before = value_count(base);

		if (!merge_member(run, base, entry, schema,
				  value_getn(patch, entry->key, entry->len)))
			return false;
		i += value_count(base) == before;
	}
	return true;
}

static bool merge_maps(struct overlay_run *run, struct value *base,
		       struct value *patch, const struct schema *schema)
{
	struct merge_keys added = { 0 };
	size_t i;

	if (base != patch)
		add_keys(run, &added, patch, base);
	if (added.count > 1)
		qsort(added.items, added.count, sizeof(*added.items),
		      value_compare_entries);
	/* How an empty map was written says nothing of what is put in. */
	if (patch && !value_count(base))
		base->style = patch->style;
	/* What the patch does not speak of is visited, too: see the lists. */
	if (!merge_own(run, base, patch, schema))
		return false;
	for (i = 0; i < added.count; i++)
		if (!merge_member(run, base, added.items[i], schema,
				  added.items[i]->value))
			return false;
	return true;
}

/*
 * A map that is new: the patch merged with itself, so directives work.  Of the
 * map itself only "delete" does; a word that is none stays where it is.
 */
static bool add_map(struct overlay_run *run, struct value **base,
		    struct value *patch, const struct schema *schema)
{
	enum directive directive = take_directive(run, patch);

	*base = directive == DIRECTIVE_DELETE ? NULL : patch;
	return !*base || merge_maps(run, patch, patch, schema);
}

static bool merge_map(struct overlay_run *run, struct value **base,
		      struct value *patch, const struct schema *schema)
{
	struct value *old = *base;
	enum directive directive;

	if (!patch)
		return merge_maps(run, old, NULL, schema);
	if (patch->kind == VALUE_NULL) {
		*base = NULL;
		return true;
	}
	directive = take_directive(run, patch);
	if (directive == DIRECTIVE_BAD)
		return merge_bad_directive(run, value_get(patch, "$patch"));
	if (directive == DIRECTIVE_DELETE) {
		*base = NULL;
		return true;
	}
	if (directive == DIRECTIVE_REPLACE) {
		if (old->style == VALUE_STYLE_FLOW)
			node_settle_flow(patch, true);
		*base = value_replace(run->arena, old, patch);
		(*base)->style = old->style;
		return merge_maps(run, *base, *base, schema);
	}
	if (value_count(patch) && old != patch)
		value_merged(run->arena, old, &patch->origin);
	return merge_maps(run, old, patch, schema);
}

/* Both are absent or null: a null that was written out stays. */
static void merge_nothing(struct value **base, const struct value *patch)
{
	bool written = *base && (*base)->len && !patch;

	if (!written)
		*base = NULL;
}

bool merge_patch(struct overlay_run *run, struct value **base,
		 struct value *patch, const struct schema *schema)
{
	struct value *old = node_was_null(*base) ? NULL : *base;
	bool given = !value_is_null(patch);

	if (!old && !given) {
		merge_nothing(base, patch);
		return true;
	}
	if (old && given && shape(old) != shape(patch))
		return differ(run, old, patch);
	switch (shape(old ? old : patch)) {
	case VALUE_MAP:
		if (!old)
			return add_map(run, base, patch, schema);
		return merge_map(run, base, patch, schema);
	case VALUE_LIST:
		return merge_list(run, base, patch, schema);
	case VALUE_STRING:
	case VALUE_NULL:
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_FLOAT:
	case VALUE_BYTES:
	case VALUE_OPAQUE:
		break;
	}
	if (patch && !given)
		*base = NULL;
	else if (patch)
		*base = *base ? merged_scalar(run, *base, patch) : patch;
	return true;
}
