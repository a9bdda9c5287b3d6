/*
 * why: who wrote a field, newest first.
 */
#include <string.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/origin.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/difference.h"
#include "compiler/run.h"
#include "compiler/secret_command.h"
#include "compiler/stage.h"
#include "model/bundle.h"
#include "model/json.h"
#include "model/secret.h"
#include "model/value.h"
#include "model/value_path.h"

struct why_options {
	struct run_options run;
	struct option_texts target;
};

struct question {
	struct run *run;
	const char *kind; /* "" if only a name was given */
	const char *name;
	const char *path; /* "" for the object as a whole */
	struct str out;
	size_t found;
};

/* Kind/name, kind.group/name or name */
static void parse_object(struct question *question, const char *word)
{
	const char *slash = strchr(word, '/');

	question->kind = slash ? arena_strndup(question->run->arena, word,
					       (size_t)(slash - word))
			       : "";
	question->name = slash ? slash + 1 : word;
}

/* Kinds are compared as people type them: deployment, Deployment. */
static bool same_word(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if ((*a | 0x20) != (*b | 0x20))
			return false;
	return *a == *b;
}

static bool is_asked(const struct question *question,
		     const struct object *object)
{
	return strcmp(object->name, question->name) == 0 &&
	       (!*question->kind || same_word(object->kind, question->kind));
}

static const char *step_word(enum origin_step step, size_t index)
{
	if (index == 0)
		return "set";
	switch (step) {
	case ORIGIN_REPLACED:
		return "instead of";
	case ORIGIN_MERGED:
		return "merged into";
	case ORIGIN_TOOK:
		return "copied from";
	case ORIGIN_WROTE:
		break;
	}
	return "from";
}

/* file:line:column */
static const char *place_text(struct arena *arena, const struct place *place)
{
	struct line_column at = source_position(place->source, place->begin);

	return arena_printf(arena, "%s:%u:%u",
			    str_tame_name(arena, place->source->name), at.line,
			    at.column);
}

/* The line without its indentation, nothing in it that steers a terminal. */
static void put_line(struct str *out, const struct place *place, bool secret)
{
	struct line_column at = source_position(place->source, place->begin);
	size_t len, i;
	const char *line = source_line(place->source, at.line, &len);
	const char *words =
		line ? secret_words(out->arena, place->source, at.line, len)
		     : NULL;

	if (line && (secret || secret_line(line, len))) {
		line = secret_masked(out->arena, line, &len);
	} else if (line) {
		line = secret_hidden(out->arena, words ? words : line, len,
				     false);
		len = strlen(line);
	}
	for (i = 0; line && i < len && (line[i] == ' ' || line[i] == '\t');)
		i++;
	for (; line && i < len; i++)
		str_putc(out, (unsigned char)line[i] < 0x20 ? ' ' : line[i]);
}

static void put_chain(struct str *out, const struct origin *origin, bool secret)
{
	struct places places;
	size_t i, width = 0;

	memset(&places, 0, sizeof(places));
	if (origin_source(origin))
		origin_resolve(origin, false, &places);
	if (!places.count)
		str_puts(out, "  nobody wrote it\n");
	for (i = 0; i < places.count; i++) {
		size_t len = strlen(place_text(out->arena, &places.items[i]));

		width = len > width ? len : width;
	}
	for (i = 0; i < places.count; i++) {
		const struct place *place = &places.items[i];

		str_printf(out, "  %-11s %-13s %-*s  ",
			   step_word(place->step, i), place_role_name(place),
			   (int)width, place_text(out->arena, place));
		put_line(out, place, secret);
		str_putc(out, '\n');
	}
	if (places.more)
		str_puts(out, "  and more\n");
}

static void put_value(struct str *out, const struct value *value)
{
	const struct json_options options = { .raw = true };
	const char *error;

	if (value_is_map(value) || value_is_list(value))
		str_printf(out, "a %s of %zu", value_kind_name(value->kind),
			   value_count(value));
	else
		json_write(out, value, &options, NULL, &error);
}

/* Nothing at the path: the nearest parent that exists has the answer. */
static void put_absent(struct question *question, struct str *out,
		       const struct object *object, const struct value *nearest)
{
	const char *path =
		value_path_of(question->run->arena, object->root, nearest);

	str_printf(out, " is not set; the nearest parent is %s\n",
		   path && *path ? path : "the object itself");
	put_chain(out, &nearest->origin, false);
}

