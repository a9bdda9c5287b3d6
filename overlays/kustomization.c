#include "overlays/kustomization.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/run.h"
#include "overlays/shared.h"

const char *const overlay_file_names[] = { "kustomization.yaml",
					   "kustomization.yml", "Kustomization",
					   NULL };

/* Fields that are read but should be written otherwise, in order. */
static const struct deprecated {
	const char *field;
	const char *instead;
	const char *stage;
} deprecated[] = {
	{ "bases", "resources", "" },
	{ "commonLabels", "labels", "" },
	{ "imageTags", "images", "" },
	{ "patchesJson6902", "patches", "" },
	{ "patchesStrategicMerge", "patches", "" },
	{ "vars", "replacements", "[EXPERIMENTAL] " },
};

bool overlay_is_file_name(const char *name)
{
	const char *const *known;

	/* Asked of each file of a repository. */
	if (name[0] != 'k' && name[0] != 'K')
		return false;
	for (known = overlay_file_names; *known; known++)
		if (strcmp(*known, name) == 0)
			return true;
	return false;
}

struct source *kustomization_find(struct overlay_run *run, const char *dir,
				  const char **file)
{
	const char *const *name;
	struct source *found = NULL;

	for (name = overlay_file_names; *name; name++) {
		const char *path = path_below(run->arena, dir, *name);
		struct source *source;

		if (tree_view_read(run->view, path, SOURCE_KUSTOMIZATION,
				   &source) != TREE_OK)
			continue;
		if (found) {
			(void)!overlay_fail(
				run, NULL,
				overlay_text(run,
					     "Found multiple kustomization "
					     "files under: /%s\n",
					     dir),
				"%s holds both %s and %s; one kustomization "
				"file is needed",
				tree_view_display(run->view, dir), *file,
				*name);
			return NULL;
		}
		found = source;
		*file = *name;
	}
	if (!found)
		(void)!overlay_fail(
			run, NULL,
			overlay_text(run,
				     "unable to find one of "
				     "'kustomization.yaml', "
				     "'kustomization.yml' or 'Kustomization' "
				     "in directory '/%s'",
				     dir),
			"there is no kustomization.yaml in %s",
			tree_view_display(run->view, dir));
	return found;
}

static void warn_deprecated(struct overlay_run *run, const struct value *fields)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(deprecated); i++) {
		const struct deprecated *row = &deprecated[i];
		const struct value_entry *entry =
			value_entry(fields, row->field, strlen(row->field));

		if (!entry)
			continue;
		overlay_warn(run,
			     "# Warning: '%s' is deprecated. Please use '%s' "
			     "instead. %sRun 'kustomize edit fix' to update "
			     "your Kustomization automatically.",
			     row->field, row->instead, row->stage);
		fact_add(run->facts, FACT_KUSTOMIZATION_DEPRECATED_FIELD,
			 &entry->origin,
			 "the field %s is deprecated; %s takes its place",
			 row->field, row->instead);
	}
}

/* A field that would be Go's zero value if it were absent. */
static bool is_zero(const struct value *value)
{
	return value_equals_string(value, "");
}

static bool check_empty(struct overlay_run *run, const struct layer *layer)
{
	const struct value_entry *entry;

	value_foreach (entry, layer->fields) {
		if (strcmp(entry->key, "apiVersion") != 0 &&
		    strcmp(entry->key, "kind") != 0 && !is_zero(entry->value))
			return true;
	}
	return overlay_fail(run, &layer->fields->origin,
			    "kustomization.yaml is empty",
			    "the kustomization has no field that says what "
			    "to build");
}

static bool check_kind(struct overlay_run *run, struct layer *layer)
{
	const char *kind =
		value_string_or(value_get(layer->fields, "kind"), "");
	const char *version =
		value_string_or(value_get(layer->fields, "apiVersion"), "");
	const char *wanted = "kustomize.config.k8s.io/v1beta1";
	struct str native;

	if (!*kind)
		kind = "Kustomization";
	layer->component = strcmp(kind, "Component") == 0;
	if (layer->component)
		wanted = "kustomize.config.k8s.io/v1alpha1";
	if (!*version)
		version = wanted;
	str_init(&native, run->arena);
	str_printf(&native, "Failed to read kustomization file under /%s:\n",
		   layer->root);
	if (!layer->component && strcmp(kind, "Kustomization") != 0)
		str_puts(&native, "kind should be Kustomization or "
				  "Component\n");
	else if (strcmp(version, wanted) == 0)
		return true;
	if (strcmp(version, wanted) != 0)
		str_printf(&native, "apiVersion for %s should be %s\n", kind,
			   wanted);
	native.len--;
	return overlay_fail(run, &layer->fields->origin, str_text(&native),
			    "kind %s of apiVersion %s is no kustomization; "
			    "%s %s is",
			    kind, version, wanted,
			    layer->component ? "Component" : "Kustomization");
}

