/*
 * Application (argoproj.io): one source or several, each a chart, a
 * kustomization or a folder of manifests.
 */
#include "compiler/gitops/application.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "base/tree.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/value.h"
#include "model/value_path.h"
#include "overlays/overlay.h"

struct plan {
	const char *name_space;
	struct application_sources sources;
};

static const struct gitops_field fields[] = {
	{ "source", 'm' },
	{ "sources", 'l' },
	{ "destination", 'm' },
	{ NULL, 0 },
};

static const struct gitops_field source_fields[] = {
	{ "repoURL", 's' },   { "path", 's' },   { "chart", 's' },
	{ "ref", 's' },       { "helm", 'm' },   { "kustomize", 'm' },
	{ "directory", 'm' }, { "plugin", 'm' }, { NULL, 0 },
};

static bool has_file(const struct gitops_found *found, const char *dir,
		     const char *name)
{
	struct run *run = found->gitops->run;
	struct tree_stat stat;
	const char *path = path_below(run->arena, dir, name);

	return tree_view_stat(&run->view, path, &stat) == TREE_OK &&
	       stat.kind == TREE_FILE;
}

static bool has_kustomization(const struct gitops_found *found, const char *dir)
{
	const char *const *name;

	for (name = overlay_file_names; *name; name++)
		if (has_file(found, dir, *name))
			return true;
	return false;
}

/* What is written decides, then what is there; a chart before the others. */
static void find_kind(const struct gitops_found *found,
		      struct application_source *source)
{
	source->kind = APPLICATION_DIRECTORY;
	if (value_count(value_get(source->node, "helm")))
		source->kind = APPLICATION_HELM;
	else if (value_count(value_get(source->node, "kustomize")))
		source->kind = APPLICATION_KUSTOMIZE;
	else if (value_count(value_get(source->node, "directory")))
		source->kind = APPLICATION_DIRECTORY;
	else if (has_file(found, source->dir, "Chart.yaml"))
		source->kind = APPLICATION_HELM;
	else if (has_kustomization(found, source->dir))
		source->kind = APPLICATION_KUSTOMIZE;
}

/* The folder; NULL: counted or reported. */
static const char *find_dir(const struct gitops_found *found,
			    const struct value *node)
{
	const struct value *path = value_get(node, "path");
	const char *url = value_string_or(value_get(node, "repoURL"), "");
	const char *chart = value_string(value_get(node, "chart")), *copy;

	if (chart) {
		copy = gitops_chart_copy(
			found, chart,
			value_string_or(value_get(node, "targetRevision"), ""));
		if (!copy)
			gitops_skip(found, "chart %s of %s is not in the tree",
				    chart, url);
		return copy;
	}
	if (!*url || !gitops_is_here(found->gitops, url)) {
		gitops_skip(found,
			    *url ? "%s is another repository"
				 : "its source names no repository%s",
			    url);
		return NULL;
	}
	return gitops_path(found, value_string_or(path, "."),
			   path ? path : node);
}

static void add_source(const struct gitops_found *found, struct plan *plan,
		       const struct value *node, const struct value *sources)
{
	const struct value *helm = value_get(node, "helm");
	struct application_source source = { .node = node };
	bool good = true;

	if (!value_is_map(node)) {
		gitops_skip(found, "a source of it is no map");
		return;
	}
	/* Such a source only lends its files to others. */
	if (!gitops_check(found, node, source_fields) ||
	    (value_get(node, "ref") && !value_get(node, "path") &&
	     !value_get(node, "chart")))
		return;
	if (value_get(node, "plugin")) {
		gitops_skip(found, "a plugin renders it");
		return;
	}
	source.dir = find_dir(found, node);
	if (!source.dir)
		return;
	source.name = found->object->name;
	source.project = value_string_or(
		value_at(found->object->root, "spec.project"), "");
	source.destination = plan->name_space;
	find_kind(found, &source);
	source.name_space =
		value_string_or(value_get(helm, "namespace"), plan->name_space);
	source.release = value_string_or(value_get(helm, "releaseName"),
					 found->object->name);
	if (source.kind == APPLICATION_HELM)
		good = application_helm(found, &source, sources);
	else if (source.kind == APPLICATION_DIRECTORY)
		good = application_directory(found, &source);
	if (good)
		vec_push(found->gitops->arena, &plan->sources, source);
}

