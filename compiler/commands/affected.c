/*
 * affected: which targets a change can reach, for matrices of CI systems.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/gitops/gitops.h"
#include "compiler/run.h"
#include "model/json.h"

enum {
	GITHUB_JOBS_MAX = 256 /* a matrix holds no more */
};

struct affected_options {
	struct run_options run;
	const char *since;
	const char *format;
	int64_t groups;
};

/* Names that one job of the CI system is to handle. */
struct share {
	const char **names;
	size_t count;
};

struct affected {
	struct str out;
	const char **names;
	size_t count;
	size_t shares;
};

/* In shares of equal size, up to one; neighbours stay together. */
static struct share share_of(const struct affected *affected, size_t index)
{
	size_t begin = affected->count * index / affected->shares;
	size_t end = affected->count * (index + 1) / affected->shares;
	struct share share = { affected->names + begin, end - begin };

	return share;
}

/* Names of folders may hold what a shell would take apart. */
static void put_shell_word(struct str *out, const char *word)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"
			    "YZ0123456789@%+=:,./_-";

	if (*word && !word[strspn(word, plain)]) {
		str_puts(out, word);
		return;
	}
	str_putc(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			str_puts(out, "'\\''");
		else
			str_putc(out, *word);
	str_putc(out, '\'');
}

static void put_words(struct str *out, const struct share *share)
{
	size_t i;

	for (i = 0; i < share->count; i++) {
		str_puts(out, i ? " " : "");
		put_shell_word(out, share->names[i]);
	}
}

static void put_json_words(struct str *out, const struct share *share)
{
	struct str words;

	str_init(&words, out->arena);
	put_words(&words, share);
	json_write_string(out, words.text, words.len, true);
}

static void write_lines(struct affected *affected)
{
	size_t i;

	for (i = 0; i < affected->shares; i++) {
		struct share share = share_of(affected, i);

		put_words(&affected->out, &share);
		str_putc(&affected->out, '\n');
	}
}

static void write_json(struct affected *affected)
{
	struct str *out = &affected->out;
	size_t i, j;

	str_puts(out, "{\"version\": 1, \"groups\": [");
	for (i = 0; i < affected->shares; i++) {
		struct share share = share_of(affected, i);

		str_puts(out, i ? ",\n  [" : "\n  [");
		for (j = 0; j < share.count; j++) {
			str_puts(out, j ? ", " : "");
			json_write_string(out, share.names[j],
					  strlen(share.names[j]), true);
		}
		str_putc(out, ']');
	}
	str_puts(out, affected->shares ? "\n]}\n" : "]}\n");
}

/* One line, as $GITHUB_OUTPUT takes it. */
static void write_github(struct affected *affected)
{
	struct str *out = &affected->out;
	size_t i;

	str_puts(out, "{\"include\":[");
	for (i = 0; i < affected->shares; i++) {
		struct share share = share_of(affected, i);

		str_printf(out, "%s{\"group\":%zu,\"targets\":", i ? "," : "",
			   i + 1);
		put_json_words(out, &share);
		str_putc(out, '}');
	}
	str_puts(out, "]}\n");
}

/* A child pipeline must have a job. */
static void write_gitlab(struct affected *affected)
{
	struct str *out = &affected->out;
	size_t i;

	if (!affected->shares)
		str_puts(out, "plimsoll:\n  script:\n"
			      "    - echo no target is affected\n");
	for (i = 0; i < affected->shares; i++) {
		struct share share = share_of(affected, i);
		struct str words;

		str_init(&words, out->arena);
		str_puts(&words, "plimsoll lint --format human --format "
				 "gitlab=gl-code-quality.json ");
		put_words(&words, &share);
		str_printf(out, "plimsoll %zu:\n  script:\n    - ", i + 1);
		json_write_string(out, words.text, words.len, true);
		str_puts(out, "\n  artifacts:\n    when: always\n    reports:\n"
			      "      codequality: gl-code-quality.json\n");
	}
}

static const struct format {
	const char *name;
	void (*write)(struct affected *affected);
	size_t most; /* groups; 0: any number */
} formats[] = {
	{ "lines", write_lines, 0 },
	{ "json", write_json, 0 },
	{ "github", write_github, GITHUB_JOBS_MAX },
	{ "gitlab", write_gitlab, 0 },
};

