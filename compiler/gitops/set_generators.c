/*
 * Generators of ApplicationSets but that of Git: list, matrix, merge.  Those
 * that ask a cluster or a hoster are counted as not followed.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "compiler/gitops/application_set.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/json.h"
#include "model/object.h"
#include "model/value.h"
#include "model/yaml_read.h"

bool set_add(struct application_set *set, struct set_entries *entries,
	     struct value *params)
{
	const struct set_entry entry = { params, NULL };
	const uint64_t most = set->found->gitops->run->project->limits.members;

	if (++set->count > most) {
		diag_error(&set->found->job->diags,
			   &set->found->object->root->origin,
			   "%s makes more than %llu applications (--limit "
			   "members)",
			   gitops_name(set->arena, set->found->object),
			   (unsigned long long)most);
		set->stopped = true;
		return false;
	}
	vec_push(set->arena, entries, entry);
	return true;
}

/* `values` of an element is a map of its own. */
static bool add_element(struct application_set *set,
			const struct value *element,
			struct set_entries *entries)
{
	if (!value_is_map(element))
		return true;
	return set_add(set, entries,
		       set->go ? value_copy_deep(set->arena, element)
			       : set_flatten(set, element));
}

static bool generate_list(struct application_set *set, const struct value *list,
			  struct set_entries *entries)
{
	const struct yaml_options options = { .dialect = YAML_HELM };
	const struct value *elements = value_get(list, "elements"), *element;
	const struct value *text = value_get(list, "elementsYaml");

	list_foreach (element, elements)
		if (!add_element(set, element, entries))
			return false;
	if (!value_is_string(text))
		return true;
	elements = yaml_read_reported(
		set->arena, gitops_text(set->arena, text, text->string),
		&options, &set->found->job->diags);
	list_foreach (element, elements)
		if (!add_element(set, element, entries))
			return false;
	return elements != NULL;
}

/* What `over` says is laid over `into`, map by map. */
static void lay(struct arena *arena, struct value *into,
		const struct value *over)
{
	const struct value_entry *entry;

	value_foreach (entry, over) {
		struct value *own = value_get(into, entry->key);

		if (value_is_map(own) && value_is_map(entry->value))
			lay(arena, own, entry->value);
		else
			value_set(arena, into, entry->key,
				  value_copy_deep(arena, entry->value));
	}
}

/* Each of the one with each of the other, whose texts may use the one's. */
static bool generate_matrix(struct application_set *set,
			    const struct value *matrix,
			    const struct value *outer,
			    struct set_entries *entries)
{
	const struct value *generators = value_get(matrix, "generators");
	struct set_entries one = { 0 }, other;
	struct value *params;
	size_t i, j;

	if (value_count(generators) != 2) {
		gitops_skip(set->found, "a matrix has two generators, not %zu",
			    value_count(generators));
		return false;
	}
	if (!set_generate(set, value_item(generators, 0), outer, &one))
		return false;
	for (i = 0; i < one.count; i++) {
		memset(&other, 0, sizeof(other));
		if (!set_generate(set, value_item(generators, 1),
				  one.items[i].params, &other))
			return false;
		for (j = 0; j < other.count; j++) {
			params = value_copy_deep(set->arena,
						 other.items[j].params);
			lay(set->arena, params, one.items[i].params);
			if (!set_add(set, entries, params))
				return false;
		}
	}
	return true;
}

/* The values of the merge keys as one text. */
static const char *merge_key(struct application_set *set,
			     const struct value *keys,
			     const struct value *params)
{
	const struct value *key;
	const char *error;
	struct str out;

	str_init(&out, set->arena);
	list_foreach (key, keys) {
		const struct value *value =
			value_get(params, value_string_or(key, ""));

		if (value)
			(void)json_write(&out, value, NULL, NULL, &error);
		str_putc(&out, '\n');
	}
	return str_text(&out);
}

static void merge_over(struct application_set *set, const struct value *keys,
		       const struct set_entries *base,
		       const struct set_entries *over)
{
	struct table by_key;
	size_t i;

	table_init(&by_key, set->arena);
	for (i = 0; i < over->count; i++)
		table_puts(&by_key, merge_key(set, keys, over->items[i].params),
			   over->items[i].params);
	for (i = 0; i < base->count; i++) {
		struct value *params = base->items[i].params;
		const struct value *more =
			table_gets(&by_key, merge_key(set, keys, params));

		if (more)
			lay(set->arena, params, more);
	}
}