static const char *settings_of(struct gitops *gitops, const char *name,
			       const struct plan *plan)
{
	const char *error;
	struct str out;
	size_t i, j;

	str_init(&out, gitops->arena);
	str_printf(&out, "%s %s", name, plan->name_space);
	for (i = 0; i < plan->sources.count; i++) {
		const struct application_source *source =
			&plan->sources.items[i];

		str_printf(&out, "\n%d %s %s %s %s ", (int)source->kind,
			   source->dir, source->release, source->name_space,
			   source->project);
		(void)json_write(&out, source->node, NULL, NULL, &error);
		gitops_layers_put(&source->layers, &out);
		for (j = 0; j < source->files.count; j++)
			str_printf(&out, "\n%s", source->files.items[j]);
	}
	return str_text(&out);
}

static enum gitops_answer follow(const struct gitops_found *found)
{
	struct arena *arena = found->gitops->arena;
	const struct value *spec = value_get(found->object->root, "spec");
	const struct value *sources = value_get(spec, "sources"), *source;
	struct plan *plan = arena_zalloc(arena, sizeof(*plan));

	if (!value_is_map(spec))
		return gitops_skip(found, "it has no spec");
	if (!gitops_check(found, spec, fields))
		return GITOPS_DONE;
	plan->name_space = value_string_or(
		value_at(spec, "destination.namespace"), "default");
	if (!*plan->name_space)
		plan->name_space = "default";
	if (!value_count(sources) && !value_get(spec, "source"))
		return gitops_skip(found, "it names no source");
	/* Several sources win over the one. */
	list_foreach (source, sources)
		add_source(found, plan, source, sources);
	if (!value_count(sources))
		add_source(found, plan, value_get(spec, "source"), NULL);
	if (!plan->sources.count)
		return GITOPS_DONE;
	return gitops_add(found,
			  settings_of(found->gitops, found->object->name, plan),
			  plan);
}

static bool render(struct job *job, const struct application_source *source)
{
	switch (source->kind) {
	case APPLICATION_HELM:
		return application_render_helm(job, source);
	case APPLICATION_KUSTOMIZE:
		return application_render_kustomize(job, source);
	case APPLICATION_DIRECTORY:
		break;
	}
	return application_render_directory(job, source);
}

static bool produce(struct job *job, const struct followed *followed)
{
	const struct plan *plan = followed->plan;
	size_t i;

	job->kustomized = true;
	for (i = 0; i < plan->sources.count; i++)
		if (plan->sources.items[i].kind != APPLICATION_KUSTOMIZE)
			job->kustomized = false;
	job->bundle = bundle_new(job->arena, plan->name_space);
	for (i = 0; i < plan->sources.count; i++)
		if (!render(job, &plan->sources.items[i]))
			return false;
	job->bundle->name_space = plan->name_space;
	return true;
}

const char *const *gitops_application_dirs(struct job *job)
{
	const struct followed *followed = job->target->followed;
	VEC(const char *) dirs = { 0 };
	const struct plan *plan;
	size_t i;

	if (!followed || followed->kind != &gitops_application)
		return NULL;
	plan = followed->plan;
	for (i = 0; i < plan->sources.count; i++)
		vec_push(job->arena, &dirs, plan->sources.items[i].dir);
	vec_push(job->arena, &dirs, NULL);
	return dirs.items;
}

const struct gitops_kind gitops_application = {
	.group = "argoproj.io",
	.kind = "Application",
	.follow = follow,
	.produce = produce,
};
