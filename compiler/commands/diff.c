/*
 * diff: what a change does to the rendered objects.
 */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "compiler/command.h"
#include "compiler/difference.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "compiler/terminal.h"

struct diff_options {
	struct run_options run;
	const char *format;
	bool exit_code;
};

/* `REV..REV`, `..REV` or `REV..`: both states; false: it is no range. */
static bool parse_range(struct arena *arena, const char *word,
			struct run_options *settings)
{
	const char *dots = strstr(word, "..");

	/* `../base` is a path. */
	if (!dots || dots[2] == '/' || (dots[2] == '\0' && dots == word))
		return false;
	settings->new_from =
		dots == word
			? "HEAD"
			: arena_strndup(arena, word, (size_t)(dots - word));
	settings->at = dots[2] ? dots + 2 : "HEAD";
	return true;
}

/*
 * The first word may be the revision to begin at.  As with git, what is a
 * revision is not taken for a path; ./x is no revision.
 */
static bool take_revision(struct run *run, struct run_options *settings,
			  const struct option_texts *args,
			  struct option_texts *words)
{
	size_t i = 0;

	if (!run->git_root)
		return diag_error(run->diags, NULL,
				  "diff compares revisions of a Git "
				  "repository, and %s is in none",
				  run->cwd);
	if (!run_git(run))
		return false;
	if (settings->new_from) {
		i = 1;
	} else if (args->count && git_is_revision(run->git, args->items[0])) {
		settings->new_from = args->items[i++];
	} else {
		settings->new_from = "HEAD";
	}
	for (; i < args->count; i++)
		vec_push(run->arena, words, args->items[i]);
	return true;
}

const struct difference_format *difference_format_find(struct diag_sink *diags,
						       const char *name)
{
	const char *names[8] = { NULL };
	const char *near;
	size_t i;

	for (i = 0; difference_formats[i]; i++) {
		names[i] = difference_formats[i]->name;
		if (strcmp(names[i], name ? name : "text") == 0)
			return difference_formats[i];
	}
	near = edit_nearest_of(name, names);
	diag_error(diags, NULL,
		   "--format is \"%s\"; text, unified, markdown or json is "
		   "needed",
		   name);
	if (near)
		diag_help(diags, "did you mean \"%s\"?", near);
	return NULL;
}

static const char *pair_key(struct arena *arena, const struct job *job)
{
	return arena_printf(arena, "%s@%s", job->target->name,
			    job->environment->name);
}

/* As if it had not been there: who mends a chart sees what comes of it. */
static struct job *leave_out(struct run *new, struct job *old)
{
	const struct diag_sink *diags = &old->diags;
	size_t i;

	for (i = 0; i < diags->diags.count; i++) {
		const struct diag *diag = diags->diags.items[i];

		if (diag->severity != DIAG_ERROR)
			continue;
		diag_warning(new->diags, &diag->origin,
			     "%s does not render at %s, so all of it is new: "
			     "%s",
			     job_name(old), new->from, diag->message);
		break;
	}
	return NULL;
}

static void add_pair(struct difference *difference, struct run *run,
		     struct job *old, struct job *new)
{
	const struct job *job = new ? new : old;
	struct difference_pair pair = {
		.old = old && old->failed && new ? leave_out(run, old) : old,
		.new = new,
		.target = job->target->name,
		.environment = job->environment->name,
	};

	/* Of what does not render now nothing is known to differ. */
	if ((new || !old->failed) && (!new || !new->failed))
		difference_add(difference, &pair);
}

static void compare_runs(struct difference *difference, struct run *old,
			 struct run *new)
{
	struct table before;
	size_t i;

