/*
 * config: the project file, checked and explained.
 */
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/origin.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/project_keys.h"
#include "compiler/run.h"
#include "model/json.h"
#include "model/value.h"

static const char *const verbs[] = { "schema", "show", "verify", NULL };

static int schema(struct invocation *invocation)
{
	struct str out;

	str_init(&out, invocation->arena);
	project_schema(&out);
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

/* Every job's settings resolve: names, versions, paths, variables. */
static bool resolve_all(struct run *run)
{
	struct option_texts none = { 0 };
	bool good = true;
	size_t i;

	if (!run->project->source)
		return diag_error(run->diags, NULL,
				  "there is no plimsoll.yaml here or above");
	if (!run_select(run, &none))
		return false;
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job_resolve(job))
			job->failed = true;
		if (job->failed)
			good = false;
	}
	run_collect(run);
	return good;
}

static void put_scalar(struct str *out, const char *indent, const char *name,
		       const char *text)
{
	str_printf(out, "%s%-12s %s\n", indent, name, text);
}

static void put_values(struct str *out, const struct job *job,
		       const struct job_source *source)
{
	const struct json_options options = { .raw = true };
	const char *error;
	size_t i;

	for (i = 0; i < source->values.count; i++) {
		const struct job_values *values = &source->values.items[i];
		struct line_column at;

		str_printf(out, "    %-12s ", i ? "" : "values");
		if (values->inlined)
			json_write(out, values->inlined, &options, NULL,
				   &error);
		else
			str_printf(out, "%s%s",
				   tree_view_display(
					   (struct tree_view *)&job->view,
					   values->path),
				   values->optional ? " (may be absent)" : "");
		at = source_position(values->at->origin.source,
				     values->at->origin.begin);
		str_printf(out, "  # %s:%u:%u\n",
			   values->at->origin.source->name, at.line, at.column);
	}
}

static void put_job(struct str *out, struct job *job)
{
	static const char *const kinds[] = { "chart", "kustomization",
					     "manifests", "templates",
					     "stream" };
	size_t i, j;

	str_printf(out, "%s\n", job_name(job));
	put_scalar(out, "  ", "kubernetes",
		   arena_printf(job->arena, "1.%u (checked 1.%u to 1.%u)",
				job->scope.kubernetes.render,
				job->scope.kubernetes.oldest,
				job->scope.kubernetes.newest));
	for (i = 0; i < job->sources.count; i++) {
		const struct job_source *source = &job->sources.items[i];

		for (j = 0; j < source->patterns.count; j++)
			put_scalar(out, "  ", kinds[source->kind],
				   source->patterns.items[j]);
		if (!source->path)
			continue;
		put_scalar(out, "  ", kinds[source->kind],
			   tree_view_display(&job->view, source->path));
		put_scalar(out, "    ", "release", source->release);
		put_scalar(out, "    ", "namespace", source->name_space);
		put_values(out, job, source);
	}
	for (i = 0; i < job->overlays.count; i++)
		put_scalar(out, "  ", "overlay",
			   tree_view_display(&job->view,
					     job->overlays.items[i].path));
}

static int show(struct run *run)
{
	struct str out;
	size_t i;

	str_init(&out, run->arena);
	for (i = 0; i < run->jobs.count; i++)
		if (!run->jobs.items[i]->failed)
			put_job(&out, run->jobs.items[i]);
	return invocation_print(run->invocation, &out, STATUS_CLEAN);
}

static int check(struct invocation *invocation, bool shows)
{
	struct run self;
	int status = STATUS_ERROR;
	struct str out;

	if (run_open(&self, invocation, invocation->options, true)) {
		if (resolve_all(&self)) {
			status = STATUS_CLEAN;
		} else if (self.report.errors.count &&
			   !run_report(&self, false)) {
			status = STATUS_ERROR;
		}
		if (shows && self.jobs.count) {
			show(&self);
		} else if (status == STATUS_CLEAN) {
			str_init(&out, self.arena);
			str_printf(&out,
				   "%s: %zu targets, %zu jobs, no "
				   "mistakes\n",
				   self.project->source->name,
				   self.project->targets.count,
				   self.jobs.count);
			status = invocation_print(invocation, &out,
						  STATUS_CLEAN);
		}
	}
	invocation_flush(invocation);
	run_close(&self);
	return status;
}

static int run(struct invocation *invocation)
{
	const char *verb =
		invocation->args.count ? invocation->args.items[0] : "verify";
	const char *near;

	if (strcmp(verb, "schema") == 0)
		return schema(invocation);
	if (strcmp(verb, "verify") == 0 || strcmp(verb, "show") == 0)
		return check(invocation, strcmp(verb, "show") == 0);
	diag_error(&invocation->diags, NULL, "config cannot \"%s\"", verb);
	near = edit_nearest_of(verb, verbs);
	if (near)
		diag_help(&invocation->diags, "did you mean \"%s\"?", near);
	else
		diag_help(&invocation->diags, "it can verify, show and schema");
	invocation_flush(invocation);
	return STATUS_ERROR;
}

static const struct option_group groups[] = { RUN_GROUPS(0),
					      { NULL, NULL, 0 } };

const struct command command_config = {
	.name = "config",
	.summary = "Check the project file, show what it says, or print its "
		   "JSON Schema.",
	.usage = "config [verify|show|schema]",
	.help = "verify   every key, path and variable; the default\n"
		"show     the settings of each target and environment\n"
		"schema   the JSON Schema of plimsoll.yaml, for editors",
	.groups = groups,
	.size = sizeof(struct run_options),
	.run = run,
};
