/*
 * check: rules over the bundle.
 */
#include "compiler/job.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "lints/lint.h"
#include "model/value.h"

/* Loose files may refer to what stands in others. */
static bool is_whole(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->sources.count; i++)
		if (job->sources.items[i].kind == SOURCE_KIND_MANIFESTS ||
		    job->sources.items[i].kind == SOURCE_KIND_STREAM)
			return job->overlays.count > 0;
	return true;
}

static bool run(struct job *job)
{
	const struct job *producer = job->same ? job->same : job;
	const struct value *sections[3];
	const struct run_options *options = job->run->options;
	struct lint_layers layers = {
		.sections = sections,
		.profile = options->profile,
		.only = options->only.items,
		.only_count = options->only.count,
		.pss_version = options->pss_version,
		.target = job->target->name,
		.environment = job->environment->name,
		.today = job->run->today,
		.require_schemas = options->require_schemas,
		.schemas = job->run->schemas,
		.kubernetes = { job->scope.kubernetes.oldest,
				job->scope.kubernetes.newest },
	};
	const struct value *nodes[] = {
		value_get(job->run->project->root, "lint"),
		value_get(job->environment->node, "lint"),
		value_get(job->target->node, "lint"),
	};
	struct lint_config *config;
	size_t i;

	layers.whole = is_whole(job);

	for (i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++)
		if (nodes[i])
			sections[layers.count++] = nodes[i];
	config = lint_configure(job->arena, &job->diags, &layers);
	if (!config)
		return false;
	lint_bundle(config, producer->bundle, &producer->facts, &job->findings);
	return true;
}

const struct stage stage_check = {
	.name = "check",
	.help = "Rules look at the objects.",
	.checks = true,
	.run = run,
};
