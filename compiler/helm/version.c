/*
 * helm version: which Helm this is the command line of.  Kustomize asks so
 * before it uses a program as its --helm-command.
 */
#include <string.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "compiler/command.h"
#include "compiler/helm.h"
#include "compiler/options.h"
#include "model/value.h"
#include "templates/template.h"

#define QUOTED(field) #field ":{{ printf \"%q\" ." #field " }}"
#define BUILT                                                                  \
	QUOTED(Version)                                                        \
	", " QUOTED(GitCommit) ", " QUOTED(GitTreeState) ", " QUOTED(GoVersion)

struct version_options {
	const char *template;
	bool brief;
};

#define FIELD(x) offsetof(struct version_options, x)

static const struct option own_options[] = {
	{ .name = "short",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(brief),
	  .help = "Print only the version." },
	{ .name = "template",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(template),
	  .value = "T",
	  .help = "A template that prints it." },
	{ .name = "client",
	  .letter = 'c',
	  .kind = OPTION_NOTED,
	  .hidden = true },
	{ .name = NULL }
};

static const struct option_group groups[] = {
	{ "Flags", own_options, 0 },
	{ NULL, NULL, 0 },
};

static const char *template_of(const struct helm *helm)
{
	const struct version_options *options = helm->options;

	if (options->template && *options->template)
		return options->template;
	if (options->brief)
		return "{{ .Version }}\n";
	return helm->dialect == CHART_HELM3
		       ? "version.BuildInfo{" BUILT "}\n"
		       : "version.BuildInfo{" BUILT
			 ", " QUOTED(KubeClientVersion) "}\n";
}

static int run(struct helm *helm)
{
	const struct template_options how = { .dialect = TEMPLATE_SPRIG,
					      .environment = options_variable };
	const char *text = template_of(helm);
	const struct source *source =
		source_new(helm->arena, "_", SOURCE_VALUES, text, strlen(text));
	struct template_set *set = template_set_new(helm->arena, how.dialect);
	const struct value *build =
		chart_helm_build(helm->arena, helm->dialect);
	struct template_run *run;

	if (helm->args.count) {
		helm_fail(helm, "\"helm version\" accepts no arguments\n\n"
				"Usage:  helm version [flags]");
		return STATUS_FINDINGS;
	}
	if (!template_set_add(set, "_", source, helm->diags))
		return STATUS_FINDINGS;
	run = template_run_new(set, helm->arena, helm->diags, &how);
	return template_run(run, "_", build, helm->out) ? STATUS_CLEAN
							: STATUS_FINDINGS;
}

const struct helm_verb helm_version = {
	.name = "version",
	.usage = "[flags]",
	.summary = "Print which Helm this is the command line of.",
	.groups = groups,
	.size = sizeof(struct version_options),
	.run = run,
};
