/*
 * Printing the report: every --format, to its file or where it belongs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/edit_distance.h"
#include "base/file.h"
#include "base/number.h"
#include "base/str.h"
#include "compiler/run.h"
#include "compiler/terminal.h"

enum {
	SHOWN_PER_RULE = 20
};

static const char *next_format(void *context)
{
	size_t *at = context;

	return report_formats[*at] ? report_formats[(*at)++]->name : NULL;
}

/* FORMAT or FORMAT=FILE */
static const struct report_format *find_format(struct run *run,
					       const char *word)
{
	const char *name = arena_strndup(run->arena, word, strcspn(word, "="));
	const struct report_format *format = report_format_find(name);
	const char *near;
	size_t at = 0;

	if (format)
		return format;
	diag_error(run->diags, NULL, "there is no report format \"%s\"", name);
	near = edit_nearest(name, next_format, &at);
	if (near)
		diag_help(run->diags, "did you mean \"%s\"?", near);
	else
		diag_help(run->diags, "plimsoll lint --help lists them");
	return NULL;
}

static bool set_limit(struct run *run, struct report_style *style)
{
	const char *word = run->options->max_diagnostics;
	uint64_t number;

	style->max_per_rule = SHOWN_PER_RULE;
	if (!word)
		return true;
	if (strcmp(word, "none") == 0) {
		style->max_per_rule = 0;
		return true;
	}
	if (number_parse_uint(word, strlen(word), 10, &number) != NUMBER_OK)
		return diag_error(run->diags, NULL,
				  "--max-diagnostics is \"%s\"; a whole number "
				  "or none is needed",
				  word);
	style->max_per_rule = (size_t)number;
	return true;
}

static bool print(struct run *run, const char *word, bool to_stdout)
{
	const char *equals = strchr(word, '=');
	const struct report_format *format = find_format(run, word);
	int fd = to_stdout ? STDOUT_FILENO : STDERR_FILENO;
	struct report_style style = {
		.colour = !equals && terminal_colour(run->options->color, fd),
		.width = terminal_width(equals ? -1 : fd),
		.wrap = equals ? 0 : terminal_wrap(fd),
		.brief = run->brief,
		.show_ignored = run->options->show_ignored,
		.quiet = run->options->quiet && !to_stdout && !equals,
	};
	struct str out;

	if (!format || !set_limit(run, &style))
		return false;
	str_init(&out, run->arena);
	format->write(&out, &run->report, &style);
	if (equals)
		return file_write(run->arena, run->diags, equals + 1, out.text,
				  out.len) != FILE_FAILED;
	if (to_stdout)
		return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
		       STATUS_CLEAN;
	if (out.len)
		fwrite(out.text, 1, out.len, stderr);
	return true;
}

bool run_report_check(struct run *run)
{
	const struct option_texts *formats = &run->options->format;
	struct report_style style;
	size_t i;

	for (i = 0; i < formats->count; i++)
		if (!find_format(run, formats->items[i]))
			return false;
	return set_limit(run, &style);
}

static int compare_files(const void *a, const void *b)
{
	const struct skipped_file *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	return order ? order : strcmp(one->why, other->why);
}

static void print_skipped(struct run *run)
{
	struct skipped_files *files = &run->skipped_files;
	size_t i;

	if (!run->options->show_skipped)
		return;
	if (files->count > 1)
		qsort(files->items, files->count, sizeof(*files->items),
		      compare_files);
	for (i = 0; i < files->count; i++)
		command_tell(run->arena,
			     arena_printf(run->arena, "skipped %s: %s\n",
					  str_tame_name(run->arena,
							files->items[i].path),
					  files->items[i].why));
}

/* Formats that tools read have no closing line; -v has it all the same. */
static void print_closing(struct run *run)
{
	struct str out;

	if (!run->options->verbose || run->brief)
		return;
	str_init(&out, run->arena);
	report_put_closing(&out, &run->report);
	fwrite(out.text, 1, out.len, stderr);
}

bool run_report(struct run *run, bool to_stdout)
{
	const struct option_texts *formats = &run->options->format;
	bool said = false;
	size_t i;

	run->reported = true;
	run->report.here = run->here;
	print_skipped(run);
	if (!formats->count)
		return print(run, "human", to_stdout);
	for (i = 0; i < formats->count; i++) {
		if (!print(run, formats->items[i], to_stdout))
			return false;
		said = said || strcmp(formats->items[i], "human") == 0;
	}
	if (!said)
		print_closing(run);
	return true;
}
