#include "compiler/run/told.h"

#include "base/arena.h"
#include "base/pool.h"
#include "base/table.h"
#include "compiler/run.h"

enum {
	MANY = 200 /* findings */
};

struct telling {
	const struct report *report;
	struct told *told;
};

/*
 * Where a chart keeps values to render it with, it need not render without:
 * then what its defaults lack is no failure.
 */
static void excuse_charts(struct run *run)
{
	struct skipped_file file = {
		.why = "does not render with its defaults, but with other "
		       "values",
		.counter = &run->report.skipped.need_values,
	};
	struct table good;
	size_t i;

	table_init(&good, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (job->target->variant_of && !job->failed)
			table_puts(&good, job->target->variant_of->name,
				   run->jobs.items[i]);
	}
	for (i = 0; good.count && i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const char *name = job->target->name;

		if (!job->failed || !job->target->discovered ||
		    !table_gets(&good, name))
			continue;
		file.path = name;
		vec_push(run->arena, &run->skipped_files, file);
		++*file.counter;
		job->failed = false;
		job->diags.diags.count = 0;
		job->findings.diags.count = 0;
	}
}

static size_t find_sinks(struct job *job, struct told *told)
{
	size_t count = 0, i;

	told->job = job;
	if (job->same)
		told->sinks[TOLD_SHARED] = &job->same->diags;
	if (job->same && job->told)
		told->sinks[TOLD_SHARED_FINDINGS] = &job->same->findings;
	told->sinks[TOLD_OWN] = &job->diags;
	told->sinks[TOLD_OWN_FINDINGS] = &job->findings;
	for (i = 0; i < TOLD_PARTS; i++)
		if (told->sinks[i])
			count += told->sinks[i]->diags.count;
	return count;
}

static void make_findings(void *context, size_t index)
{
	const struct telling *telling = context;
	struct told *told = &telling->told[index];
	size_t i;

	for (i = 0; i < TOLD_PARTS; i++)
		if (told->sinks[i])
			told->findings[i] =
				report_make(telling->report, told->job->arena,
					    told->sinks[i]);
}

struct told *told_make(struct run *run)
{
	struct told *told =
		arena_zalloc(run->arena, (run->jobs.count + 1) * sizeof(*told));
	struct telling telling = { &run->report, told };
	size_t count = 0, i;

	excuse_charts(run);
	for (i = 0; i < run->jobs.count; i++)
		count += find_sinks(run->jobs.items[i], &told[i]);
	pool_run(count < MANY ? 1 : run_workers(run), run->jobs.count,
		 make_findings, &telling);
	return told;
}
