/*
 * Kustomize always hands a values file to Helm: the one that the entry names,
 * else the chart's own, which therefore has to be there.  With values inline
 * the file is a strategic merge of both, read and printed anew on the way, so
 * that 2020-01-01 becomes a time and "yes" stays a string.
 */
#include "overlays/chart_values.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/json_view.h"
#include "overlays/load.h"
#include "overlays/merge.h"
#include "overlays/node.h"
#include "overlays/refusal.h"
#include "overlays/run.h"
#include "overlays/schema.h"

bool chart_values_check(struct overlay_run *run, const struct value *args)
{
	const struct value *more = value_get(args, "additionalValuesFiles");
	const struct value *name;
	struct source *source;

	native_push(run, "could not load additionalValuesFile: ", "");
	list_foreach (name, more)
		if (!load_file(run, value_string_or(name, ""), &name->origin,
			       SOURCE_VALUES, &source))
			return false;
	native_pop(run);
	return true;
}

static bool read_tree(struct overlay_run *run, const char *name,
		      const struct origin *at, enum yaml_dialect dialect,
		      struct value **values)
{
	const struct yaml_options options = { .dialect = dialect,
					      .limits = run->options->limits,
					      .json_numbers = true };
	struct yaml_problem problem = { 0 };
	struct source *source;

	if (!load_file(run, name, at, SOURCE_VALUES, &source))
		return false;
	*values = yaml_read(run->arena, source, 0, source->len, &options,
			    &problem);
	if (*values)
		return true;
	yaml_problem_report(run->diags, source, &problem);
	if (dialect == YAML_HELM)
		diag_native(run->diags,
			    "failed to parse /%s: error converting YAML to "
			    "JSON: %s",
			    load_path(run, name),
			    yaml_problem_go(run->arena, &problem));
	else
		diag_native(run->diags,
			    "could not parse values file into rnode: %s",
			    yaml_problem_go(run->arena, &problem));
	return false;
}

static const char *json_kind(const struct value *value)
{
	if (value_is_list(value))
		return "array";
	if (value_is_bool(value))
		return "bool";
	return value_is_number(value) ? "number" : "string";
}

/* A file as Helm reads it: a map, or nothing at all. */
static bool push_file(struct overlay_run *run, const char *name,
		      const struct origin *at, struct chart_values *layers)
{
	struct value *values;

	if (!read_tree(run, name, at, YAML_HELM, &values))
		return false;
	if (value_is_map(values))
		vec_push(run->arena, layers, values);
	else if (!value_is_null(values))
		return overlay_fail(
			run, &values->origin,
			overlay_text(run,
				     "failed to parse /%s: error unmarshaling "
				     "JSON: while decoding JSON: json: cannot "
				     "unmarshal %s into Go value of type "
				     "map[string]interface {}",
				     load_path(run, name), json_kind(values)),
			"a values file holds a map");
	return true;
}

/* A file as Kustomize reads it, to merge with what is said inline. */
static bool read_mergeable(struct overlay_run *run, const char *name,
			   const struct origin *at, struct value **values)
{
	if (!read_tree(run, name, at, YAML_KUSTOMIZE, values))
		return false;
	if (value_is_null(*values) && !(*values)->origin.length)
		return overlay_fail(
			run, at, "could not parse values file into rnode: EOF",
			"%s is empty, and Kustomize merges nothing into that",
			diag_quote(run->arena, name, strlen(name)));
	return true;
}

static void settle_strings(struct value *value)
{
	struct value_entry *entry;
	struct value *item;

	if (value->kind == VALUE_STRING) {
		value->tag = VALUE_TAG_STR;
		return;
	}
	if (value_is_map(value) || value_is_list(value))
		value->style = VALUE_STYLE_BLOCK;
	value_foreach (entry, value)
		settle_strings(entry->value);
	list_foreach (item, value)
		settle_strings(item);
}

/* What is inline came through JSON, which has types and no styles. */
static struct value *inline_copy(struct overlay_run *run,
				 const struct value *own)
{
	struct value *copy = value_copy_deep(run->arena, own);

	settle_strings(copy);
	return copy;
}

/* Whether an alias stands here by itself, and not as an item of a list. */
static bool is_alias(const struct origin *at)
{
	const char *start = origin_source(at) ? origin_source(at)->text : "";
	const char *text = origin_source(at) ? start + at->begin : start;

	if (*text != '*')
		return false;
	while (text > start && strchr(" \t\r\n", text[-1]))
		text--;
	return text == start || !strchr("[,-", text[-1]);
}

