#include "compiler/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/edit_distance.h"
#include "base/number.h"
#include "base/str.h"
#include "compiler/stage.h"
#include "model/value.h"
#include "templates/chart.h"

/* Words of --fail-on, the severities in their order. */
static const char *const severities[] = { "info", "warning", "error", "never",
					  NULL };
static const char *const colours[] = { "auto", "always", "never", NULL };

static bool check_word(struct run *run, const char *option, const char *word,
		       const char *const *known)
{
	const char *near;
	struct str list;
	size_t i;

	str_init(&list, run->arena);
	for (i = 0; known[i]; i++) {
		if (!word || strcmp(known[i], word) == 0)
			return true;
		str_printf(&list, "%s%s",
			   !i             ? ""
			   : known[i + 1] ? ", "
					  : " or ",
			   known[i]);
	}
	near = edit_nearest_of(word, known);
	diag_error(run->diags, NULL, "--%s is %s; %s is needed", option,
		   diag_quote(run->arena, word, strlen(word)), str_text(&list));
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	return false;
}

/* What is wrong in the options is said before anything is rendered. */
static bool check_options(struct run *run)
{
	const struct run_options *options = run->options;

	return check_word(run, "fail-on", options->fail_on, severities) &&
	       check_word(run, "color", options->color, colours) &&
	       run_report_check(run);
}

static bool set_limits(struct run *run)
{
	const struct option_texts *limits = &run->options->limit;
	size_t i;

	for (i = 0; i < limits->count; i++) {
		const char *word = limits->items[i];

		if (!limits_set_word(&run->project->limits, word)) {
			diag_error(run->diags, NULL,
				   "--limit %s: a name of a limit and a whole "
				   "number are needed",
				   word);
			diag_help(run->diags, "names are %s", limits_names);
			return false;
		}
	}
	return true;
}

static bool set_compat(struct run *run, const char *word)
{
	static const struct {
		const char *name;
		int dialect; /* -1: leaves it */
		int overlay;
	} rows[] = {
		{ "helm3", CHART_HELM3, -1 },
		{ "helm4", CHART_HELM4, -1 },
		{ "kustomize-5.8.2", -1, OVERLAY_5_8_2 },
		{ "kustomize-5.8.1", -1, OVERLAY_5_8_1 },
		{ "kustomize-5.5", -1, OVERLAY_5_5 },
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(rows); i++) {
		if (strcmp(rows[i].name, word) != 0)
			continue;
		if (rows[i].dialect >= 0)
			run->dialect = (enum chart_dialect)rows[i].dialect;
		if (rows[i].overlay >= 0)
			run->overlay_compat =
				(enum overlay_compat)rows[i].overlay;
		return true;
	}
	diag_error(run->diags, NULL, "--compat %s is not known", word);
	diag_help(run->diags,
		  "known are helm3, helm4, kustomize-5.8.2, kustomize-5.8.1 "
		  "and kustomize-5.5");
	return false;
}

/* From the project file, then from the flag; words separated by commas. */
static bool set_compats(struct run *run)
{
	const struct value *own = value_get(run->project->root, "compat");
	const struct value *item;
	size_t i;

	if (value_is_string(own) && !set_compat(run, own->string))
		return false;
	list_foreach (item, own)
		if (!set_compat(run, value_string_or(item, "")))
			return false;
	for (i = 0; i < run->options->compat.count; i++) {
		const char *word = run->options->compat.items[i];

		for (; *word; word += strcspn(word, ","), word += *word == ',')
			if (!set_compat(run, arena_strndup(run->arena, word,
							   strcspn(word, ","))))
				return false;
	}
	return true;
}

/* As it would be found; NULL: there is none. */
static bool has_project(struct run *run)
{
	struct tree_view view;
	struct tree_stat stat;
	const char *path;

	tree_view_init(&view, run->tree, run->arena);
	if (!run->options->config)
		return project_find(&view, run->here) != NULL;
	return run_locate(run, run->options->config, &path) != TREE_OK ||
	       tree_view_stat(&view, path, &stat) == TREE_OK;
}

/*
 * Before somebody wrote a project file the same was rendered by other means:
 * what the file says of it is not what changes it.
 */
static void borrow_project(struct run *run)
{
	const struct project *project = run->after->project;
	struct table *paths;
	size_t i;

	if (!project->source || run->options->isolated || has_project(run))
		return;
	paths = arena_alloc(run->arena, sizeof(*paths));
	table_init(paths, run->arena);
	for (i = 0; i < project->files.count; i++)
		if (project->files.items[i]->path)
			table_puts(paths, project->files.items[i]->path, run);
	git_revision_lend(run->tree, run->after->tree, paths);
	if (!run->options->quiet)
		fprintf(stderr,
			"note: %s has no project file; it is rendered by %s "
			"as it is now\n",
			run->options->at, project->source->name);
}

