/*
 * lint: render and check; the findings are the output.
 */
#include "base/arena.h"
#include "compiler/baseline.h"
#include "compiler/command.h"
#include "compiler/run.h"
#include "compiler/shard.h"
#include "compiler/trace.h"

static int run(struct invocation *invocation)
{
	const struct run_options *options = invocation->options;
	struct run self;
	int status = STATUS_ERROR;

	if (run_open(&self, invocation, options, true) &&
	    run_select(&self, &invocation->args) &&
	    run_narrow(&self, &invocation->args) && shard_keep(&self)) {
		self.follow = true;
		run_jobs(&self);
		trace_print(&self);
		run_collect(&self);
		run_subtract(&self, &invocation->args);
		if (options->stop_after
			    ? trace_stopped(&self)
			    : baseline_apply(&self) && run_report(&self, true))
			status = run_status(&self, "warning");
	}
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
