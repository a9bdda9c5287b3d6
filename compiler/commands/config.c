/*
 * config: the project file, checked and explained.
 */
#include <string.h>

#include "base/edit_distance.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/config_show.h"
#include "compiler/project/keys.h"
#include "compiler/run.h"
#include "model/value.h"

static const char *const verbs[] = { "schema", "show", "verify", NULL };

static int schema(struct invocation *invocation)
{
	struct str out;

	str_init(&out, invocation->arena);
	project_schema(&out);
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

/* Rules and profiles are known; once for equal sections. */
static bool check_rules(struct run *run, struct job *job, struct table *seen)
{
	const struct settings *settings = &job->scope.settings;
	struct str key;
	size_t i;

	str_init(&key, run->arena);
	for (i = 0; i < settings->levels.count; i++) {
		const struct value *section =
			value_get(settings->levels.items[i].node, "lint");

		if (section)
			str_printf(&key, "%p ", (const void *)section);
	}
	if (table_gets(seen, str_text(&key)))
		return true;
	table_puts(seen, str_text(&key), job);
	return run_configure(run, job->arena, &job->diags, job) != NULL;
}

/* Every job's settings resolve: names, versions, paths, variables. */
static bool resolve_all(struct run *run, const struct option_texts *words)
{
	bool good = true;
	struct table seen;
	size_t i;

	if (!run->project->source)
		return diag_error(run->diags, NULL,
				  "there is no plimsoll.yaml here or above");
	if (!run_select(run, words)) {
		/* None of them has settings to show. */
		for (i = 0; i < run->jobs.count; i++)
			run->jobs.items[i]->failed = true;
		return false;
	}
	table_init(&seen, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job_resolve(job) || !check_rules(run, job, &seen))
			job->failed = true;
		if (job->failed)
			good = false;
	}
	run_collect(run);
	return good;
}

static bool show(struct run *run)
{
	struct str out;

	str_init(&out, run->arena);
	config_show(run, &out);
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
		if (shows && self.project->source)
			good = show(&self) && good;
		else if (good && !shows)
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
