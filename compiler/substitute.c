#include "compiler/substitute.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/source.h"
#include "base/str.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/value.h"
#include "model/yaml_emit.h"
#include "model/yaml_read.h"

static const char opt_out[] = "kustomize.toolkit.fluxcd.io/substitute";

static bool opted_out(const struct value *root)
{
	const struct value *metadata = value_get(root, "metadata");

	return value_equals_string(
		       value_get(value_get(metadata, "labels"), opt_out),
		       "disabled") ||
	       value_equals_string(
		       value_get(value_get(metadata, "annotations"), opt_out),
		       "disabled");
}

static bool is_wanted(const struct value *value)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_string(value))
		return envsubst_wanted(value->string, value->len);
	list_foreach (item, value)
		if (is_wanted(item))
			return true;
	value_foreach (entry, value)
		if (envsubst_wanted(entry->key, entry->len) ||
		    is_wanted(entry->value))
			return true;
	return false;
}

static bool report(struct substitution *substitution, const struct origin *at,
		   const char *text, const struct envsubst_result *result)
{
	struct diag_sink *diags = substitution->diags;
	const char *name = result->unset, *near = NULL;

	if (!name) {
		diag_error(diags, at, "%s cannot be replaced: %s",
			   diag_quote(diags->arena, text, strlen(text)),
			   result->problem);
		diag_help(diags, "write $${ where the text \"${\" is meant");
		return false;
	}
	diag_error(diags, at, "variable \"%s\" cannot be replaced: %s", name,
		   result->problem);
	if (substitution->next_name)
		near = edit_nearest(name, substitution->next_name,
				    substitution->names);
	if (near)
		diag_help(diags, "did you mean ${%s}?", near);
	else
		diag_help(diags,
			  "give it a value, write ${%s:=default}, or $${%s} "
			  "for the text itself",
			  name, name);
	return false;
}

/* True: this text alone is what fails, and that has been reported. */
static bool blame_text(struct substitution *substitution,
		       const struct origin *at, const char *text, size_t len)
{
	struct envsubst_result result;
	struct str out;

	str_init(&out, substitution->how.arena);
	return envsubst_wanted(text, len) &&
	       !envsubst_text(&substitution->how, text, len, &out, &result) &&
	       !report(substitution, at, text, &result);
}

static bool blame(struct substitution *substitution, const struct value *value)
{
	const struct value_entry *entry;
	const struct value *item;

	if (value_is_string(value))
		return blame_text(substitution, &value->origin, value->string,
				  value->len);
	list_foreach (item, value)
		if (blame(substitution, item))
			return true;
	value_foreach (entry, value)
		if (blame_text(substitution, &entry->origin, entry->key,
			       entry->len) ||
		    blame(substitution, entry->value))
			return true;
	return false;
}

/* A tree that was read from the new text: its places mean nothing. */
static struct value *settle(struct arena *arena, const struct value *value,
			    const struct origin *at)
{
	const struct value_entry *entry;
	const struct value *item;
	struct value *copy = value_copy(arena, value);

	copy->origin = *at;
	/* What Flux prints after this was JSON: no spelling is left. */
	copy->style = VALUE_STYLE_NONE;
	copy->text = NULL;
	copy->tag = VALUE_TAG_NONE;
	if (value_is_list(value)) {
		copy = value_new_list(arena, at);
		list_foreach (item, value)
			value_append(arena, copy, settle(arena, item, at));
	} else if (value_is_map(value)) {
		copy = value_new_map(arena, at);
		value_foreach (entry, value)
			value_setn(arena, copy, entry->key, entry->len, at,
				   settle(arena, entry->value, at));
	}
	return copy;
}

/* What stands where a text with a variable stood. */
static struct value *replaced(struct substitution *substitution,
			      const struct value *old, const struct value *next)
{
	struct arena *arena = substitution->how.arena;
	struct origin at = old->origin;
	struct envsubst_result result;
	struct value *value;
	struct str out;

	str_init(&out, arena);
	if (envsubst_text(&substitution->how, old->string, old->len, &out,
			  &result) &&
	    result.variable)
		at = result.whole
			     ? origin_after(arena, &result.variable->origin,
					    ORIGIN_REPLACED, &old->origin)
			     : origin_after(arena, &old->origin, ORIGIN_TOOK,
					    &result.variable->origin);
	value = settle(arena, next, &at);
	if (result.variable)
		value->flags |= result.variable->flags & VALUE_FLAG_SECRET;
	return value;
}

/* The key as it stands in the new text. */
static struct text new_key(struct substitution *substitution,
			   const struct value_entry *entry)
{
	struct envsubst_result result;
	struct str out;

	if (!envsubst_wanted(entry->key, entry->len))
		return text_of(entry->key, entry->len);
	str_init(&out, substitution->how.arena);
	if (!envsubst_text(&substitution->how, entry->key, entry->len, &out,
			   &result))
		return text_of(entry->key, entry->len);
	return str_finish(&out);
}

static struct value *graft(struct substitution *substitution, struct value *old,
			   const struct value *next);

static struct value *graft_list(struct substitution *substitution,
				const struct value *old,
				const struct value *next)
{
	struct arena *arena = substitution->how.arena;
	struct value *list = value_new_list(arena, &old->origin);
	const struct value *item;
	size_t i = 0;

	list_foreach (item, next) {
		value_append(
			arena, list,
			i < value_count(old)
				? graft(substitution, value_item(old, i), item)
				: settle(arena, item, &old->origin));
		i++;
	}
	return list;
}