static bool find_project(struct run *run)
{
	const struct project_given given = {
		.vars = &run->options->var,
		.limits = &run->options->limit,
		.kubernetes = run->options->kubernetes,
	};
	const char *path = NULL, *nearest = NULL;

	if (run->options->config) {
		if (run_locate(run, run->options->config, &path) != TREE_OK)
			return diag_error(run->diags, NULL,
					  "--config %s leads out of the tree "
					  "that may be read",
					  run->options->config);
	} else if (!run->options->isolated) {
		nearest = project_find(&run->view, run->here);
		path = nearest ? project_find_top(run->arena, run->diags,
						  &run->view, nearest)
			       : NULL;
		if (nearest && !path)
			return false;
	}
	run->project = path ? project_load(run->arena, run->diags, &run->view,
					   path, &given)
			    : project_empty(run->arena, run->here);
	/* A pattern may match what is hidden, and then it is no member. */
	if (run->project && nearest && !project_enter(run->project, nearest))
		run->project = project_load(run->arena, run->diags, &run->view,
					    nearest, &given);
	return run->project != NULL;
}

/* The day it is, or that builds which are to be repeatable are told. */
static bool set_today(struct run *run)
{
	const char *epoch = options_variable("SOURCE_DATE_EPOCH");
	int64_t seconds = (int64_t)time(NULL), *told;
	struct civil day;

	if (epoch &&
	    number_parse_int(epoch, strlen(epoch), 10, &seconds) != NUMBER_OK)
		return diag_error(run->diags, NULL,
				  "SOURCE_DATE_EPOCH is %s; seconds since 1970 "
				  "are needed",
				  diag_quote(run->arena, epoch, strlen(epoch)));
	if (epoch) {
		told = arena_alloc(run->arena, sizeof(*told));
		*told = seconds;
		run->now = told;
	}
	day = civil_of(seconds);
	run->today = arena_printf(run->arena, "%04lld-%02d-%02d",
				  (long long)day.year, day.month, day.day);
	return true;
}

static bool unknown_stage(struct run *run)
{
	static const char *const names[] = {
#define STAGE(x) #x,
#include "compiler/stages.def"
#undef STAGE
		NULL
	};
	const char *near = edit_nearest_of(run->options->stop_after, names);

	diag_error(run->diags, NULL,
		   "there is no stage \"%s\"; load, render, overlay, "
		   "substitute and check are",
		   run->options->stop_after);
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	return false;
}

bool run_may_follow(const struct run *run)
{
	return !value_is_false(value_get(run->project->root, "follow"));
}

bool run_follows(const struct run *run)
{
	return run->follow && run_may_follow(run);
}

bool run_open(struct run *run, struct invocation *invocation,
	      const struct run_options *options, bool lint)
{
	return run_open_before(run, NULL, invocation, options, lint);
}

bool run_open_before(struct run *run, const struct run *after,
		     struct invocation *invocation,
		     const struct run_options *options, bool lint)
{
	memset(run, 0, sizeof(*run));
	run->after = after;
	run->invocation = invocation;
	run->arena = invocation->arena;
	run->diags = &invocation->diags;
	run->options = options;
	run->lint = lint;
	run->keys = chart_keys_new(run->arena);
	table_init(&run->kustomizations, run->arena);
	report_init(&run->report, run->arena);
	run->report.here = "";
	if (!check_options(run) || !set_today(run))
		return false;
	if (options->stop_after && !stage_find(options->stop_after))
		return unknown_stage(run);
	if (!run_open_tree(run))
		return false;
	if (after)
		borrow_project(run);
	if (!find_project(run) || !set_limits(run) || !set_compats(run) ||
	    !scope_check_given(run->diags, run->project, &options->var))
		return false;
	run->tree->file_limit = run->project->limits.file_size;
	return true;
}

void run_close(struct run *run, bool to_stdout)
{
	const struct report_from outside = { "", "", NULL, NULL };
	size_t i;

	if (run->diags->diags.count && run->options->format.count &&
	    !run->reported) {
		report_init(&run->report, run->arena);
		report_add(&run->report, run->diags, &outside);
		run->diags->diags.count = 0;
		if (!run_report(run, to_stdout))
			run->reported = true;
	}
	invocation_flush(run->invocation);
	for (i = 0; i < run->jobs.count; i++)
		job_release(run->jobs.items[i]);
	for (i = 0; i < run->retired.count; i++)
		job_release(run->retired.items[i]);
	for (i = 0; i < run->dropped.count; i++)
		job_release(run->dropped.items[i]);
	if (run->tree)
		tree_close(run->tree);
}

/* What its objects lead to may fail where the job itself does not. */
static bool has_error(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->diags.diags.count; i++)
		if (job->diags.diags.items[i]->severity == DIAG_ERROR)
			return true;
	return job->failed && !job->told;
}

int run_status(const struct run *run, const char *fail_on_default)
{
	const char *word =
		run->options->fail_on ? run->options->fail_on : fail_on_default;
	size_t i, level = 0;

	for (i = 0; i < run->jobs.count; i++)
		if (has_error(run->jobs.items[i]))
			return STATUS_ERROR;
	if (run->stale)
		return STATUS_FINDINGS;
	while (strcmp(severities[level], word) != 0)
		level++;
	for (; level < ARRAY_COUNT(run->report.counts); level++)
		if (run->report.counts[level])
			return STATUS_FINDINGS;
	return STATUS_CLEAN;
}
