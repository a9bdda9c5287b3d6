/*
 * report: the JSON reports of shards as one.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/table.h"
#include "base/tree_disk.h"
#include "compiler/command.h"
#include "compiler/report.h"
#include "compiler/report_read.h"
#include "compiler/run.h"
#include "model/json.h"
#include "model/value.h"

struct report_options {
	struct run_options run;
};

VEC_TYPE(rows, struct value *);

struct merge {
	struct arena *arena;
	struct diag_sink *diags;
	struct table known; /* findings, diagnostics and unchecked, by key */
	struct rows findings;
	struct rows diagnostics;
	struct rows unchecked;
	struct value *skipped;
};

static const char *const severities[] = { "info", "warning", "error" };
static const char *const skips[] = {
#define SKIP(field, json, human) json,
	REPORT_SKIPS(SKIP)
#undef SKIP
		"files",
};

static int64_t number_at(const struct value *map, const char *key)
{
	const struct value *value = value_get(map, key);

	return value && value->kind == VALUE_INT ? value->integer : 0;
}

static void set_number(struct merge *merge, struct value *map, const char *key,
		       int64_t number)
{
	value_set(merge->arena, map, key,
		  value_new_int(merge->arena, NULL, number));
}

/* Names of `from` that `to` has not. */
static void add_names(struct merge *merge, struct value *to,
		      const struct value *from, const char *key)
{
	struct value *names = value_get(to, key);
	struct value *name;
	const struct value *old;

	list_foreach (name, value_get(from, key)) {
		bool there = false;

		list_foreach (old, names)
			there = there ||
				value_equals_string(old,
						    value_string_or(name, ""));
		if (!there && names)
			value_append(merge->arena, names, name);
	}
}

static void add_count(struct merge *merge, struct value *to,
		      const struct value *from)
{
	set_number(merge, to, "count",
		   number_at(to, "count") + number_at(from, "count"));
}

/*
 * Equal findings of two reports are one.  Of one report they are not: they are
 * told apart by which of them they are.
 */
static void add_findings(struct merge *merge, struct rows *rows,
			 struct value *list)
{
	struct table seen; /* size_t: how many in this report */
	struct value *row;

	table_init(&seen, merge->arena);
	list_foreach (row, list) {
		const char *key = arena_printf(
			merge->arena, "%s %s %s",
			rows == &merge->findings ? "f" : "d",
			value_string_or(value_get(row, "severity"), ""),
			value_string_or(value_get(row, "fingerprint"), ""));
		size_t *count = table_gets(&seen, key);
		struct value *known;

		if (!count) {
			count = arena_zalloc(merge->arena, sizeof(*count));
			table_puts(&seen, key, count);
		}
		key = arena_printf(merge->arena, "%s %zu", key, ++*count);
		known = table_gets(&merge->known, key);
		if (known) {
			add_names(merge, known, row, "targets");
			add_names(merge, known, row, "environments");
			add_count(merge, known, row);
			continue;
		}
		table_puts(&merge->known, key, row);
		vec_push(merge->arena, rows, row);
	}
}

static void add_unchecked(struct merge *merge, struct value *list)
{
	struct value *row, *known;

	list_foreach (row, list) {
		const char *key = arena_printf(
			merge->arena, "u %s %s",
			value_string_or(value_get(row, "apiVersion"), ""),
			value_string_or(value_get(row, "kind"), ""));

		known = table_gets(&merge->known, key);
		if (known) {
			add_count(merge, known, row);
			continue;
		}
		table_puts(&merge->known, key, row);
		vec_push(merge->arena, &merge->unchecked, row);
	}
}

/* Each shard looks at the same tree, so the numbers are not added up. */
static void add_skipped(struct merge *merge, const struct value *map)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(skips); i++)
		if (number_at(map, skips[i]) >=
		    number_at(merge->skipped, skips[i]))
			set_number(merge, merge->skipped, skips[i],
				   number_at(map, skips[i]));
}