static const struct format *find_format(struct diag_sink *diags,
					const char *name)
{
	static const char *const names[] = { "lines", "json", "github",
					     "gitlab", NULL };
	const char *near;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(formats); i++)
		if (!name || strcmp(formats[i].name, name) == 0)
			return &formats[i];
	near = edit_nearest_of(name, names);
	diag_error(diags, NULL,
		   "--format is \"%s\"; lines, json, github or gitlab is "
		   "needed",
		   name);
	if (near)
		diag_help(diags, "did you mean \"%s\"?", near);
	return NULL;
}

/* What an object applies is named by the target that the object is in. */
static const struct job *root_of(const struct job *job)
{
	const struct followed *followed;

	while ((followed = job->target->followed))
		job = followed->maker ? followed->maker
				      : followed->makers.items[0].job;
	return job;
}

/*
 * Who applies what is known when the objects that say it are rendered; if no
 * job may hold one, nothing is.
 */
static void follow(struct run *run)
{
	bool leads = false;
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		leads = leads || run->jobs.items[i]->unchanged;
	if (leads)
		run_produce(run);
}

static int compare(const void *a, const void *b)
{
	const struct job *one = *(const struct job *const *)a;
	const struct job *other = *(const struct job *const *)b;

	if (one->target != other->target)
		return one->target->index < other->target->index ? -1 : 1;
	return (one->environment->index > other->environment->index) -
	       (one->environment->index < other->environment->index);
}

/* In the order of targets, whatever led to them. */
static void find_names(struct run *run, struct affected *affected)
{
	VEC(const struct job *) roots = { 0 };
	size_t i;

	for (i = 0; i < run->jobs.count; i++)
		vec_push(run->arena, &roots, root_of(run->jobs.items[i]));
	if (roots.count)
		qsort(roots.items, roots.count, sizeof(*roots.items), compare);
	affected->names = arena_zalloc(
		run->arena, (roots.count + 1) * sizeof(*affected->names));
	for (i = 0; i < roots.count; i++)
		if (!i || roots.items[i] != roots.items[i - 1])
			affected->names[affected->count++] =
				job_name(roots.items[i]);
}

static int print(struct run *run, const struct format *format, size_t groups)
{
	struct affected affected = { .count = 0 };

	str_init(&affected.out, run->arena);
	find_names(run, &affected);
	if (!groups || groups > affected.count)
		groups = affected.count;
	if (format->most && groups > format->most)
		groups = format->most;
	affected.shares = groups;
	format->write(&affected);
	return invocation_print(run->invocation, &affected.out, STATUS_CLEAN);
}

static int run(struct invocation *invocation)
{
	const struct affected_options *options = invocation->options;
	struct run_options settings = options->run;
	const struct format *format =
		find_format(&invocation->diags, options->format);
	struct run self;
	int status = STATUS_ERROR;

	if (!format || options->groups < 0) {
		if (format)
			diag_error(&invocation->diags, NULL,
				   "--groups needs a whole number from 1");
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	settings.new_from = options->since;
	if (!settings.new_from && !settings.staged)
		settings.new_from = "HEAD";
	if (run_open(&self, invocation, &settings, true) &&
	    run_select(&self, &invocation->args)) {
		self.follow = true;
		if (run_narrow(&self, &invocation->args)) {
			follow(&self);
			status = print(&self, format, (size_t)options->groups);
		}
	}
	run_close(&self, false);
	return status;
}

static const struct option own[] = {
	{ .name = "since",
	  .kind = OPTION_TEXT,
	  .offset = offsetof(struct affected_options, since),
	  .value = "REV",
	  .help = "The revision before the change. Default: HEAD." },
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXT,
	  .offset = offsetof(struct affected_options, format),
	  .value = "FORMAT",
	  .help = "lines (default), json, github (a matrix) or gitlab (a "
		  "child pipeline).",
	  .words = "lines json github gitlab" },
	{ .name = "groups",
	  .kind = OPTION_NUMBER,
	  .offset = offsetof(struct affected_options, groups),
	  .value = "N",
	  .help = "At most N groups of targets. Default: each by itself." },
	{ .name = NULL },
};

static const struct option_group groups[] = {
	{ "Question", own, 0 },
	RUN_GROUPS_UNCHECKED(offsetof(struct affected_options, run)),
	{ NULL, NULL, 0 },
};

const struct command command_affected = {
	.name = "affected",
	.summary = "Name the targets that a change can reach.",
	.usage = "affected [--since REV] [TARGET|TARGET@ENV|PATH]...",
	.help = "What each target reads is known from its settings; only "
		"objects of Flux and\nArgo CD are rendered, since they say "
		"what else is applied.\n"
		"  plimsoll affected --since origin/main --format github "
		"--groups 20",
	.groups = groups,
	.size = sizeof(struct affected_options),
	.run = run,
};
