/*
 * check: rules over the bundle.
 */
#include "base/arena.h"
#include "compiler/job.h"
#include "compiler/lint_section.h"
#include "compiler/rendered_from.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/object.h"
#include "model/placeholder.h"
#include "model/value.h"
#include "templates/chart.h"

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

/* The `lint:` sections that hold for a job, the weakest first. */
static void add_sections(struct lint_layers *layers, struct arena *arena,
			 const struct settings *settings)
{
	const struct value **sections = arena_alloc(
		arena, (settings->levels.count + 1) * sizeof(*sections));
	size_t i;

	layers->sections = sections;
	for (i = settings->levels.count; i-- > 0;) {
		const struct value *section =
			lint_section(arena, &settings->levels.items[i]);

		if (section)
			sections[layers->count++] = section;
	}
}

/* The defaults of charts, and what was laid over them. */
static void add_values(struct lint_layers *layers, struct arena *arena,
		       const struct job *job)
{
	VEC(const struct value *) values = { 0 };
	size_t i, j;

	for (i = 0; i < job->sources.count; i++) {
		const struct job_source *source = &job->sources.items[i];
		const struct value *own =
			source->chart ? chart_defaults(source->chart) : NULL;

		if (own)
			vec_push(arena, &values, own);
		for (j = 0; j < source->layers.count; j++)
			vec_push(arena, &values, source->layers.items[j]);
	}
	layers->values = values.items;
	layers->value_count = values.count;
}

struct lint_config *run_configure(struct run *run, struct arena *arena,
				  struct diag_sink *diags,
				  const struct job *job)
{
	const struct run_options *options = run->options;
	const struct project_file *root = run->project->files.items[0];
	struct settings settings = { 0 };
	/* The configuration keeps it. */
	struct lint_layers *layers = arena_zalloc(arena, sizeof(*layers));

	layers->profile = options->profile;
	layers->only = options->only.items;
	layers->only_count = options->only.count;
	layers->pss_version = options->pss_version;
	layers->today = run->today;
	layers->here = run->here;
	layers->limits = &run->project->limits;
	layers->require_schemas = options->require_schemas;
	layers->schemas = run->schemas;
	layers->initial = run->initial;
	if (job) {
		layers->whole = is_whole(job);
		layers->target = job->target->name;
		layers->environment = job->environment->name;
		layers->kubernetes.oldest = job->scope.kubernetes.oldest;
		layers->kubernetes.newest = job->scope.kubernetes.newest;
		settings = job->scope.settings;
		add_values(layers, arena, job->same ? job->same : job);
	} else {
		settings_init(&settings, arena, NULL, run->project->none, root);
	}
	add_sections(layers, arena, &settings);
	return lint_configure(arena, diags, layers);
}

static void count_placeholders(struct job *job)
{
	const struct object *object;

	bundle_foreach (object, job->bundle)
		job->placeholders += placeholder_count(object->root);
}

static bool run(struct job *job)
{
	const struct job *producer = job->same ? job->same : job;
	struct lint_config *config =
		run_configure(job->run, job->arena, &job->diags, job);

	if (!config)
		return false;
	job->config = config;
	if (!job->same)
		count_placeholders(job);
	lint_bundle(config, producer->bundle, &producer->facts, &job->findings);
	rendered_from_note(job);
	return true;
}

const struct stage stage_check = {
	.name = "check",
	.help = "Rules look at the objects.",
	.checks = true,
	.run = run,
};
