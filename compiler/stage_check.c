/*
 * check: rules over the bundle.
 */
#include "base/arena.h"
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
	const struct settings *settings = &job->scope.settings;
	const struct value **sections = arena_alloc(
		job->arena, settings->levels.count * sizeof(*sections));
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
	struct lint_config *config;
	size_t i;

	layers.whole = is_whole(job);

	for (i = settings->levels.count; i-- > 0;) {
		const struct value *section = value_get(
			settings->levels.items[i].node, "lint");

		if (section)
			sections[layers.count++] = section;
	}
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
