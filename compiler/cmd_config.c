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

enum {
	PLACE_COLUMN = 60
};

static const char *const verbs[] = { "schema", "show", "verify", NULL };

static int schema(struct invocation *invocation)
{
	struct str out;

	str_init(&out, invocation->arena);
	project_schema(&out);
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

/* Every job's settings resolve: names, versions, paths, variables. */
static bool resolve_all(struct run *run, const struct option_texts *words)
{
	bool good = true;
	size_t i;

	if (!run->project->source)
		return diag_error(run->diags, NULL,
				  "there is no plimsoll.yaml here or above");
	if (!run_select(run, words))
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

/* A setting, and where it comes from. */
static void put_line(struct str *out, const char *name, const char *text,
		     const struct value *at)
{
	size_t begin = out->len;
	struct line_column place;

	str_printf(out, "  %-13s %s", name, text);
	if (out->len - begin < PLACE_COLUMN)
		str_fill(out, ' ', PLACE_COLUMN - (out->len - begin));
	if (!at || !at->origin.source) {
		str_puts(out, "  # by default\n");
		return;
	}
	place = source_position(at->origin.source, at->origin.begin);
	str_printf(out, "  # %s:%u:%u\n", at->origin.source->name, place.line,
		   place.column);
}

static void put_kubernetes(struct str *out, const struct job *job)
{
	const struct versions *versions = &job->scope.kubernetes;
	const struct value *at =
		settings_get(&job->scope.settings, "kubernetes");
	struct str text;

	str_init(&text, job->arena);
	str_printf(&text, "1.%u", versions->render);
	if (versions->oldest != versions->newest)
		str_printf(&text, ", checked 1.%u to 1.%u", versions->oldest,
			   versions->newest);
	if (job->run->options->kubernetes)
		str_printf(out, "  %-13s %s  # --kubernetes\n", "kubernetes",
			   str_text(&text));
	else
		put_line(out, "kubernetes", str_text(&text), at);
}

static void put_values(struct str *out, struct job *job,
		       const struct job_source *source)
{
	const struct json_options options = { .raw = true };
	const char *error;
	size_t i;

	for (i = 0; i < source->values.count; i++) {
		const struct job_values *values = &source->values.items[i];
		struct str text;

		str_init(&text, job->arena);
		if (values->inlined)
			json_write(&text, values->inlined, &options, NULL,
				   &error);
		else
			str_printf(&text, "%s%s",
				   tree_view_display(&job->view, values->path),
				   values->optional ? " (may be absent)" : "");
		put_line(out, i ? "" : "  values", str_text(&text), values->at);
	}
}

static void put_source(struct str *out, struct job *job,
		       const struct job_source *source)
{
	static const char *const kinds[] = { "chart", "kustomization",
					     "manifests", "templates",
					     "stream" };
	bool renders = source->kind == SOURCE_KIND_CHART ||
		       source->kind == SOURCE_KIND_TEMPLATES;
	size_t i;

	for (i = 0; i < source->patterns.count; i++)
		put_line(out, kinds[source->kind],
			 tree_view_display(&job->view,
					   source->patterns.items[i]),
			 source->at);
	if (source->path)
		put_line(out, kinds[source->kind],
			 tree_view_display(&job->view, source->path),
			 source->at);
	if (!renders)
		return;
	put_line(out, "  release", source->release, source->release_at);
	put_line(out, "  namespace", source->name_space, source->name_space_at);
	put_values(out, job, source);
}

static void put_job(struct str *out, struct job *job)
{
	size_t i;

	str_printf(out, "%s%s\n", out->len ? "\n" : "", job_name(job));
	put_kubernetes(out, job);
	for (i = 0; i < job->sources.count; i++)
		put_source(out, job, &job->sources.items[i]);
	for (i = 0; i < job->overlays.count; i++)
		put_line(out, "overlay",
			 tree_view_display(&job->view,
					   job->overlays.items[i].path),
			 job->overlays.items[i].at);
}

static bool show(struct run *run)
{
	struct str out;
	size_t i;

	str_init(&out, run->arena);
	for (i = 0; i < run->jobs.count; i++)
		if (!run->jobs.items[i]->failed)
			put_job(&out, run->jobs.items[i]);
	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}

static bool praise(struct run *run)
{
	struct str out;

	str_init(&out, run->arena);
	str_printf(&out, "%s: ", run->project->source->name);
	report_put_count(&out, run->project->targets.count, "target");
	str_puts(&out, ", ");
	report_put_count(&out, run->jobs.count, "bundle");
	str_puts(&out, ", no mistakes\n");
	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}

static int check(struct invocation *invocation, bool shows)
{
	struct option_texts words = invocation->args;
	int status = STATUS_ERROR;
	struct run self;

	/* The first word is the verb. */
	if (words.count) {
		words.items++;
		words.count--;
	}
	if (run_open(&self, invocation, invocation->options, true)) {
		bool good = resolve_all(&self, &words);

		self.brief = true;
		if (self.report.errors.count && !run_report(&self, false))
			good = false;
		if (shows)
			good = show(&self) && good;
		else if (good)
			good = praise(&self);
		status = good ? STATUS_CLEAN : STATUS_ERROR;
	}
	run_close(&self, false);
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
	.usage = "config [verify|show|schema] [TARGET|TARGET@ENV]...",
	.help = "verify   every key, path and variable; the default\n"
		"show     the settings of each target and environment, with "
		"places\n"
		"schema   the JSON Schema of plimsoll.yaml, for editors",
	.groups = groups,
	.size = sizeof(struct run_options),
	.run = run,
};