	table_init(&before, new->arena);
	for (i = 0; i < old->jobs.count; i++)
		table_puts(&before, pair_key(new->arena, old->jobs.items[i]),
			   old->jobs.items[i]);
	for (i = 0; i < new->jobs.count; i++) {
		const char *key = pair_key(new->arena, new->jobs.items[i]);

		add_pair(difference, new, table_gets(&before, key),
			 new->jobs.items[i]);
		if (table_gets(&before, key))
			table_puts(&before, key, NULL);
	}
	/* What no change reaches was not looked at, and is not gone. */
	for (i = 0; i < new->dropped.count; i++) {
		const char *key = pair_key(new->arena, new->dropped.items[i]);

		if (table_gets(&before, key))
			table_puts(&before, key, NULL);
	}
	for (i = 0; i < before.count; i++)
		if (before.entries[i].value)
			add_pair(difference, new, before.entries[i].value,
				 NULL);
}

int difference_print(struct run *run, const struct difference *difference,
		     const struct difference_format *format)
{
	struct difference_style style = {
		.colour = terminal_colour(run->options->color, STDOUT_FILENO),
		.width = terminal_width(STDOUT_FILENO),
	};
	struct str out;

	str_init(&out, run->arena);
	format->write(&out, difference, &style);
	return invocation_print(run->invocation, &out, STATUS_CLEAN);
}

static int finish(struct run *old, struct run *new,
		  const struct difference_format *format, bool exit_code)
{
	struct difference difference;
	int status;

	difference_init(&difference, new->arena);
	compare_runs(&difference, old, new);
	/* What is said of the old state is shown while it is there. */
	invocation_flush(new->invocation);
	difference_finish(&difference);
	status = difference_print(new, &difference, format);
	new->brief = true;
	run_collect(new);
	if (new->report.errors.count) {
		status = STATUS_ERROR;
		if (!run_report(new, false))
			return status;
	}
	return status == STATUS_CLEAN && exit_code && difference.changes.count
		       ? STATUS_FINDINGS
		       : status;
}

static int run(struct invocation *invocation)
{
	const struct diff_options *options = invocation->options;
	struct run_options settings = options->run;
	struct option_texts words = { 0 };
	const struct difference_format *format =
		difference_format_find(&invocation->diags, options->format);
	struct run self, old;
	int status = STATUS_ERROR;

	if (!format) {
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	settings.new_from = NULL;
	settings.stop_after = stage_last_product();
	if (invocation->args.count &&
	    parse_range(invocation->arena, invocation->args.items[0],
			&settings))
		settings.staged = false;
	if (run_open(&self, invocation, &settings, false) &&
	    take_revision(&self, &settings, &invocation->args, &words) &&
	    run_select(&self, &words)) {
		self.follow = true;
		if (run_narrow(&self, &words)) {
			run_jobs(&self);
			run_before(&old, &self, &words);
			status =
				finish(&old, &self, format, options->exit_code);
			run_close(&old, false);
		}
	}
	run_close(&self, false);
	return status;
}

static const struct option own[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXT,
	  .offset = offsetof(struct diff_options, format),
	  .value = "FORMAT",
	  .help = "text (default), unified, markdown (a comment for a pull "
		  "request) or json.",
	  .words = "text unified markdown json" },
	{ .name = "exit-code",
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct diff_options, exit_code),
	  .help = "Exit with 1 if anything differs." },
	{ .name = NULL },
};

static const struct option_group groups[] = {
	{ "Output", own, 0 },
	RUN_GROUPS_UNCHECKED(offsetof(struct diff_options, run)),
	{ NULL, NULL, 0 },
};

const struct command command_diff = {
	.name = "diff",
	.summary = "Show what a change does to the rendered objects.",
	.usage = "diff [REV|REV..REV] [TARGET|TARGET@ENV|PATH]...",
	.help = "Both sides are rendered, from HEAD to the work tree unless "
		"said otherwise; only\nwhat the change can reach. Order and "
		"moves are no difference.\n"
		"  plimsoll diff origin/main -f markdown\n"
		"  plimsoll diff v1.2..v1.3 'shop@prod'",
	.groups = groups,
	.size = sizeof(struct diff_options),
	.run = run,
};
