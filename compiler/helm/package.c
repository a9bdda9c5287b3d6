/*
 * helm package: charts as archives.
 */
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "templates/chart_verbs.h"

struct package_options {
	const char *version;
	const char *app_version;
	const char *destination;
	bool dependency_update;
	bool sign;
};

#define FIELD(x) offsetof(struct package_options, x)

static const struct option own_options[] = {
	{ .name = "version",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(version),
	  .value = "V",
	  .help = "Another version than that of Chart.yaml." },
	{ .name = "app-version",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(app_version),
	  .value = "V",
	  .help = "Another appVersion than that of Chart.yaml." },
	{ .name = "destination",
	  .letter = 'd',
	  .kind = OPTION_TEXT,
	  .offset = FIELD(destination),
	  .value = "DIR",
	  .help = "Where to write; made if it is not there." },
	{ .name = "dependency-update",
	  .letter = 'u',
	  .kind = OPTION_FLAG,
	  .offset = FIELD(dependency_update),
	  .help = "Bring local dependencies in before." },
	{ .name = "sign",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(sign),
	  .help = "Refused: nothing is signed here." },
	{ .name = "key", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = "passphrase-file", .kind = OPTION_TAKEN, .hidden = true },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ "Without effect", helm_transfer_options, 0 },
	{ NULL, NULL, 0 },
};

static bool check(struct helm *helm, const struct chart *chart,
		  const struct package_options *options)
{
	const char *missing;

	if (options->version &&
	    chart_range(helm->arena, "*", options->version) == CHART_NO_VERSION)
		return helm_fail(helm, "invalid semantic version");
	if (!helm_lacks_dependency(helm, chart, &missing))
		return true;
	return helm_fail(helm,
			 "found in Chart.yaml, but missing in charts/ "
			 "directory: %s",
			 missing);
}

static bool package(struct helm *helm, const char *typed)
{
	const struct chart_load_options load = { .dialect = helm->dialect,
						 .limits = &helm->limits,
						 .detects = true,
						 .notes = helm->notes };
	const struct package_options *options = helm->options;
	const struct chart_pack_options pack = { helm->dialect,
						 options->version,
						 options->app_version,
						 "failed to save: " };
	const char *path = helm_path(helm, typed), *dir, *name, *version;
	struct tree_stat stat;
	struct chart *chart;
	struct str bytes, unheard;

	if (tree_view_stat(&helm->view, path, &stat) != TREE_OK)
		return helm_fail(helm, "stat %s: no such file or directory",
				 typed);
	str_init(&unheard, helm->arena);
	if (options->dependency_update &&
	    !helm_dependency_update(helm, typed, &unheard))
		return false;
	chart = chart_load(helm->arena, &helm->view, path, &load, helm->diags);
	if (!chart || !check(helm, chart, options))
		return false;
	version = options->version ? options->version : chart_version(chart);
	dir = options->destination && strcmp(options->destination, ".") != 0
		      ? options->destination
		      : helm->cwd;
	name = path_join(helm->arena, dir,
			 arena_printf(helm->arena, "%s-%s.tgz",
				      chart_name(chart), version));
	str_init(&bytes, helm->arena);
	if (!chart_pack(chart, &pack, helm->diags, &bytes) ||
	    file_write(helm->arena, helm->diags, name, bytes.text, bytes.len) ==
		    FILE_FAILED)
		return false;
	str_printf(helm->out,
		   "Successfully packaged chart and saved it to: %s\n", name);
	return true;
}

static int run(struct helm *helm)
{
	const struct package_options *options = helm->options;
	size_t i;

	if (options->sign) {
		helm_fail(helm, "packages are not signed here; `helm package "
				"--sign` does it");
		return STATUS_FINDINGS;
	}
	if (!helm->args.count) {
		helm_fail(helm, "need at least one argument, the path to the "
				"chart");
		return STATUS_FINDINGS;
	}
	for (i = 0; i < helm->args.count; i++)
		if (!package(helm, helm->args.items[i]))
			return STATUS_FINDINGS;
	return STATUS_CLEAN;
}

const struct helm_verb helm_package = {
	.name = "package",
	.usage = "[CHART_PATH] [...] [flags]",
	.summary = "Pack charts into archives.",
	.groups = groups,
	.size = sizeof(struct package_options),
	.run = run,
};
