/*
 * Templates of ApplicationSets: Go templates, or {{name}} that stands for a
 * parameter of this name and else for itself.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "compiler/gitops/application_set.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/resolve.h"
#include "compiler/run.h"
#include "model/json.h"
#include "model/value.h"
#include "templates/template.h"

enum {
	DEPTH_MAX = 200 /* of trees that are filled */
};

static const char *scalar_text(struct arena *arena, const struct value *value)
{
	const char *error;
	struct str out;

	if (value_is_string(value))
		return value->string;
	if (value_is_null(value))
		return "";
	str_init(&out, arena);
	return json_write(&out, value, NULL, NULL, &error) ? str_text(&out)
							   : "";
}

static void flatten(struct application_set *set, struct value *into,
		    const char *prefix, const struct value *value,
		    unsigned depth)
{
	struct arena *arena = set->arena;
	const char *dot = *prefix ? "." : "";
	const struct value_entry *entry;
	const struct value *item;
	size_t index = 0;
	const char *text;

	if (depth > DEPTH_MAX)
		return;
	value_foreach (entry, value)
		flatten(set, into,
			arena_printf(arena, "%s%s%s", prefix, dot, entry->key),
			entry->value, depth + 1);
	list_foreach (item, value)
		flatten(set, into,
			arena_printf(arena, "%s%s%zu", prefix, dot, index++),
			item, depth + 1);
	if (value_is_map(value) || value_is_list(value))
		return;
	text = scalar_text(arena, value);
	value_set(
		arena, into, prefix,
		value_new_cstring(arena, value ? &value->origin : NULL, text));
}

struct value *set_flatten(struct application_set *set,
			  const struct value *params)
{
	struct value *flat = value_new_map(set->arena, &params->origin);

	flatten(set, flat, "", params, 0);
	return flat;
}

/* {{ name }} */
static struct value *fill_plain(struct application_set *set,
				const struct value *text,
				const struct value *params)
{
	const char *at = text->string, *open, *close;
	struct str out;

	str_init(&out, set->arena);
	while ((open = strstr(at, "{{")) && (close = strstr(open, "}}"))) {
		const char *begin = open + 2, *end = close;
		const struct value *param;

		while (begin < end && strchr(" \t\n", *begin))
			begin++;
		while (end > begin && strchr(" \t\n", end[-1]))
			end--;
		param = value_getn(params, begin, (size_t)(end - begin));
		str_put(&out, at, (size_t)(open - at));
		if (value_is_string(param))
			str_put(&out, param->string, param->len);
		else
			str_put(&out, open, (size_t)(close + 2 - open));
		at = close + 2;
	}
	str_puts(&out, at);
	return value_new_string(set->arena, &text->origin, str_text(&out),
				out.len);
}

/* Each text is parsed once for all applications; NULL: reported. */
static struct template_set *parsed(struct application_set *set,
				   const struct value *text)
{
	struct template_set *template = table_gets(&set->cache, text->string);

	if (template)
		return template;
	template = template_set_new(set->arena, TEMPLATE_ARGOCD);
	if (!template_set_add(template, "template",
			      gitops_text(set->arena, text, text->string),
			      &set->found->job->diags))
		return NULL;
	table_puts(&set->cache, text->string, template);
	return template;
}

static struct value *fill_go(struct application_set *set,
			     const struct value *text,
			     const struct value *params)
{
	const struct run *run = set->found->gitops->run;
	const struct template_options options = {
		.dialect = TEMPLATE_ARGOCD,
		.limits = &run->project->limits,
		.strict = set->strict,
		.now = run->now,
		.seed = resolve_seed(run),
		.keep_no_value = true,
	};
	struct template_set *template = parsed(set, text);
	struct str out;

	if (!template)
		return NULL;
	str_init(&out, set->arena);
	if (!template_run(template_run_new(template, set->arena,
					   &set->found->job->diags, &options),
			  "template", params, &out))
		return NULL;
	return value_new_string(set->arena, &text->origin, str_text(&out),
				out.len);
}

static struct value *fill_text(struct application_set *set,
			       const struct value *text,
			       const struct value *params)
{
	if (!strstr(text->string, "{{"))
		return value_copy(set->arena, text);
	return set->go ? fill_go(set, text, params)
		       : fill_plain(set, text, params);
}

static struct value *fill(struct application_set *set, const struct value *tree,
			  const struct value *params, unsigned depth);

static struct value *fill_map(struct application_set *set,
			      const struct value *map,
			      const struct value *params, unsigned depth)
{
	struct value *filled = value_new_map(set->arena, &map->origin);
	const struct value_entry *entry;
	struct value *key, *value;

	value_foreach (entry, map) {
		key = value_new_string(set->arena, &entry->origin, entry->key,
				       entry->len);
		key = fill_text(set, key, params);
		value = fill(set, entry->value, params, depth);
		if (!key || !value)
			return NULL;
		value_setn(set->arena, filled, key->string, key->len,
			   &entry->origin, value);
	}
	return filled;
}

static struct value *fill(struct application_set *set, const struct value *tree,
			  const struct value *params, unsigned depth)
{
	const struct value *item;
	struct value *list, *value;

	if (value_is_string(tree))
		return fill_text(set, tree, params);
	if (depth >= DEPTH_MAX || (!value_is_map(tree) && !value_is_list(tree)))
		return value_copy(set->arena, tree);
	if (value_is_map(tree))
		return fill_map(set, tree, params, depth + 1);
	list = value_new_list(set->arena, &tree->origin);
	list_foreach (item, tree) {
		value = fill(set, item, params, depth + 1);
		if (!value)
			return NULL;
		value_append(set->arena, list, value);
	}
	return list;
}

struct value *set_fill(struct application_set *set, const struct value *tree,
		       const struct value *params)
{
	return fill(set, tree, params, 0);
}

bool set_add_values(struct application_set *set, struct value *params,
		    const struct value *values)
{
	struct value *filled, *map;
	const struct value_entry *entry;

	if (!value_count(values))
		return true;
	filled = set_fill(set, values, params);
	if (!filled)
		return false;
	if (set->go) {
		value_set(set->arena, params, "values", filled);
		return true;
	}
	map = set_flatten(set, filled);
	value_foreach (entry, map)
		value_set(set->arena, params,
			  arena_join(set->arena, "values.", entry->key),
			  entry->value);
	return true;
}