/*
 * Entries stay in their order; a value that broke out of its line may have
 * taken some of them away and brought others.
 */
static struct value *graft_map(struct substitution *substitution,
			       const struct value *old,
			       const struct value *next)
{
	struct arena *arena = substitution->how.arena;
	struct value *map = value_new_map(arena, &old->origin);
	const struct value_entry *entry;

	value_foreach (entry, old) {
		struct text key = new_key(substitution, entry);
		const struct value *value = value_getn(next, key.at, key.len);

		if (value)
			value_setn(arena, map, key.at, key.len, &entry->origin,
				   graft(substitution, entry->value, value));
	}
	value_foreach (entry, next)
		if (!value_getn(map, entry->key, entry->len))
			value_setn(arena, map, entry->key, entry->len,
				   &old->origin,
				   settle(arena, entry->value, &old->origin));
	return map;
}

/* The new tree, with all nodes of the old one that no variable touched. */
static struct value *graft(struct substitution *substitution, struct value *old,
			   const struct value *next)
{
	bool collection = value_is_map(old) || value_is_list(old);

	if (value_is_string(old) && envsubst_wanted(old->string, old->len))
		return replaced(substitution, old, next);
	if (value_is_map(old) && value_is_map(next))
		return graft_map(substitution, old, next);
	if (value_is_list(old) && value_is_list(next))
		return graft_list(substitution, old, next);
	if (collection || value_is_map(next) || value_is_list(next))
		return settle(substitution->how.arena, next, &old->origin);
	return old;
}

/* JSON, which Flux goes through, has no such key. */
static bool has_null_key(const struct value *value)
{
	const struct value_entry *entry;
	const struct value *item;

	list_foreach (item, value)
		if (has_null_key(item))
			return true;
	value_foreach (entry, value)
		if (entry->kind == VALUE_NULL || has_null_key(entry->value))
			return true;
	return false;
}

/* The line that does not parse is in no file: the message shows it. */
static void report_syntax(struct substitution *substitution,
			  const struct object *object,
			  const struct source *source,
			  const struct yaml_problem *problem)
{
	struct diag_sink *diags = substitution->diags;
	struct line_column place = source_position(source, problem->offset);
	size_t len = 0;
	const char *line = source_line(source, place.line, &len);

	while (len && *line == ' ') {
		line++;
		len--;
	}
	diag_error(diags, &object->root->origin,
		   "%s \"%s\" is no YAML any more with its variables replaced: "
		   "%s in %s",
		   object->kind, object->name, problem->text,
		   diag_quote(diags->arena, len ? line : "", len));
}

/* Print, replace, read; NULL: reported. */
static struct value *reread(struct substitution *substitution,
			    const struct object *object)
{
	struct arena *arena = substitution->how.arena;
	const struct yaml_options options = {
		.dialect = YAML_HELM, .limits = substitution->how.limits
	};
	const struct origin *at = &object->root->origin;
	struct envsubst_result result;
	struct yaml_problem problem;
	const char *error = NULL;
	struct source *source;
	struct value *root;
	struct str text, out;

	str_init(&text, arena);
	str_init(&out, arena);
	if (!yaml_emit(&text, object->root, YAML_FORM_HELM, NULL, &error)) {
		diag_error(substitution->diags, at,
			   "%s \"%s\" cannot be written: %s", object->kind,
			   object->name, error ? error : "it has no YAML form");
		return NULL;
	}
	if (!envsubst_text(&substitution->how, text.text, text.len, &out,
			   &result)) {
		if (!blame(substitution, object->root))
			report(substitution, at, object->name, &result);
		return NULL;
	}
	substitution->kept += result.kept;
	source = source_new(arena, object->name, SOURCE_RENDERED,
			    str_text(&out), out.len);
	root = yaml_read(arena, source, 0, out.len, &options, &problem);
	if (value_is_map(root) && !has_null_key(root))
		return root;
	if (root)
		diag_error(substitution->diags, at,
			   "%s \"%s\" %s with its variables replaced",
			   object->kind, object->name,
			   value_is_map(root) ? "has a key that is null"
					      : "is no map any more");
	else
		report_syntax(substitution, object, source, &problem);
	return NULL;
}

static struct object *renewed(struct arena *arena, const struct object *object,
			      struct value *root)
{
	struct object *next = object_new(arena, root);

	next->former = object->former;
	next->former_count = object->former_count;
	next->former_room = object->former_room;
	next->pod_path = object->pod_path;
	next->overlay = object->overlay;
	return next;
}

struct bundle *substitute_bundle(struct substitution *substitution,
				 struct bundle *bundle)
{
	struct arena *arena = substitution->how.arena;
	struct bundle *next = bundle_new(arena, bundle->name_space);
	struct object *object;
	bool good = true;

	substitution->kept = 0;
	bundle_foreach (object, bundle) {
		struct value *root;

		if (opted_out(object->root) || !is_wanted(object->root)) {
			bundle_append(next, object);
			continue;
		}
		root = reread(substitution, object);
		if (!root) {
			good = false;
			continue;
		}
		bundle_append(next,
			      renewed(arena, object,
				      graft(substitution, object->root, root)));
	}
	return good ? next : NULL;
}
