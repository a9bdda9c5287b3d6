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
#include "overlays/chart_values.h"
#include "overlays/generate.h"
#include "overlays/layer.h"
#include "overlays/load.h"
#include "overlays/node.h"
#include "overlays/patch.h"
#include "overlays/resource.h"
#include "overlays/run.h"

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

static bool check(struct overlay_run *run, const struct value *args)
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
	if (!chart_values_check(run, args))
		return false;
	if (*merge && strcmp(merge, "merge") != 0 &&
	    strcmp(merge, "override") != 0 && strcmp(merge, "replace") != 0)
		return refuse(run, args,
			      "valuesMerge must be one of [merge override "
			      "replace]",
			      "valuesMerge is merge, override or replace");
	return true;
}

/* Since 5.8 a chart without a namespace has the nearest kustomization's. */
static const char *wanted_space(struct overlay_run *run,
				const struct value *args)
{
	const char *own = node_member(run->arena, args, "namespace");
	const struct layer *layer = run->layer;

	for (; layer && !*own && run->options->compat != OVERLAY_5_5;
	     layer = layer->parent)
		own = node_member(run->arena, layer->fields, "namespace");
	return own;
}

/* With what holds for all charts, and without what says nothing. */
static const struct value *shown(struct overlay_run *run,
				 const struct value *args)
{
	struct value *all = value_new_map(run->arena, &args->origin);
	const struct value *const parts[] = {
		value_get(run->layer->fields, "helmGlobals"), args
	};
	const char *space = wanted_space(run, args);
	const struct value_entry *entry;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(parts); i++)
		value_foreach (entry, parts[i])
			if (!patch_says_nothing(entry->value) &&
			    (!value_is_map(entry->value) ||
			     value_count(entry->value)))
				value_setn(run->arena, all, entry->key,
					   entry->len, &entry->origin,
					   entry->value);
	if (*space)
		value_set(run->arena, all, "namespace",
			  value_new_cstring(run->arena, &args->origin, space));
	return all;
}

static const char *const *api_versions(struct overlay_run *run,
				       const struct value *args)
{
	const struct value *list = value_get(args, "apiVersions"), *item;
	const char *const *given = run->options->helm_api_versions;
	VEC(const char *) all = { 0 };

	/* Those of the command line are for charts that name none. */
	if (!value_count(list))
		return given;
	list_foreach (item, list)
		vec_push(run->arena, &all, value_string_or(item, ""));
	vec_push(run->arena, &all, NULL);
	return all.items;
}

static bool missing(struct overlay_run *run, const struct value *args,
		    const char *name)
{
	if (*node_member(run->arena, args, "repo"))
		return load_refuse_remote(
			run, name,
			overlay_text(run,
				     "put it there once, with helm pull "
				     "--untar --untardir %.*s, and commit it",
				     (int)(strrchr(name, '/') - name), name),
			&args->origin);
	return overlay_fail(run, &args->origin,
			    "no repo specified for pull, no chart found at ''",
			    "there is no chart in %s", name);
}

static bool inflate(struct overlay_run *run, const struct value *args,
		    const struct source **rendered)
{
	const struct resolver *resolver = run->options->resolver;
	const struct resolver_caller caller = { run->arena, run->view,
						run->layer->root, run->diags,
						run->facts };
	const char *name = chart_path(run, args);
	const char *release = node_member(run->arena, args, "releaseName");
	const char *template = node_member(run->arena, args, "nameTemplate");
	const char *version = node_member(run->arena, args, "kubeVersion");
	const char *space = wanted_space(run, args);
	struct chart_values layers = { 0 };
	struct chart_request request = {
		.chart = load_path(run, name),
		/* What helm calls one that nobody named. */
		.release = *release ? release : "release-name",
		.name_template = *template ? template : NULL,
		.name_space = *space ? space : "default",
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
	if (*release && *template)
		return refuse(run, args,
			      "cannot set --name-template and also specify a "
			      "name",
			      "a release has releaseName or nameTemplate, not "
			      "both");
	if (!chart_values_gather(run, args, name, &layers))
		return false;
	request.values = layers.items;
	request.value_count = layers.count;
	if (resolver->chart(resolver->context, &caller, &request, rendered))
		return true;
	/*
	 * Kustomize goes on with the command line that has failed, in which
	 * there is a temporary folder; here none was run.
	 */
	native_adopt(run, "Error: ");
	return false;
}

static bool generate(struct overlay_run *run, const struct value *args,
		     struct stream_objects *objects)
{
	const struct source *rendered;
	size_t i;

	if (!inflate(run, args, &rendered))
		return false;
	run->file = rendered->name;
	native_push(run, "could not parse rnode slice into resource map: ", "");
	if (!stream_read(run, rendered, objects))
		return false;
	native_pop(run);
	for (i = 0; i < objects->count; i++)
		resource_of(objects->items[i])->inflated = true;
	return true;
}

const struct generator generator_helm_chart = {
	.field = "helmCharts",
	.kind = "HelmChartInflationGenerator",
	.summary = "Inflate a chart that lies in the tree.",
	.check = check,
	.shown = shown,
	.generate = generate,
};