static void answer(struct question *question, const struct job *job,
		   const struct object *object)
{
	const struct value *nearest;
	const struct value *value =
		value_at_or_near(object->root, question->path, &nearest);
	struct str body;

	question->found++;
	str_init(&body, question->run->arena);
	str_printf(&body, "%s/%s", object->kind, object->name);
	if (*object->name_space)
		str_printf(&body, " in %s", object->name_space);
	if (*question->path)
		str_printf(&body, ": %s", question->path);
	if (value) {
		const struct value *shown = value_at(
			difference_hidden_object(body.arena, NULL, object),
			question->path);

		if (!shown)
			shown = value;
		str_puts(&body, " = ");
		put_value(&body, shown);
		str_putc(&body, '\n');
		put_chain(&body, &value->origin,
			  value_equals_string(shown, "***"));
	} else {
		put_absent(question, &body, object, nearest);
	}
	str_printf(&question->out, "%s%s\n", question->found > 1 ? "\n" : "",
		   job_name(job));
	str_put(&question->out, body.text, body.len);
}

struct names {
	struct run *run;
	size_t job;
	size_t object;
};

static const char *next_name(void *context)
{
	struct names *names = context;

	for (; names->job < names->run->jobs.count;
	     names->job++, names->object = 0) {
		const struct bundle *bundle =
			names->run->jobs.items[names->job]->bundle;

		if (bundle && names->object < bundle->objects.count)
			return bundle->objects.items[names->object++]->name;
	}
	return NULL;
}

static int ask(struct question *question)
{
	struct run *run = question->run;
	struct names names = { run, 0, 0 };
	const struct object *object;
	const char *near;
	size_t i;

	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (!job->bundle)
			continue;
		bundle_foreach (object, job->bundle)
			if (is_asked(question, object))
				answer(question, job, object);
	}
	if (question->found)
		return invocation_print(run->invocation, &question->out,
					STATUS_CLEAN);
	near = edit_nearest(question->name, next_name, &names);
	diag_error(run->diags, NULL, "no target makes %s%s%s", question->kind,
		   *question->kind ? "/" : "", question->name);
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	return STATUS_ERROR;
}

static int usage(struct invocation *invocation)
{
	diag_error(&invocation->diags, NULL,
		   "why needs an object: plimsoll why Deployment/web "
		   "spec.replicas");
	invocation_flush(invocation);
	return STATUS_ERROR;
}

static int run(struct invocation *invocation)
{
	const struct why_options *options = invocation->options;
	struct run_options settings = options->run;
	const struct option_texts *words = &invocation->args;
	struct question question = { .path = "" };
	struct run self;
	int status = STATUS_ERROR;

	if (!words->count || words->count > 2)
		return usage(invocation);
	if (!settings.stop_after)
		settings.stop_after = stage_last_product();
	if (run_open(&self, invocation, &settings, true) &&
	    run_select(&self, &options->target)) {
		self.brief = self.follow = true;
		run_jobs(&self);
		question.run = &self;
		str_init(&question.out, invocation->arena);
		parse_object(&question, words->items[0]);
		if (words->count > 1)
			question.path = words->items[1];
		run_collect(&self);
		status = ask(&question);
		if (self.report.errors.count && !run_report(&self, false))
			status = STATUS_ERROR;
	}
	run_close(&self, false);
	return status;
}

static const struct option own[] = {
	{ .name = "target",
	  .letter = 't',
	  .kind = OPTION_TEXTS,
	  .offset = offsetof(struct why_options, target),
	  .value = "WHAT",
	  .help = "Look only there: a target, NAME@ENV or a path." },
	{ .name = NULL },
};

static const struct option_group groups[] = {
	{ "Question", own, 0 },
	RUN_GROUPS(offsetof(struct why_options, run)),
	{ NULL, NULL, 0 },
};

const struct command command_why = {
	.name = "why",
	.summary = "Show who wrote a field: template, values key, patch.",
	.usage = "why KIND/NAME [PATH] [-e ENV]",
	.help = "The writers of the field, newest first, each with its place.\n"
		"  plimsoll why Deployment/web spec.replicas -e prod",
	.groups = groups,
	.size = sizeof(struct why_options),
	.run = run,
};
