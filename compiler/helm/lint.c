/*
 * helm lint: what Helm itself finds wrong with charts.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "model/value.h"
#include "templates/chart_verbs.h"

struct lint_options_of_helm {
	struct helm_values values;
	const char *kube_version;
	bool strict;
	bool quiet;
	bool with_subcharts;
	bool skip_schema;
};

#define FIELD(x) offsetof(struct lint_options_of_helm, x)

static const struct option own_options[] = {
	{ .name = "strict",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(strict),
	  .help = "Fail on warnings too." },
	{ .name = "quiet",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(quiet),
	  .help = "Print warnings and errors only." },
	{ .name = "with-subcharts",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(with_subcharts),
	  .help = "Look at the charts below charts/ as well." },
	{ .name = "skip-schema-validation",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(skip_schema),
	  .help = "Do not look at values.schema.json." },
	{ .name = "kube-version",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(kube_version),
	  .value = "V",
	  .help = "Version of Kubernetes that deprecations are judged by." },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ "Values", helm_values_options, FIELD(values) },
	{ NULL, NULL, 0 },
};

struct linting {
	struct helm *helm;
	const struct lint_options_of_helm *options;
	struct value *values;
	struct option_texts paths;
	size_t failed;
	size_t noticed; /* with warnings or errors */
};

static bool is_archive(const char *path)
{
	size_t len = strlen(path);

	return strcmp(path_ext(path), ".tgz") == 0 ||
	       (len >= 7 && strcmp(path + len - 7, ".tar.gz") == 0);
}

/* The folders with a Chart.yaml, and the archives, below charts/. */
static void add_subcharts(struct linting *linting, const char *folder)
{
	struct helm *helm = linting->helm;
	struct tree_listing listing;
	size_t i;

	if (tree_view_list(&helm->view, helm_path(helm, folder), &listing) !=
	    TREE_OK)
		return;
	for (i = 0; i < listing.count; i++) {
		const char *name = listing.items[i].name;
		const char *path = path_join(helm->arena, folder, name);

		if (listing.items[i].kind == TREE_DIR)
			add_subcharts(linting, path);
		else if (strcmp(name, "Chart.yaml") == 0)
			vec_push(helm->arena, &linting->paths, folder);
		else if (is_archive(name))
			vec_push(helm->arena, &linting->paths, path);
	}
}

/* NULL if there is a Chart.yaml to look at. */
static const char *no_chart(struct helm *helm, const char *typed)
{
	const char *file = path_join(helm->arena, typed, "Chart.yaml");
	struct tree_stat stat;
	bool inside = false;

	if (tree_view_stat(&helm->view, helm_path(helm, file), &stat) ==
	    TREE_OK)
		return NULL;
	if (tree_view_stat(&helm->view, helm_path(helm, typed), &stat) ==
	    TREE_OK)
		inside = stat.kind != TREE_DIR;
	return arena_printf(
		helm->arena,
		"unable to check Chart.yaml file in chart: stat "
		"%s: %s",
		file, inside ? "not a directory" : "no such file or directory");
}

static void put_messages(struct linting *linting,
			 const struct chart_lint_messages *messages)
{
	static const char *const names[] = { "INFO", "WARNING", "ERROR" };
	size_t i;

	for (i = 0; i < messages->count; i++) {
		const struct chart_lint_message *message = &messages->items[i];

		if (linting->options->quiet &&
		    message->severity == CHART_LINT_INFO)
			continue;
		str_printf(linting->helm->out, "[%s] %s: %s\n",
			   names[message->severity], message->file,
			   message->text);
	}
}

static enum chart_lint_severity
worst(const struct chart_lint_messages *messages)
{
	enum chart_lint_severity severity = CHART_LINT_INFO;
	size_t i;

	for (i = 0; i < messages->count; i++)
		if (messages->items[i].severity > severity)
			severity = messages->items[i].severity;
	return severity;
}