static bool add_report(struct merge *merge, const struct source *file)
{
	struct json_problem problem;
	struct value *root =
		json_read(merge->arena, file, 0, file->len, true, &problem);

	if (!root)
		return diag_error(merge->diags, NULL, "%s is no JSON: %s",
				  file->name, problem.text);
	if (!value_equals_int(value_get(root, "version"), 1) ||
	    !value_is_list(value_get(root, "findings")) ||
	    !value_is_list(value_get(root, "diagnostics"))) {
		diag_error(merge->diags, NULL, "%s is no report of plimsoll",
			   file->name);
		diag_help(merge->diags,
			  "plimsoll lint --format json=FILE writes one");
		return false;
	}
	add_findings(merge, &merge->findings, value_get(root, "findings"));
	add_findings(merge, &merge->diagnostics,
		     value_get(root, "diagnostics"));
	add_unchecked(merge, value_get(root, "unchecked"));
	add_skipped(merge, value_get(root, "skipped"));
	return true;
}

static void put_rows(struct str *out, const char *name, const struct rows *rows)
{
	static const struct json_options options = { .raw = true,
						     .keep_order = true };
	const char *error;
	size_t i;

	str_printf(out, " \"%s\": [", name);
	for (i = 0; i < rows->count; i++) {
		str_puts(out, i ? ",\n  " : "\n  ");
		json_write(out, rows->items[i], &options, NULL, &error);
	}
	str_puts(out, "],\n");
}

static size_t count_rows(const struct rows *rows, const char *severity)
{
	size_t i, count = 0;

	for (i = 0; i < rows->count; i++)
		count += value_equals_string(
				 value_get(rows->items[i], "severity"),
				 severity) &&
			 !value_is_map(value_get(rows->items[i], "ignored"));
	return count;
}

/* The status that lint would have had; NULL: its threshold. */
static int put_report(struct str *out, const struct merge *merge,
		      const char *fail_on)
{
	int status = merge->diagnostics.count ? STATUS_ERROR : STATUS_CLEAN;
	size_t counts[ARRAY_COUNT(severities)], i;
	bool over = false;

	str_puts(out, "{\"version\": 1,\n \"tool\": {\"name\": \"plimsoll\", "
		      "\"version\": \"" PLIMSOLL_VERSION "\"},\n");
	put_rows(out, "findings", &merge->findings);
	put_rows(out, "diagnostics", &merge->diagnostics);
	put_rows(out, "unchecked", &merge->unchecked);
	str_puts(out, " \"skipped\": {");
	for (i = 0; i < ARRAY_COUNT(skips); i++)
		str_printf(out, "%s\"%s\": %lld", i ? ", " : "", skips[i],
			   (long long)number_at(merge->skipped, skips[i]));
	for (i = 0; i < ARRAY_COUNT(severities); i++) {
		counts[i] = count_rows(&merge->findings, severities[i]) +
			    count_rows(&merge->diagnostics, severities[i]);
		over = over || strcmp(fail_on, severities[i]) == 0;
		if (over && counts[i] && status == STATUS_CLEAN)
			status = STATUS_FINDINGS;
	}
	str_printf(out,
		   "},\n \"summary\": {\"error\": %zu, \"warning\": %zu, "
		   "\"info\": %zu}}\n",
		   counts[2], counts[1], counts[0]);
	return status;
}

/* Each of one environment is a category of its own. */
static const char *only_environment(const struct report *report)
{
	const char *only = NULL;
	size_t i, j;

	for (i = 0; i < report->findings.count; i++) {
		const struct finding *finding = report->findings.items[i];

		for (j = 0; j < finding->where->count; j++) {
			const char *name = finding->where->items[j].environment;

			if (only && strcmp(only, name) != 0)
				return NULL;
			only = name;
		}
	}
	return only && *only ? only : NULL;
}

static bool print_formats(struct invocation *invocation,
			  const struct merge *merge)
{
	const struct report_options *options = invocation->options;
	struct run run = { .invocation = invocation,
			   .arena = merge->arena,
			   .diags = merge->diags,
			   .options = &options->run,
			   .here = "",
			   .brief = true };
	size_t i;

	report_init(&run.report, merge->arena);
	run.report.joined = true;
	for (i = 0; i < merge->findings.count; i++)
		report_read_finding(&run.report, merge->findings.items[i]);
	for (i = 0; i < merge->diagnostics.count; i++)
		report_read_finding(&run.report, merge->diagnostics.items[i]);
	for (i = 0; i < merge->unchecked.count; i++)
		report_read_unchecked(&run.report, merge->unchecked.items[i]);
	report_read_skipped(&run.report, merge->skipped);
	run.report.category = only_environment(&run.report);
	return run_report_check(&run) && run_report(&run, true);
}

