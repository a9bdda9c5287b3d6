/*
 * lint: render and check; the findings are the output.
 */
#include "base/arena.h"
#include "compiler/baseline.h"
#include "compiler/command.h"
#include "compiler/run.h"
#include "compiler/shard.h"
#include "compiler/trace.h"

static int check(struct run *run)
{
	const struct option_texts *words = &run->invocation->args;

	run->follow = true;
	run->broken_is_finding = true;
	if (!run_narrow(run, words) || !shard_keep(run))
		return STATUS_ERROR;
	run_jobs(run);
	trace_print(run);
	run_collect_new(run, words);
	return (run->options->stop_after
			? trace_stopped(run)
			: baseline_apply(run) && run_report(run, true))
		       ? run_status(run, "warning")
		       : STATUS_ERROR;
}

static int run(struct invocation *invocation)
{
	const struct run_options *options = invocation->options;
	struct run self;
	int status = STATUS_ERROR;

	if (run_open(&self, invocation, options, true) &&
	    run_select(&self, &invocation->args))
		status = check(&self);
	run_close(&self, true);
	return status;
}

static const struct option_group groups[] = { RUN_GROUPS(0),
					      { "Several machines",
						run_options_shard, 0 },
					      { NULL, NULL, 0 } };

const struct command command_lint = {
	.name = "lint",
	.summary = "Render what is named and check it; print the findings.",
	.usage = "lint [TARGET|TARGET@ENV|PATH|-]...",
	.help = "Nothing named: all targets of the project, or what is found "
		"in this folder.\n"
		"Exit status: 0 nothing found, 1 findings of severity "
		"warning or above, 2 errors.",
	.groups = groups,
	.size = sizeof(struct run_options),
	.run = run,
};
