/*
 * build: render, check, and write the bundles; findings go to stderr.
 */
#include <stddef.h>

#include "base/arena.h"
#include "compiler/baseline.h"
#include "compiler/command.h"
#include "compiler/deps.h"
#include "compiler/emit.h"
#include "compiler/hermetic.h"
#include "compiler/run.h"
#include "compiler/shard.h"
#include "compiler/trace.h"

static int write(struct run *run)
{
	const struct option_texts *words = &run->invocation->args;
	struct hermetic *hermetic;

	run->brief = run->options->check;
	run->follow = emit_to_files(run);
	if (!run_narrow(run, words) || !shard_keep(run))
		return STATUS_ERROR;
	hermetic = hermetic_begin(run);
	run_jobs(run);
	hermetic_check(hermetic);
	trace_print(run);
	if (run->options->stop_after ? !trace_stopped(run)
				     : !emit_bundles(run) || !deps_write(run))
		return STATUS_ERROR;
	run_collect_new(run, words);
	return baseline_apply(run) && run_report(run, false)
		       ? run_status(run, "error")
		       : STATUS_ERROR;
}

static int run(struct invocation *invocation)
{
	const struct run_options *options = invocation->options;
	struct run self;
	int status = STATUS_ERROR;

	if (run_open(&self, invocation, options, false) && deps_check(&self)) {
		self.builds = true;
		if (run_select(&self, &invocation->args))
			status = write(&self);
	}
	run_close(&self, false);
	return status;
}

#define FIELD(x) offsetof(struct run_options, x)

static const struct option own[] = {
	{ .name = "check",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(check),
	  .help = "Write nothing; exit with 1 if a bundle is not what a fresh "
		  "build makes." },
	{ .name = "prune",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(prune),
	  .help = "Remove bundles of earlier builds that no target makes any "
		  "more." },
	{ .name = "hermetic",
	  .kind = OPTION_FLAG,
	  .offset = FIELD(hermetic),
	  .help = "Fail a target that reads a file which neither its settings "
		  "nor kustomizations that they name declare." },
	{ .name = "deps",
	  .kind = OPTION_TEXT,
	  .offset = FIELD(deps),
	  .value = "FORMAT[=FILE]",
	  .help = "Write what each bundle was made from, also folders that "
		  "were listed: make (rules), ninja (a dyndep file) or json.",
	  .words = "make ninja json" },
	{ .name = NULL },
};

static const struct option_group groups[] = { { "Bundles", own, 0 },
					      RUN_GROUPS(0),
					      { "Several machines",
						run_options_shard, 0 },
					      { NULL, NULL, 0 } };

const struct command command_build = {
	.name = "build",
	.summary = "Render what is named, check it, and write the bundles.",
	.usage = "build [TARGET|TARGET@ENV|PATH|-]...",
	.help = "Bundles go to the files that -o or output: name, or, if "
		"exactly one is asked for,\nto standard output.\n"
		"Exit status: 0 written, 1 written with findings of severity "
		"error, 2 errors.",
	.groups = groups,
	.size = sizeof(struct run_options),
	.run = run,
};