/* Whether the key stands before its value, and no merge key has brought it. */
static bool is_own_key(const struct value_entry *entry)
{
	const struct origin *key = &entry->origin, *at = &entry->value->origin;
	uint32_t end = key->begin + key->length;

	return origin_source(key) && origin_source(key) == origin_source(at) &&
	       at->begin >= end &&
	       strspn(origin_source(key)->text + end, ": \t\r\n") >=
		       at->begin - end;
}

/*
 * Kustomize's merge knows no aliases: what stands for one is left out of its
 * result with whatever is inline in its place, and so is what a merge key
 * brings by one, but for what is inline.  Maps that a merge key has written
 * out stay, below what is inline.
 */
static void drop_aliases(struct value *file, struct value *own)
{
	uint32_t i = 0;

	while (i < value_count(file)) {
		struct value_entry *entry = &file->map->entries[i];
		struct value *other = value_getn(own, entry->key, entry->len);
		const struct origin *at = &entry->value->origin;
		bool took = at->step == ORIGIN_TOOK;
		bool alias = took && is_alias(at);

		if (took && (other || alias)) {
			if (other && alias && is_own_key(entry))
				value_remove(own, entry->key, entry->len);
			value_remove(file, entry->key, entry->len);
			continue;
		}
		if (value_is_map(entry->value) && !took)
			drop_aliases(entry->value, other);
		i++;
	}
}

/* Over what is inline an alias cannot be merged at all. */
static bool check_aliases(struct overlay_run *run, const struct value *file,
			  const struct value *own)
{
	const struct value_entry *entry;

	value_foreach (entry, file) {
		const struct value *value = entry->value;
		const struct value *other =
			value_getn(own, entry->key, entry->len);
		const struct origin *at = &value->origin;

		if (at->step != ORIGIN_TOOK) {
			if (value_is_map(other) &&
			    !check_aliases(run, value, other))
				return false;
		} else if (!node_was_null(other) && is_alias(at) &&
			   is_own_key(entry)) {
			return overlay_fail(
				run, at,
				overlay_text(
					run,
					"could not merge values: wrong "
					"node kind: expected %s but got "
					"AliasNode: node contents:\n"
					"%.*s\n",
					node_kind_name(other), (int)at->length,
					origin_source(at)->text + at->begin),
				"an alias cannot be merged over what is "
				"inline");
		}
	}
	return true;
}

static bool merge(struct overlay_run *run, struct value *base,
		  struct value *patch, struct chart_values *layers)
{
	const struct schema unknown = { 0 };
	const struct value_entry *second;
	const char *native;

	native_push(run, "could not merge values: ", "");
	if (!merge_patch(run, &base, patch, &unknown))
		return false;
	native_pop(run);
	if (!base)
		return true;
	second = refusal_duplicate(run->arena, base, &native);
	if (second)
		return overlay_fail(
			run, &second->origin,
			overlay_text(run,
				     "could not parse merged values into map: "
				     "received error yaml: unmarshal errors: "
				     "mapping key \"%s\" already defined",
				     second->key),
			"the key %s is given twice",
			diag_quote(run->arena, second->key, second->len));
	if (!json_view(run, &base))
		return false;
	if (value_is_map(base))
		vec_push(run->arena, layers, base);
	return true;
}

/* The file that the entry names, else that of the chart; and what is inline. */
static bool first_layer(struct overlay_run *run, const struct value *args,
			const char *chart, struct chart_values *layers)
{
	struct value *own = value_get(args, "valuesInline");
	const struct value *named = value_get(args, "valuesFile");
	const char *mode = node_member(run->arena, args, "valuesMerge");
	const char *file = value_string_or(named, "");
	const struct origin *at = *file ? &named->origin : &args->origin;
	struct value *values;

	if (value_count(own) && strcmp(mode, "replace") == 0) {
		vec_push(run->arena, layers, own);
		return true;
	}
	if (!*file)
		file = overlay_text(run, "%s/values.yaml", chart);
	if (!value_count(own))
		return push_file(run, file, at, layers);
	if (!read_mergeable(run, file, at, &values))
		return false;
	own = inline_copy(run, own);
	if (strcmp(mode, "merge") == 0 && !check_aliases(run, values, own))
		return false;
	if (value_is_map(values))
		drop_aliases(values, own);
	if (strcmp(mode, "merge") == 0)
		return merge(run, own, values, layers);
	return merge(run, values, own, layers);
}

bool chart_values_gather(struct overlay_run *run, const struct value *args,
			 const char *chart, struct chart_values *layers)
{
	const struct value *more = value_get(args, "additionalValuesFiles");
	const struct value *name;

	if (!first_layer(run, args, chart, layers))
		return false;
	list_foreach (name, more)
		if (!push_file(run, value_string_or(name, ""), &name->origin,
			       layers))
			return false;
	return true;
}
