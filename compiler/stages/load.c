/*
 * load: the files that settings name: charts, values, plain manifests.
 */
#include <string.h>

#include "base/arena.h"
#include "base/glob.h"
#include "compiler/job.h"
#include "compiler/neighbours.h"
#include "compiler/render.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "model/value.h"
#include "templates/chart_values.h"

static bool cannot_read(struct job *job, const struct value *at,
			const char *path, enum tree_status status)
{
	const struct origin *origin =
		at && origin_source(&at->origin) ? &at->origin : NULL;

	return diag_error(&job->diags, origin, "cannot read %s: %s",
			  tree_view_display(&job->view, path),
			  tree_status_text(status));
}

static bool load_values(struct job *job, struct job_source *source,
			const struct job_values *values)
{
	const struct chart_load_options how = {
		.dialect = job->run->dialect,
		.limits = &job->run->project->limits,
	};
	struct value *layer = values->inlined;
	struct source *file;
	enum tree_status status;

	if (!layer) {
		status = tree_view_read(&job->view, values->path, SOURCE_VALUES,
					&file);
		if (status == TREE_MISSING && values->optional)
			return true;
		if (status != TREE_OK) {
			cannot_read(job, values->at, values->path, status);
			if (job->environment->chain.count > 1)
				diag_help(&job->diags,
					  "one for %s is enough, or for an "
					  "environment that it extends",
					  job->environment->name);
			return false;
		}
		layer = chart_values_read(job->arena, file, &how, &job->diags);
	}
	if (!layer)
		return false;
	vec_push(job->arena, &source->layers, layer);
	return true;
}

/* A wrong path is known at the setting that names it. */
static bool is_there(struct job *job, const struct job_source *source)
{
	struct tree_stat stat;
	enum tree_status status =
		tree_view_stat(&job->view, source->path, &stat);

	return status == TREE_OK ||
	       cannot_read(job, source->at, source->path, status);
}

bool load_chart(struct job *job, struct job_source *source)
{
	const struct chart_neighbours neighbours = neighbours_of(job);
	const struct chart_load_options options = {
		.dialect = job->run->dialect,
		.limits = &job->run->project->limits,
		.no_defaults = source->no_defaults,
		.neighbours = &neighbours,
	};
	size_t i;

	if (!is_there(job, source))
		return false;
	source->chart =
		source->kind == SOURCE_KIND_CHART
			? chart_load(job->arena, &job->view, source->path,
				     &options, &job->diags)
			: chart_load_templates(job->arena, &job->view,
					       source->path, source->release,
					       &options, &job->diags);
	if (!source->chart)
		return false;
	for (i = 0; i < source->values.count; i++)
		if (!load_values(job, source, &source->values.items[i]))
			return false;
	return true;
}

static bool add_file(struct job *job, struct job_source *source,
		     const char *path)
{
	struct source *file;
	enum tree_status status =
		tree_view_read(&job->view, path, SOURCE_MANIFEST, &file);

	if (status != TREE_OK)
		return cannot_read(job, source->at, path, status);
	vec_push(job->arena, &source->files, file);
	return true;
}

static bool load_pattern(struct job *job, struct job_source *source,
			 const char *pattern)
{
	struct tree_paths paths;
	enum tree_status status;
	size_t i;

	if (!glob_is_pattern(pattern))
		return add_file(job, source, pattern);
	status = tree_view_glob(&job->view, "", pattern, &paths);
	if (status != TREE_OK)
		return cannot_read(job, source->at, pattern, status);
	if (!paths.count)
		return diag_error(&job->diags, &source->at->origin,
				  "the pattern %s matches no file", pattern);
	for (i = 0; i < paths.count; i++)
		if (!add_file(job, source, paths.items[i]))
			return false;
	return true;
}

static bool load_source(struct job *job, struct job_source *source)
{
	size_t i;

	switch (source->kind) {
	case SOURCE_KIND_CHART:
	case SOURCE_KIND_TEMPLATES:
		return load_chart(job, source);
	case SOURCE_KIND_MANIFESTS:
		for (i = 0; i < source->patterns.count; i++)
			if (!load_pattern(job, source,
					  source->patterns.items[i]))
				return false;
		return true;
	case SOURCE_KIND_KUSTOMIZATION:
		/* The engine reads it. */
		return is_there(job, source);
	case SOURCE_KIND_STREAM:
		vec_push(job->arena, &source->files, job->run->stream);
		return true;
	}
	return true;
}

static bool run(struct job *job)
{
	size_t i;

	for (i = 0; i < job->sources.count; i++)
		if (!load_source(job, &job->sources.items[i]))
			return false;
	return true;
}

const struct stage stage_load = {
	.name = "load",
	.help = "Charts, values and manifests are read.",
	.run = run,
};