/* The folder, or what is in the archive; false: `*absent` says why not. */
static bool lint_chart(struct linting *linting, const char *typed,
		       struct chart_lint_messages *messages,
		       const char **absent)
{
	struct helm *helm = linting->helm;
	const struct chart_lint_options options = {
		.dialect = helm->dialect,
		.limits = &helm->limits,
		.kube_version = linting->options->kube_version,
		.name_space = helm_namespace(helm),
		.absolute = path_join(helm->arena, helm->cwd, typed),
		.values = linting->values,
		.skip_schema = linting->options->skip_schema,
		.notes = helm->notes,
	};
	const struct chart_load_options load = { .dialect = helm->dialect,
						 .limits = &helm->limits };
	struct tree_view view;
	struct diag_sink diags;
	struct tree *tree;
	const char *name;

	if (!is_archive(typed)) {
		*absent = no_chart(helm, typed);
		if (!*absent)
			chart_lint(helm->arena, &helm->view,
				   helm_path(helm, typed), &options, messages);
		return !*absent;
	}
	diag_sink_init(&diags, helm->arena);
	tree = chart_expand(helm->arena, &helm->view, helm_path(helm, typed),
			    &load, &diags, &name);
	if (!tree) {
		*absent = diags.diags.items[0]->native;
		return false;
	}
	tree_view_init(&view, tree, helm->arena);
	chart_lint(helm->arena, &view, name, &options, messages);
	tree_close(tree);
	return true;
}

static void lint_path(struct linting *linting, const char *typed)
{
	struct helm *helm = linting->helm;
	struct chart_lint_messages messages = { 0 };
	enum chart_lint_severity severity = CHART_LINT_ERROR;
	const char *absent = NULL;

	if (lint_chart(linting, typed, &messages, &absent))
		severity = worst(&messages);
	if (severity > CHART_LINT_INFO)
		linting->noticed++;
	else if (linting->options->quiet)
		return;
	str_printf(helm->out, "==> Linting %s\n", typed);
	if (absent)
		str_printf(helm->out, "Error %s\n", absent);
	put_messages(linting, &messages);
	str_putc(helm->out, '\n');
	if (severity == CHART_LINT_ERROR ||
	    (linting->options->strict && severity == CHART_LINT_WARNING))
		linting->failed++;
}

static int run(struct helm *helm)
{
	struct linting linting = { .helm = helm, .options = helm->options };
	const char *summary;
	size_t i, count;

	if (!helm->args.count && helm->dialect == CHART_HELM4) {
		helm_fail(helm, "\"helm lint\" requires at least 1 "
				"argument\n\nUsage:  helm lint PATH [flags]");
		return STATUS_FINDINGS;
	}
	if (!chart_kube_version(helm->arena, helm->diags,
				linting.options->kube_version, helm->dialect))
		return STATUS_FINDINGS;
	linting.values = helm_values_merge(helm, &linting.options->values);
	if (!linting.values)
		return STATUS_FINDINGS;
	linting.paths = helm->args;
	if (!linting.paths.count)
		vec_push(helm->arena, &linting.paths, ".");
	count = linting.paths.count;
	for (i = 0; linting.options->with_subcharts && i < count; i++)
		add_subcharts(&linting,
			      path_join(helm->arena, linting.paths.items[i],
					"charts"));
	for (i = 0; i < linting.paths.count; i++)
		lint_path(&linting, linting.paths.items[i]);
	summary = arena_printf(helm->arena,
			       "%zu chart(s) linted, %zu chart(s) failed",
			       linting.paths.count, linting.failed);
	if (linting.failed) {
		helm_fail(helm, "%s", summary);
		return STATUS_FINDINGS;
	}
	if (!linting.options->quiet || linting.noticed)
		str_printf(helm->out, "%s\n", summary);
	return STATUS_CLEAN;
}

const struct helm_verb helm_lint = {
	.name = "lint",
	.usage = "PATH [flags]",
	.summary = "Look for what Helm itself finds wrong with charts.",
	.groups = groups,
	.size = sizeof(struct lint_options_of_helm),
	.run = run,
};
