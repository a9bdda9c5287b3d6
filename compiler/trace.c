#include "compiler/trace.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "compiler/run.h"
#include "compiler/stage.h"

void trace_print(const struct run *run)
{
	size_t i, j;

	if (!run->options->trace)
		return;
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		fprintf(stderr, "%s%s\n", job_name(job),
			job->failed             ? " (failed)"
			: !job->same            ? ""
			: job->target->followed ? " (as another target)"
						: " (as another environment)");
		for (j = 0; stages[j]; j++)
			if (job->seconds[j] > 0)
				fprintf(stderr,
					"  %-10s %9.3f ms %6zu objects\n",
					stages[j]->name, job->seconds[j] * 1000,
					job->objects[j]);
	}
}

static void put_inputs(struct str *out, const struct job *job)
{
	static const char *const words[] = { "read", "listed", "matched",
					     "absent" };
	size_t i;

	for (i = 0; i < job->view.log.count; i++) {
		const struct tree_access *access = &job->view.log.items[i];

		str_printf(out, "%-7s %s\n", words[access->kind], access->path);
	}
}

bool trace_stopped(struct run *run)
{
	const char *stage = run->options->stop_after;
	struct str out;
	size_t i;

	if (strcmp(stage, "check") == 0)
		return run_report(run, true);
	str_init(&out, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (job->failed)
			continue;
		str_printf(&out, "# %s after %s\n", job_name(job), stage);
		if (!job->bundle)
			put_inputs(&out, job);
		else if (!job_write(job, &out))
			job->failed = true;
	}
	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}
