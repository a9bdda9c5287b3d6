/*
 * render: charts, templates and kustomizations become objects.
 */
#include <string.h>

#include "base/arena.h"
#include "base/keep.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/gitops/gitops.h"
#include "compiler/job.h"
#include "compiler/manifests.h"
#include "compiler/render.h"
#include "compiler/resolve.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "model/bundle.h"
#include "model/yaml_read.h"
#include "overlays/overlay.h"
#include "templates/chart_verbs.h"

static struct manifests reader(struct job *job)
{
	struct manifests manifests = {
		.bundle = job->bundle,
		.diags = &job->diags,
		.facts = &job->facts,
		.limits = &job->run->project->limits,
		.dialect = job->kustomized ? YAML_KUSTOMIZE : YAML_HELM,
		.texts = yaml_texts_new(job->bundle->arena),
	};

	return manifests;
}

/*
 * What Helm prints of a document ends with a line feed, which the last line
 * of a block scalar then keeps.  The document itself was trimmed.
 */
static bool read_document(struct job *job, const struct manifests *manifests,
			  const struct chart_document *document)
{
	const struct source *source = document->source;
	struct text whole = { source->text, source->len, source->map };
	struct source *printed;
	struct text text;
	struct str out;

	if (document->end < source->len && source->text[document->end] == '\n')
		return manifests_read_document(
			manifests, source, document->begin, document->end + 1);
	str_init(&out, job->arena);
	str_put_slice(&out, &whole, document->begin, document->end, NULL);
	str_putc(&out, '\n');
	text = str_finish(&out);
	printed = source_new(job->arena, source->name, source->role, text.at,
			     text.len);
	printed->map = text.map;
	return manifests_read_document(manifests, printed, 0, printed->len);
}

/* Whether all that went wrong is in the facts. */
static bool lacks_input(const struct job *job)
{
	return !job->diags.errors && job_lacks_input(job);
}

/* Nobody declared it, or wants just this: what it lacks is a finding. */
static bool may_lack_inputs(const struct job *job)
{
	return job->target->discovered &&
	       !(job->run->builds && job->target->named);
}

/* The documents of a chart, rendered in an arena that goes with `keeper`. */
static bool read_documents(struct job *job, const struct chart_output *output,
			   struct keeper *keeper)
{
	struct manifests manifests = reader(job);
	size_t i;

	for (i = 0; i < output->documents.count; i++) {
		struct chart_document document = output->documents.items[i];

		document.source = keep_source(keeper, document.source);
		if (document.crd ? !manifests_read(&manifests, document.source)
				 : !read_document(job, &manifests, &document))
			return false;
	}
	return true;
}

static bool render_chart_in(struct job *job, struct job_source *source,
			    struct arena *arena, struct keeper *keeper)
{
	const struct chart_options options = {
		.release = source->release,
		.name_space = source->name_space,
		.values = source->layers.items,
		.value_count = source->layers.count,
		.dialect = job->run->dialect,
		.kube_version = arena_printf(job->arena, "1.%u",
					     job->scope.kubernetes.render),
		.api_versions = source->api_versions,
		.include_crds = source->crds,
		.skip_tests = !source->tests,
		.skip_schema = source->skip_schema,
		.all_errors = true,
		.beside_others = job->run->jobs.count > 1,
		.shares = source->shares,
		.now = job->run->now,
		.strict_values = job->run->options->strict_values,
		.seed = resolve_seed(job->run),
		.keys = job->run->keys,
		.limits = &job->run->project->limits,
		.facts = &job->facts,
		.notes_unused = stages_check(job->run),
		.missing_is_fact = may_lack_inputs(job),
	};
	struct chart_output output;

	memset(&output, 0, sizeof(output));
	if (!chart_render(source->chart, &options, arena, &job->diags, &output))
		return lacks_input(job);
	/* A part of a chart is for rules, and not for being compared. */
	if (!job->run->lint && !job->run->builds && lacks_input(job))
		return true;
	chart_note_versions(source->chart, job->arena,
			    job->scope.kubernetes.oldest,
			    job->scope.kubernetes.newest, &job->facts);
	chart_note_oddities(source->chart, arena, &output, &job->facts);
	return read_documents(job, &output, keeper);
}

/*
 * Objects, facts and diagnostics stay to the end of the run, and the run may
 * have thousands of charts: what they were made of goes at once.
 */
bool render_chart(struct job *job, struct job_source *source)
{
	struct arena *arena = arena_new_passing();
	struct keeper *keeper = keeper_new(job->arena, arena);
	size_t diags = job->diags.diags.count, facts = job->facts.facts.count;
	bool rendered = render_chart_in(job, source, arena, keeper);

	keep_diags(keeper, &job->diags, diags);
	keep_facts(keeper, &job->facts, facts);
	arena_free(arena);
	return rendered;
}

bool render_kustomization(struct job *job, struct job_source *source,
			  const struct overlay_amend *amend)
{
	struct resolver resolver = resolve_for_job(job);
	struct overlay_options options = resolve_overlay_options(job);
	struct object *object;
	struct bundle *built;

	options.resolver = &resolver;
	options.amend = amend;
	options.any_file = source->any_file;
	options.crd_merge_keys = source->crd_merge_keys;
	options.missing_is_fact = may_lack_inputs(job);
	options.programs_are_facts =
		job->target->discovered && job->run->broken_is_finding;
	built = overlay_build(job->arena, &options, source->path);
	if (!built)
		return lacks_input(job);
	if (!job->bundle->objects.count) {
		/* Alone it stays whole: what it says of order holds. */
		job->bundle = built;
		return true;
	}
	bundle_foreach (object, built)
		bundle_append(job->bundle, object);
	return true;
}

bool render_files(struct job *job, struct job_source *source)
{
	struct manifests manifests = reader(job);
	bool good = true;
	size_t i;

	manifests.syntax_is_fact = job->syntax_is_fact;
	manifests.sifted = job->target->sifted ? &job->sifted : NULL;
	for (i = 0; i < source->files.count; i++)
		good = manifests_read(&manifests, source->files.items[i]) &&
		       good;
	return good;
}

static bool render_source(struct job *job, struct job_source *source)
{
	switch (source->kind) {
	case SOURCE_KIND_CHART:
	case SOURCE_KIND_TEMPLATES:
		return render_chart(job, source);
	case SOURCE_KIND_KUSTOMIZATION:
		return render_kustomization(job, source, NULL);
	case SOURCE_KIND_MANIFESTS:
	case SOURCE_KIND_STREAM:
		break;
	}
	return render_files(job, source);
}

static bool run(struct job *job)
{
	size_t i;

	if (job->target->followed)
		return gitops_produce(job);
	job->bundle = bundle_new(job->arena, job->sources.items[0].name_space);
	for (i = 0; i < job->sources.count; i++)
		if (!render_source(job, &job->sources.items[i]))
			return false;
	return true;
}

const struct stage stage_render = {
	.name = "render",
	.help = "Charts, templates and kustomizations become objects.",
	.run = run,
};