static void append_list(struct overlay_run *run, struct value *fields,
			const char *from, const char *to)
{
	const struct value *more = value_get(fields, from);
	struct value *own = value_get(fields, to), *list;
	const struct value *item;

	if (!more)
		return;
	list = value_new_list(run->arena, &more->origin);
	list_foreach (item, own)
		value_append(run->arena, list, value_copy(run->arena, item));
	list_foreach (item, more)
		value_append(run->arena, list, value_copy(run->arena, item));
	value_set(run->arena, fields, to, list);
}

static void fix_generators(struct overlay_run *run, struct value *fields,
			   const char *field)
{
	const struct value *list = value_get(fields, field);
	size_t i;

	for (i = 0; i < value_count(list); i++) {
		struct value *args = value_item(list, i);
		struct value *env = value_get(args, "env");
		const struct value *own = value_get(args, "envs"), *item;
		struct value *envs;

		if (value_is_null(env) || value_equals_string(env, ""))
			continue;
		envs = value_new_list(run->arena, &env->origin);
		list_foreach (item, own)
			value_append(run->arena, envs,
				     value_copy(run->arena, item));
		value_append(run->arena, envs, env);
		value_set(run->arena, args, "envs", envs);
	}
}

/* One entry of helmChartInflationGenerator as one of helmCharts. */
static struct value *chart_of(struct overlay_run *run, const struct value *old)
{
	static const struct {
		const char *from;
		const char *to;
	} names[] = {
		{ "chartName", "name" },
		{ "chartVersion", "version" },
		{ "chartRepoUrl", "repo" },
		{ "values", "valuesFile" },
		{ "valuesLocal", "valuesInline" },
		{ "valuesMerge", "valuesMerge" },
		{ "releaseName", "releaseName" },
	};
	struct value *chart = value_new_map(run->arena, &old->origin);
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		struct value *value = value_get(old, names[i].from);

		if (value)
			value_set(run->arena, chart, names[i].to, value);
	}
	return chart;
}

/* Of the homes that they name the last one counts, for all charts. */
static void fix_charts(struct overlay_run *run, struct value *fields)
{
	const struct value *olds =
		value_get(fields, "helmChartInflationGenerator");
	struct value *charts, *globals, *old, *home;

	if (!value_count(olds))
		return;
	charts = value_new_list(run->arena, &olds->origin);
	globals = value_new_map(run->arena, &olds->origin);
	list_foreach (old, olds) {
		value_append(run->arena, charts, chart_of(run, old));
		home = value_get(old, "chartHome");
		if (home && home->len)
			value_set(run->arena, globals, "chartHome", home);
	}
	if (value_count(globals) && !value_get(fields, "helmGlobals"))
		value_set(run->arena, fields, "helmGlobals", globals);
	value_set(run->arena, fields, "helmChartInflationGenerator", charts);
	append_list(run, fields, "helmChartInflationGenerator", "helmCharts");
}

/* The file as it was written; NULL: reported. */
static struct value *read_file(struct overlay_run *run, struct layer *layer)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits,
					      .json_numbers = true };
	struct yaml_problem problem = { 0 };
	struct value *document;
	struct source *source;

	source = kustomization_find(run, layer->root, &layer->file);
	if (!source)
		return NULL;
	layer->source = source;
	document = shared_kustomization(run, source);
	if (document)
		return document;
	document = yaml_read(run->arena, source, 0, source->len, &options,
			     &problem);
	if (!document) {
		yaml_problem_report(run->diags, source, &problem);
		diag_native(run->diags, "invalid Kustomization: %s",
			    yaml_problem_go(run->arena, &problem));
	}
	return document;
}

static struct value *read_document(struct overlay_run *run, struct layer *layer)
{
	const struct overlay_amend *amend =
		layer->parent ? NULL : run->options->amend;
	struct value *document;

	if (!amend)
		return read_file(run, layer);
	if (amend->no_file) {
		layer->file = overlay_file_names[0];
		return amend->document(amend->context, run->arena, NULL);
	}
	document = read_file(run, layer);
	return document ? amend->document(amend->context, run->arena, document)
			: NULL;
}

bool kustomization_load(struct overlay_run *run, struct layer *layer)
{
	struct value *document = read_document(run, layer), *fields;

	if (!document)
		return false;
	native_push(run, "invalid Kustomization: ", "");
	fields = decode_struct(run, &shape_kustomization, document,
			       DECODE_KUSTOMIZATION);
	native_pop(run);
	if (!fields)
		return false;
	layer->fields = fields;
	warn_deprecated(run, fields);
	append_list(run, fields, "bases", "resources");
	append_list(run, fields, "imageTags", "images");
	fix_generators(run, fields, "configMapGenerator");
	fix_generators(run, fields, "secretGenerator");
	fix_charts(run, fields);
	return check_empty(run, layer) && check_kind(run, layer);
}
