/*
 * helm show: the parts of a chart.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "compiler/jsonpath.h"
#include "model/value.h"
#include "templates/chart_verbs.h"

struct show_options {
	struct helm_remote remote;
	const char *jsonpath;
};

static const struct option own_options[] = {
	{ .name = "jsonpath",
	  .kind = OPTION_TEXT,
	  .offset = offsetof(struct show_options, jsonpath),
	  .value = "T",
	  .help = "Of values only this: {.a.b[1]}." },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ "Repositories", helm_remote_options,
	  offsetof(struct show_options, remote) },
	{ "Without effect", helm_transfer_options, 0 },
	{ NULL, NULL, 0 },
};

static bool put_path(struct helm *helm, const char *text,
		     const struct value *values)
{
	const char *problem;

	return jsonpath_put(helm->arena, helm->out, text, values, &problem) ||
	       helm_fail(helm, "error parsing jsonpath %s: %s", text, problem);
}

static const struct {
	const char *name;
	enum chart_part part;
} parts[] = {
	{ "all", CHART_PART_ALL },       { "chart", CHART_PART_METADATA },
	{ "crds", CHART_PART_CRDS },     { "readme", CHART_PART_README },
	{ "values", CHART_PART_VALUES },
};

static int run(struct helm *helm)
{
	const struct chart_load_options load = { .dialect = helm->dialect,
						 .limits = &helm->limits,
						 .any_version = true,
						 .notes = helm->notes };
	const struct show_options *options = helm->options;
	const char *path, *name;
	struct chart *chart;
	size_t i;

	name = helm->args.count ? helm->args.items[0] : "";
	for (i = 0; i < ARRAY_COUNT(parts); i++)
		if (strcmp(parts[i].name, name) == 0)
			break;
	if (i == ARRAY_COUNT(parts)) {
		helm_describe(helm);
		return STATUS_CLEAN;
	}
	if (helm->args.count != 2) {
		helm_fail(helm,
			  "\"helm show %s\" requires 1 argument\n\nUsage:  "
			  "helm show %s [CHART] [flags]",
			  name, name);
		return STATUS_FINDINGS;
	}
	path = helm_locate(helm, helm->args.items[1], &options->remote);
	if (!path)
		return STATUS_FINDINGS;
	chart = chart_load(helm->arena, &helm->view, path, &load, helm->diags);
	if (!chart)
		return STATUS_FINDINGS;
	if (options->jsonpath && *options->jsonpath &&
	    parts[i].part == CHART_PART_VALUES)
		return put_path(helm, options->jsonpath, chart_defaults(chart))
			       ? STATUS_CLEAN
			       : STATUS_FINDINGS;
	return chart_show(chart, parts[i].part, helm->dialect, helm->diags,
			  helm->out)
		       ? STATUS_CLEAN
		       : STATUS_FINDINGS;
}

const struct helm_verb helm_show = {
	.name = "show",
	.other = "inspect",
	.usage = "PART [CHART] [flags]",
	.summary = "Print a chart's metadata, values, readme or crds, or all.",
	.groups = groups,
	.size = sizeof(struct show_options),
	.run = run,
};