static bool read_all(struct merge *merge, const struct option_texts *args)
{
	const struct limits limits = limits_default();
	struct tree_view view;
	struct source *file;
	struct tree *tree;
	char *cwd = getcwd(NULL, 0);
	bool good = true;
	size_t i;

	tree = tree_disk_open("/", cwd ? cwd : "/", limits.file_size);
	free(cwd);
	if (!tree)
		return diag_error(merge->diags, NULL,
				  "the working directory cannot be read");
	tree_view_init(&view, tree, merge->arena);
	for (i = 1; good && i < args->count; i++) {
		const char *name = args->items[i], *path = name;
		enum tree_status status =
			tree_disk_locate(tree, merge->arena, name, &path);

		if (status == TREE_OK)
			status = tree_view_read(&view, path, SOURCE_MANIFEST,
						&file);
		good = status == TREE_OK
			       ? add_report(merge, file)
			       : diag_error(merge->diags, NULL,
					    "cannot read %s: %s", name,
					    tree_status_text(status));
	}
	tree_close(tree);
	return good;
}

static bool check_words(struct invocation *invocation, const char *fail_on)
{
	const struct option_texts *args = &invocation->args;
	bool known = strcmp(fail_on, "never") == 0;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(severities); i++)
		known = known || strcmp(fail_on, severities[i]) == 0;
	if (!known)
		return diag_error(&invocation->diags, NULL,
				  "--fail-on is \"%s\"; info, warning, error "
				  "or never is needed",
				  fail_on);
	if (args->count >= 2 && strcmp(args->items[0], "merge") == 0)
		return true;
	diag_error(&invocation->diags, NULL,
		   "report needs the word merge, and files");
	diag_help(&invocation->diags,
		  "plimsoll report merge shard-*.json >report.json");
	return false;
}

static int run(struct invocation *invocation)
{
	const struct report_options *options = invocation->options;
	const char *fail_on =
		options->run.fail_on ? options->run.fail_on : "warning";
	struct merge merge = { .arena = invocation->arena,
			       .diags = &invocation->diags };
	struct str out;
	int status;

	merge.skipped = value_new_map(merge.arena, NULL);
	table_init(&merge.known, merge.arena);
	str_init(&out, merge.arena);
	if (!check_words(invocation, fail_on) ||
	    !read_all(&merge, &invocation->args)) {
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	status = put_report(&out, &merge, fail_on);
	if (options->run.format.count) {
		if (print_formats(invocation, &merge))
			return status;
		invocation_flush(invocation);
		return STATUS_ERROR;
	}
	return invocation_print(invocation, &out, status);
}

#define FIELD(name) offsetof(struct report_options, run.name)

static const struct option own[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_TEXTS,
	  .offset = FIELD(format),
	  .value = "FORMAT",
	  .help = "A format of lint, or FORMAT=FILE; json (default). "
		  "Repeatable.",
	  .words =
#define FORMAT(x) #x " "
#include "compiler/formats.def"
#undef FORMAT
	},
	{ .name = "fail-on",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(fail_on),
	  .value = "SEVERITY",
	  .help = "error, warning (default), info or never: from where on the "
		  "exit status is 1.",
	  .words = "error warning info never" },
	{ .name = "max-diagnostics",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(max_diagnostics),
	  .value = "N",
	  .help = "Blocks shown of one rule, 20 by default; none: all." },
	{ .name = "show-ignored",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(show_ignored),
	  .help = "Show what is ignored, with the reason." },
	{ .name = NULL },
};

static const struct option_group groups[] = { { "Options", own, 0 },
					      { NULL, NULL, 0 } };

const struct command command_report = {
	.name = "report",
	.summary = "Join the JSON reports of shards.",
	.usage = "report merge [-f FORMAT[=FILE]]... FILE...",
	.help = "Equal findings of several reports are one that lists the "
		"targets of all.\n"
		"  plimsoll report merge -f human -f sarif=all.sarif "
		"shard-*.json\n"
		"Exit status: as that of lint, 2 where one of the reports has "
		"errors.",
	.groups = groups,
	.size = sizeof(struct report_options),
	.run = run,
};