/* The first gives the applications, the others what to change in them. */
static bool generate_merge(struct application_set *set,
			   const struct value *merge, const struct value *outer,
			   struct set_entries *entries)
{
	const struct value *generators = value_get(merge, "generators");
	const struct value *keys = value_get(merge, "mergeKeys"), *generator;
	struct set_entries base = { 0 }, over;
	size_t i;

	if (value_count(generators) < 2 || !value_count(keys)) {
		gitops_skip(set->found, "a merge needs mergeKeys and two "
					"generators");
		return false;
	}
	list_foreach (generator, generators) {
		memset(&over, 0, sizeof(over));
		if (!set_generate(set, generator, outer, &over))
			return false;
		if (generator == value_item(generators, 0))
			base = over;
		else
			merge_over(set, keys, &base, &over);
	}
	for (i = 0; i < base.count; i++)
		if (!set_add(set, entries, base.items[i].params))
			return false;
	return true;
}

static bool is_listed(const struct value *list, const struct value *value)
{
	const struct value *item;

	list_foreach (item, list)
		if (value_equals(item, value))
			return true;
	return false;
}

static bool expression_holds(const struct value *expression,
			     const struct value *flat)
{
	const char *how =
		value_string_or(value_get(expression, "operator"), "");
	const struct value *listed = value_get(expression, "values");
	const struct value *value = value_get(
		flat, value_string_or(value_get(expression, "key"), ""));

	if (strcmp(how, "In") == 0)
		return value && is_listed(listed, value);
	if (strcmp(how, "NotIn") == 0)
		return !value || !is_listed(listed, value);
	if (strcmp(how, "Exists") == 0)
		return value != NULL;
	return strcmp(how, "DoesNotExist") != 0 || !value;
}

/* The selector behind a generator looks at its parameters as labels. */
static bool is_selected(struct application_set *set,
			const struct value *selector,
			const struct value *params)
{
	const struct value *flat = set_flatten(set, params), *expression;
	const struct value_entry *label;

	value_foreach (label, value_get(selector, "matchLabels"))
		if (!value_equals(value_get(flat, label->key), label->value))
			return false;
	list_foreach (expression, value_get(selector, "matchExpressions"))
		if (!expression_holds(expression, flat))
			return false;
	return true;
}

/* Parameters that a matrix gives are filled in, but not into templates. */
static const struct value *filled(struct application_set *set,
				  const struct value *generator,
				  const struct value *outer)
{
	return outer ? set_fill(set, generator, outer) : generator;
}

static bool generate_one(struct application_set *set, const char *name,
			 const struct value *generator,
			 const struct value *outer, struct set_entries *entries)
{
	const struct value *own = generator;

	if (strcmp(name, "matrix") == 0)
		return generate_matrix(set, own, outer, entries);
	if (strcmp(name, "merge") == 0)
		return generate_merge(set, own, outer, entries);
	if (strcmp(name, "list") != 0 && strcmp(name, "git") != 0) {
		gitops_skip(set->found, "its generator \"%s\" asks others",
			    name);
		return false;
	}
	own = filled(set, generator, outer);
	if (!own)
		return false;
	return strcmp(name, "list") == 0 ? generate_list(set, own, entries)
					 : set_generate_git(set, own, entries);
}

bool set_generate(struct application_set *set, const struct value *generator,
		  const struct value *outer, struct set_entries *entries)
{
	const struct value *selector = value_get(generator, "selector");
	const struct value_entry *entry;
	size_t i, first, kept;

	if (!value_is_map(generator)) {
		gitops_skip(set->found, "one of its generators is no map");
		return false;
	}
	value_foreach (entry, generator) {
		if (strcmp(entry->key, "selector") == 0)
			continue;
		first = kept = entries->count;
		if (!generate_one(set, entry->key, entry->value, outer,
				  entries))
			return false;
		for (i = first; i < entries->count; i++) {
			struct set_entry *made = &entries->items[i];

			made->template = value_get(entry->value, "template");
			if (!selector ||
			    is_selected(set, selector, made->params))
				entries->items[kept++] = *made;
		}
		entries->count = kept;
	}
	return true;
}
