/*
 * helmCharts: what a chart prints, as resources.
 *
 * The engine that renders charts is no part of this one; it is asked through
 * the resolver.
 */
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "model/resolver.h"
#include "model/value.h"
#include "model/yaml_read.h"
#include "overlays/generate.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/node.h"
#include "overlays/patch.h"
#include "overlays/resource.h"
#include "overlays/run.h"

VEC_TYPE(layers, struct value *);

static const char *chart_home(struct overlay_run *run, const struct value *args)
{
	const char *own = node_member(run->arena, args, "chartHome");

	if (!*own)
		own = node_member(run->arena,
				  value_get(run->layer->fields, "helmGlobals"),
				  "chartHome");
	return *own ? own : "charts";
}

/* A chart fetched with its version has a folder of its own. */
static const char *chart_path(struct overlay_run *run, const struct value *args)
{
	const char *home = chart_home(run, args);
	const char *name = node_member(run->arena, args, "name");
	const char *version = node_member(run->arena, args, "version");

	if (*version && *node_member(run->arena, args, "repo"))
		return overlay_text(run, "%s/%s-%s/%s", home, name, version,
				    name);
	return overlay_text(run, "%s/%s", home, name);
}

static bool refuse(struct overlay_run *run, const struct value *args,
		   const char *native, const char *ours)
{
	return overlay_fail(run, &args->origin, native, "%s", ours);
}

/* To helm a name with a dash in front would be an option. */
static bool check_name(struct overlay_run *run, const struct value *args,
		       const char *key, const char *called)
{
	const char *name = node_member(run->arena, args, key);

	if (*name != '-' || run->options->compat != OVERLAY_5_8_2)
		return true;
	return refuse(run, args,
		      overlay_text(run, "%s must not start with '-', got %s",
				   called, overlay_go_quote(run, name)),
		      "a name must not begin with a dash");
}

static bool check_words(struct overlay_run *run, const struct value *args)
{
	const char *merge = node_member(run->arena, args, "valuesMerge");

	if (!run->options->enable_helm)
		return refuse(run, args, "must specify --enable-helm",
			      "charts are inflated with --enable-helm only");
	if (!*node_member(run->arena, args, "name"))
		return refuse(run, args, "chart name cannot be empty",
			      "this chart has no name");
	if (!check_name(run, args, "releaseName", "releaseName") ||
	    !check_name(run, args, "name", "chart name"))
		return false;
	if (*merge && strcmp(merge, "merge") != 0 &&
	    strcmp(merge, "override") != 0 && strcmp(merge, "replace") != 0)
		return refuse(run, args,
			      "valuesMerge must be one of [merge override "
			      "replace]",
			      "valuesMerge is merge, override or replace");
	if (*node_member(run->arena, args, "nameTemplate"))
		return refuse(run, args,
			      "nameTemplate is not supported; set releaseName",
			      "no release is named by a template here; "
			      "releaseName is needed");
	return true;
}

static bool check(struct overlay_run *run, const struct value *args)
{
	bool fine;

	patch_push_config(run, "HelmChartInflationGenerator", args);
	fine = check_words(run, args);
	native_pop(run);
	return fine;
}

static bool read_values(struct overlay_run *run, const char *name,
			const struct origin *at, struct value **values)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
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
	diag_native(run->diags, "%s", yaml_problem_go(run->arena, &problem));
	return false;
}

/*
 * The files that the charts sees hold what a merge has left: a null takes a
 * value away there, and so never reaches the chart's own.
 */
static void merge_values(struct overlay_run *run, struct value *under,
			 const struct value *over)
{
	const struct value_entry *entry;

	value_foreach (entry, over) {
		struct value *own =
			value_getn(under, entry->key, entry->len);

		if (value_is_null(entry->value)) {
			value_remove(under, entry->key, entry->len);
			continue;
		}
		if (value_is_map(entry->value) && !value_is_map(own))
			own = value_new_map(run->arena, &entry->value->origin);
		if (value_is_map(entry->value))
			merge_values(run, own, entry->value);
		else
			own = entry->value;
		value_setn(run->arena, under, entry->key, entry->len,
			   &entry->origin, own);
	}
}

/* The first values file: the one named, or that of the chart. */
static bool first_values(struct overlay_run *run, const struct value *args,
			 bool needed, struct value **values)
{
	const struct value *file = value_get(args, "valuesFile");

	*values = NULL;
	if (file && file->len)
		return read_values(run, value_string_or(file, ""),
				   &file->origin, values);
	return !needed || read_values(run,
				      overlay_text(run, "%s/values.yaml",
						   chart_path(run, args)),
				      &args->origin, values);
}

