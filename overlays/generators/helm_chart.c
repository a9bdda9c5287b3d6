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

static bool check(struct overlay_run *run, const struct value *args)
{
	bool fine = false;

	patch_push_config(run, "HelmChartInflationGenerator", args);
	if (!run->options->enable_helm)
		fine = overlay_fail(run, &args->origin,
				    "must specify --enable-helm",
				    "charts are inflated with --enable-helm "
				    "only");
	else if (!*node_member(run->arena, args, "name"))
		fine = overlay_fail(run, &args->origin,
				    "chart name cannot be empty",
				    "this chart has no name");
	else
		fine = true;
	native_pop(run);
	return fine;
}

static bool read_values(struct overlay_run *run, const struct value *name,
			struct layers *layers)
{
	const struct yaml_options options = { .dialect = YAML_HELM,
					      .limits = run->options->limits,
					      .json_numbers = true };
	struct yaml_problem problem = { 0 };
	struct source *source;
	struct value *tree;

	if (!load_file(run, value_string_or(name, ""), &name->origin,
		       SOURCE_VALUES, &source))
		return false;
	tree = yaml_read(run->arena, source, 0, source->len, &options,
			 &problem);
	if (!tree) {
		yaml_problem_report(run->diags, source, &problem);
		diag_native(run->diags, "%s",
			    yaml_problem_go(run->arena, &problem));
		return false;
	}
	if (value_is_map(tree))
		vec_push(run->arena, layers, tree);
	return true;
}

static bool gather_values(struct overlay_run *run, const struct value *args,
			  struct layers *layers)
{
	const struct value *file = value_get(args, "valuesFile");
	struct value *own = value_get(args, "valuesInline");
	const struct value *more = value_get(args, "additionalValuesFiles");
	const char *merge = node_member(run->arena, args, "valuesMerge");
	const struct value *name;

	if (own && strcmp(merge, "merge") == 0)
		vec_push(run->arena, layers, own);
	if (file && !(own && strcmp(merge, "replace") == 0) &&
	    !read_values(run, file, layers))
		return false;
	if (own && strcmp(merge, "merge") != 0)
		vec_push(run->arena, layers, own);
	list_foreach (name, more)
		if (!read_values(run, name, layers))
			return false;
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
		return load_refuse_remote(run, name, &args->origin);
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
