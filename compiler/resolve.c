#include "compiler/resolve.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fact.h"
#include "base/keep.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/job.h"
#include "compiler/release_name.h"
#include "compiler/run.h"
#include "templates/chart.h"
#include "templates/template.h"

static bool resolve_base(void *context, const struct resolver_caller *caller,
			 const struct base_request *request,
			 struct base_answer *answer)
{
	(void)context;
	(void)answer;
	diag_error(caller->diags, request->at,
		   "%s is a repository beside this project, which only "
		   "plimsoll kustomize reads",
		   diag_quote(caller->arena, request->reference,
			      strlen(request->reference)));
	diag_help(caller->diags, "copy it into the repository and name the "
				 "folder");
	return false;
}

const char *resolve_seed(const struct run *run)
{
	const char *seed = run->options->seed;

	return seed || run->builds ? seed : template_own_seed;
}

static const struct source *render_in(struct arena *arena,
				      const struct resolve_charts *how,
				      const struct resolver_caller *caller,
				      const struct chart_request *request)
{
	const struct chart_load_options load = {
		.dialect = how->dialect,
		.limits = how->limits,
	};
	struct chart_options options = {
		.release = request->release,
		.name_space = request->name_space,
		.values = request->values,
		.value_count = request->value_count,
		.dialect = how->dialect,
		.kube_version = request->kube_version,
		.api_versions = request->api_versions,
		.include_crds = request->include_crds,
		.skip_tests = request->skip_tests,
		.no_hooks = request->skip_hooks,
		.seed = how->seed,
		.keys = how->keys,
		.limits = how->limits,
		.facts = caller->facts,
		.notes_unused = caller->facts != NULL,
	};
	struct chart_output output;
	struct source *rendered;
	struct chart *chart;
	struct text text;
	struct str out;

	if (request->name_template &&
	    !release_name(arena, caller->diags, request->name_template,
			  &options.release))
		return NULL;
	memset(&output, 0, sizeof(output));
	chart = chart_load(arena, caller->view, request->chart, &load,
			   caller->diags);
	if (!chart ||
	    !chart_render(chart, &options, arena, caller->diags, &output))
		return NULL;
	str_init(&out, arena);
	chart_write_stdout(&output, true, &out);
	text = str_finish(&out);
	rendered = source_new(arena, request->chart, SOURCE_RENDERED, text.at,
			      text.len);
	rendered->map = text.map;
	return rendered;
}

/* The chart is used once: all but its text goes at once. */
bool resolve_render(const struct resolve_charts *how,
		    const struct resolver_caller *caller,
		    const struct chart_request *request,
		    const struct source **rendered)
{
	struct arena *arena = arena_new_passing();
	struct keeper *keeper = keeper_new(caller->arena, arena);
	size_t diags = caller->diags->diags.count;
	size_t facts = caller->facts ? caller->facts->facts.count : 0;

	*rendered = keep_source(keeper, render_in(arena, how, caller, request));
	keep_diags(keeper, caller->diags, diags);
	keep_facts(keeper, caller->facts, facts);
	arena_free(arena);
	return *rendered != NULL;
}

static bool resolve_chart(void *context, const struct resolver_caller *caller,
			  const struct chart_request *request,
			  const struct source **rendered)
{
	const struct job *job = context;
	const struct resolve_charts how = {
		.dialect = job->run->dialect,
		.limits = &job->run->project->limits,
		.seed = resolve_seed(job->run),
		.keys = job->run->keys,
	};

	return resolve_render(&how, caller, request, rendered);
}

struct resolver resolve_for_job(struct job *job)
{
	struct resolver resolver = {
		.context = job,
		.base = resolve_base,
		.chart = resolve_chart,
	};

	return resolver;
}

struct overlay_options resolve_overlay_options(struct job *job)
{
	struct overlay_options options = {
		.view = &job->view,
		.diags = &job->diags,
		.facts = &job->facts,
		.limits = &job->run->project->limits,
		.compat = job->run->overlay_compat,
		.enable_helm = true,
		.shares = !job->target->discovered && job->run->jobs.count > 1,
		.shared = &job->run->project->shared_bases,
	};

	return options;
}