static bool gather_values(struct overlay_run *run, const struct value *args,
			  struct layers *layers)
{
	struct value *own = value_get(args, "valuesInline");
	const struct value *more = value_get(args, "additionalValuesFiles");
	const char *merge = node_member(run->arena, args, "valuesMerge");
	const struct value *name;
	struct value *file, *base;

	if (!value_count(own))
		merge = "";
	if (strcmp(merge, "replace") == 0) {
		vec_push(run->arena, layers, own);
	} else {
		bool under = strcmp(merge, "merge") == 0;

		if (!first_values(run, args, under, &file))
			return false;
		base = under ? value_copy_deep(run->arena, own)
		       : value_is_map(file)
			       ? file
			       : value_new_map(run->arena, &args->origin);
		merge_values(run, base, under ? file : own);
		vec_push(run->arena, layers, base);
	}
	list_foreach (name, more) {
		if (!read_values(run, value_string_or(name, ""), &name->origin,
				 &file))
			return false;
		if (value_is_map(file))
			vec_push(run->arena, layers, file);
	}
	return true;
}

static const char *const *api_versions(struct overlay_run *run,
				       const struct value *args)
{
	const struct value *list = value_get(args, "apiVersions"), *item;
	const char *const *given = run->options->helm_api_versions;
	VEC(const char *) all = { 0 };

	for (; given && *given; given++)
		vec_push(run->arena, &all, *given);
	list_foreach (item, list)
		vec_push(run->arena, &all, value_string_or(item, ""));
	vec_push(run->arena, &all, NULL);
	return all.items;
}

/* Since 5.8 a chart without a namespace has the nearest kustomization's. */
static const char *name_space_of(struct overlay_run *run,
				 const struct value *args)
{
	const char *own = node_member(run->arena, args, "namespace");
	const struct layer *layer = run->layer;

	for (; layer && !*own && run->options->compat != OVERLAY_5_5;
	     layer = layer->parent)
		own = node_member(run->arena, layer->fields, "namespace");
	return *own ? own : "default";
}

static bool missing(struct overlay_run *run, const struct value *args,
		    const char *name)
{
	if (*node_member(run->arena, args, "repo"))
		return load_refuse_remote(run, name, &args->origin);
	return overlay_fail(run, &args->origin,
			    "no repo specified for pull, no chart found at ''",
			    "there is no chart in %s", name);
}

static bool inflate(struct overlay_run *run, const struct value *args,
		    struct source **rendered)
{
	const struct resolver *resolver = run->options->resolver;
	const struct resolver_caller caller = { run->arena, run->view,
						run->layer->root, run->diags,
						run->facts };
	const char *name = chart_path(run, args);
	const char *release = node_member(run->arena, args, "releaseName");
	const char *version = node_member(run->arena, args, "kubeVersion");
	struct layers layers = { 0 };
	struct chart_request request = {
		.chart = load_path(run, name),
		.release = *release ? release
				    : node_member(run->arena, args, "name"),
		.name_space = name_space_of(run, args),
		.api_versions = api_versions(run, args),
		.kube_version =
			*version ? version : run->options->helm_kube_version,
		.include_crds = value_is_true(value_get(args, "includeCRDs")),
		.skip_hooks = value_is_true(value_get(args, "skipHooks")),
		.skip_tests = value_is_true(value_get(args, "skipTests")),
		.at = &args->origin,
	};

	if (!resolver || !resolver->chart ||
	    load_kind_of(run, name) != LOAD_DIR)
		return missing(run, args, name);
	if (!gather_values(run, args, &layers))
		return false;
	request.values = layers.items;
	request.value_count = layers.count;
	return resolver->chart(resolver->context, &caller, &request, rendered);
}

static bool generate(struct overlay_run *run, const struct value *args,
		     struct stream_objects *objects)
{
	struct source *rendered;
	size_t i;

	if (!check(run, args) || !inflate(run, args, &rendered))
		return false;
	run->file = rendered->name;
	if (!stream_read(run, rendered, objects))
		return false;
	for (i = 0; i < objects->count; i++)
		resource_of(objects->items[i])->inflated = true;
	return true;
}

const struct generator generator_helm_chart = {
	.field = "helmCharts",
	.kind = "HelmChartInflationGenerator",
	.summary = "Inflate a chart that lies in the tree.",
	.check = check,
	.generate = generate,
};
