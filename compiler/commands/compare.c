/*
 * compare: two environments, or two targets, side by side.
 */
#include <string.h>

#include "base/arena.h"
#include "compiler/command.h"
#include "compiler/difference.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "model/value.h"

struct compare_options {
	struct run_options run;
	const char *format;
	bool exit_code;
};

/* One of the two that are compared. */
struct contestant {
	const char *word;
	bool is_environment;
	struct run_options settings;
	struct run run;
};

static bool is_environment(const struct run *run, const char *word)
{
	return *word && table_gets(&run->project->environment_names, word);
}

/* A name of an environment means all targets there. */
static bool produce(struct invocation *invocation, struct contestant *self,
		    const struct compare_options *options)
{
	struct option_texts words = { 0 };

	self->settings = options->run;
	self->settings.stop_after = stage_last_product();
	if (!run_open(&self->run, invocation, &self->settings, false))
		return false;
	self->is_environment = is_environment(&self->run, self->word);
	vec_push(invocation->arena,
		 self->is_environment ? &self->settings.env : &words,
		 self->word);
	if (!run_select(&self->run, &words))
		return false;
	run_jobs(&self->run);
	return true;
}

static void add_pair(struct difference *difference,
		     const struct contestant *one,
		     const struct contestant *other, struct job *old,
		     struct job *new)
{
	const struct job *job = new ? new : old;
	const char *words = arena_printf(difference->arena, "%s | %s",
					 one->word, other->word);
	struct difference_pair pair = { old, new, words, "" };

	if ((old && old->failed) || (new &&new->failed))
		return;
	if (one->is_environment) {
		pair.target = job->target->name;
		pair.environment = words;
	} else if (one->run.jobs.count > 1 || other->run.jobs.count > 1) {
		pair.environment = job->environment->name;
	}
	difference_add(difference, &pair);
}

/* Targets of two environments by name; two targets by environment. */
static const char *key_of(const struct contestant *self,
			  const struct contestant *other, const struct job *job)
{
	if (self->is_environment)
		return job->target->name;
	return self->run.jobs.count == 1 && other->run.jobs.count == 1
		       ? ""
		       : job->environment->name;
}

static void pair_up(struct difference *difference, struct contestant *one,
		    struct contestant *other)
{
	struct table first;
	size_t i;

	table_init(&first, difference->arena);
	for (i = 0; i < one->run.jobs.count; i++)
		table_puts(&first, key_of(one, other, one->run.jobs.items[i]),
			   one->run.jobs.items[i]);
	for (i = 0; i < other->run.jobs.count; i++) {
		struct job *job = other->run.jobs.items[i];
		const char *key = key_of(other, one, job);
		struct job *counterpart = table_gets(&first, key);

		add_pair(difference, one, other, counterpart, job);
		if (counterpart)
			table_puts(&first, key, NULL);
	}
	for (i = 0; i < first.count; i++)
		if (first.entries[i].value)
			add_pair(difference, one, other, first.entries[i].value,
				 NULL);
}

/* What did not render is reported; false: something did not. */
static bool report(struct run *run)
{
	bool good;

	run->brief = true;
	run_collect(run);
	good = !run->report.errors.count;
	return (good || run_report(run, false)) && good;
}

static int compare(struct contestant *sides,
		   const struct difference_format *format, bool exit_code)
{
	struct difference difference;
	bool good;
	int status;

	difference_init(&difference, sides[0].run.arena);
	difference.across = true;
	difference.rules = value_get(sides[0].run.project->root, "compare");
	pair_up(&difference, &sides[0], &sides[1]);
	difference_finish(&difference);
	status = difference_print(&sides[0].run, &difference, format);
	good = report(&sides[0].run);
	good = report(&sides[1].run) && good;
	if (!good || status != STATUS_CLEAN)
		return STATUS_ERROR;
	return difference.breaches || (exit_code && difference.changes.count)
		       ? STATUS_FINDINGS
		       : STATUS_CLEAN;
}

static bool check_words(struct contestant *sides)
{
	struct run *run = &sides[0].run;

	if (sides[0].is_environment == sides[1].is_environment)
		return true;
	return diag_error(run->diags, NULL,
			  "\"%s\" is an environment and \"%s\" is a target; "
			  "two of a kind are compared",
			  sides[!sides[0].is_environment].word,
			  sides[sides[0].is_environment].word);
}

static int run(struct invocation *invocation)
{
	const struct compare_options *options = invocation->options;
	const struct difference_format *format =
		difference_format_find(&invocation->diags, options->format);
	struct contestant *sides =
		arena_zalloc(invocation->arena, 2 * sizeof(*sides));
	int status = STATUS_ERROR;

	if (format && invocation->args.count != 2)
		diag_error(&invocation->diags, NULL,
			   "compare needs two environments or two targets: "
			   "plimsoll compare dev prod");
	if (!format || invocation->args.count != 2) {
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	sides[0].word = invocation->args.items[0];
	sides[1].word = invocation->args.items[1];
	if (produce(invocation, &sides[0], options) &&
	    produce(invocation, &sides[1], options) && check_words(sides))
		status = compare(sides, format, options->exit_code);
	if (sides[1].run.invocation)
		run_close(&sides[1].run, false);
	run_close(&sides[0].run, false);
	return status;
}

static const struct option own[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXT,
	  .offset = offsetof(struct compare_options, format),
	  .value = "FORMAT",
	  .help = "text (default), unified, markdown or json.",
	  .words = "text unified markdown json" },
	{ .name = "exit-code",
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct compare_options, exit_code),
	  .help = "Exit with 1 if anything differs, not only what must not." },
	{ .name = NULL },
};

static const struct option_group groups[] = {
	{ "Output", own, 0 },
	RUN_GROUPS_UNCHECKED(offsetof(struct compare_options, run)),
	{ NULL, NULL, 0 },
};

const struct command command_compare = {
	.name = "compare",
	.summary = "Show what differs between two environments or targets.",
	.usage = "compare A B",
	.help = "A and B are environments, or targets as NAME or NAME@ENV. "
		"What may differ and what\nmust not is said under compare: of "
		"the project; what breaks that is exit status 1.\n"
		"  plimsoll compare staging prod\n"
		"  plimsoll compare web@prod web-chart@prod",
	.groups = groups,
	.size = sizeof(struct compare_options),
	.run = run,
};
