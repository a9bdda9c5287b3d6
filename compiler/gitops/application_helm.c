/*
 * A chart as Argo CD renders it: `helm template` with values files, the
 * object's own values, and parameters as --set, --set-string and --set-file.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "compiler/gitops/application.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/render.h"
#include "compiler/run.h"
#include "model/value.h"

/* A tree of values wins over the text. */
static void add_values(const struct gitops_found *found,
		       struct application_source *source)
{
	const struct value *helm = value_get(source->node, "helm");
	const struct value *tree = value_get(helm, "valuesObject");
	const struct value *text = value_get(helm, "values");
	struct gitops_layer layer = { .kind = LAYER_TREE, .value = tree };

	if (value_is_map(tree)) {
		vec_push(found->gitops->arena, &source->layers, layer);
	} else if (value_is_string(text)) {
		layer.kind = LAYER_TEXT;
		layer.value = text;
		layer.text = text->string;
		vec_push(found->gitops->arena, &source->layers, layer);
	}
}

/* Commas are part of the value, but in a list of --set: {a,b}. */
static const char *escaped(struct arena *arena, const char *text)
{
	size_t len = strlen(text), i;
	struct str out;

	if (len && text[0] == '{' && text[len - 1] == '}')
		return text;
	str_init(&out, arena);
	for (i = 0; i < len; i++) {
		if (text[i] == ',' && (!i || text[i - 1] != '\\'))
			str_putc(&out, '\\');
		str_putc(&out, text[i]);
	}
	return str_text(&out);
}

/* Numbers and booleans where the API would want a string are taken as such. */
static const char *scalar(struct arena *arena, const struct value *value)
{
	int64_t number;

	if (value_is_string(value))
		return value->string;
	if (value_is_bool(value))
		return value_is_true(value) ? "true" : "false";
	if (value_as_int(value, &number))
		return arena_printf(arena, "%lld", (long long)number);
	return "";
}

/* Helm takes those of --set before those of --set-string. */
static void add_parameters(const struct gitops_found *found,
			   struct application_source *source, bool strings)
{
	struct arena *arena = found->gitops->arena;
	const struct value *helm = value_get(source->node, "helm"), *item;
	struct gitops_layer layer = {
		.kind = strings ? LAYER_SET_STRING : LAYER_SET,
	};

	list_foreach (item, value_get(helm, "parameters")) {
		layer.name = value_string(value_get(item, "name"));
		layer.value = value_get(item, "value");
		if (!layer.name || !layer.value ||
		    value_is_true(value_get(item, "forceString")) != strings)
			continue;
		layer.text = escaped(
			arena, application_expand(arena, source,
						  scalar(arena, layer.value)));
		vec_push(arena, &source->layers, layer);
	}
}

static bool add_file_parameters(const struct gitops_found *found,
				struct application_source *source,
				const struct value *sources)
{
	struct arena *arena = found->gitops->arena;
	const struct value *helm = value_get(source->node, "helm"), *item;
	struct gitops_layer layer = { .kind = LAYER_SET_FILE };

	list_foreach (item, value_get(helm, "fileParameters")) {
		layer.name = value_string(value_get(item, "name"));
		layer.value = value_get(item, "path");
		if (!layer.name || !value_is_string(layer.value))
			continue;
		layer.text =
			application_file(found, source, sources, layer.value);
		if (!layer.text)
			return false;
		layer.text = escaped(arena, layer.text);
		vec_push(arena, &source->layers, layer);
	}
	return true;
}

static void add_api_versions(const struct gitops_found *found,
			     struct application_source *source)
{
	const struct value *helm = value_get(source->node, "helm"), *item;
	VEC(const char *) texts = { 0 };

	list_foreach (item, value_get(helm, "apiVersions"))
		if (value_is_string(item))
			vec_push(found->gitops->arena, &texts, item->string);
	vec_push(found->gitops->arena, &texts, NULL);
	source->api_versions = texts.items;
}

bool application_helm(const struct gitops_found *found,
		      struct application_source *source,
		      const struct value *sources)
{
	if (!application_value_files(found, source, sources))
		return false;
	add_values(found, source);
	add_parameters(found, source, false);
	add_parameters(found, source, true);
	add_api_versions(found, source);
	return add_file_parameters(found, source, sources);
}

bool application_render_helm(struct job *job,
			     const struct application_source *source)
{
	const struct value *helm = value_get(source->node, "helm");
	const struct value *path = value_get(source->node, "path");
	struct job_source chart = {
		.kind = SOURCE_KIND_CHART,
		.at = path ? path : source->node,
		.path = source->dir,
		.release = source->release,
		.name_space = source->name_space,
		.api_versions = source->api_versions,
		.crds = !value_is_true(value_get(helm, "skipCrds")),
	};

	return load_chart(job, &chart) &&
	       gitops_layers_merge(job, &chart, &source->layers) &&
	       render_chart(job, &chart);
}
