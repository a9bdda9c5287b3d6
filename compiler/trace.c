#include "compiler/trace.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/str.h"
#include "base/table.h"
#include "compiler/run.h"
#include "compiler/stage.h"

void trace_print(const struct run *run)
{
	size_t i, j;

	if (!run->options->trace)
		return;
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		fprintf(stderr, "%s%s\n",
			str_tame_name(job->arena, job_name(job)),
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

/* What a job holds, and the next of those that hold the same. */
struct held {
	struct job *job;
	struct held *next;
	char *text; /* until it is printed; NULL: there is none */
	size_t len;
};

static void write_held(struct held *held, const char *stage)
{
	struct arena *arena = arena_new_passing();
	struct job *job = held->job;
	struct str text;

	str_init(&text, arena);
	str_printf(&text, "# %s after %s\n",
		   str_tame_name(arena, job_name(job)), stage);
	if (!job->bundle)
		put_inputs(&text, job);
	else if (!job_write(job, &text))
		job->failed = true;
	held->text = arena_strndup(job->arena, text.text, text.len);
	held->len = text.len;
	arena_free(arena);
}

/* Writing sorts the keys of what is shared, so that is done one by one. */
static void write_chain(void *context, size_t index)
{
	struct held *held = ((struct held **)context)[index];

	for (; held; held = held->next)
		write_held(held, held->job->run->options->stop_after);
}

/* The first job of each bundle; the others follow it. */
static size_t chain(const struct run *run, struct held *held,
		    struct held **firsts)
{
	struct table bundles;
	size_t count = 0, i;

	table_init(&bundles, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const char *key = (const char *)&job->bundle;
		struct held *last = NULL;

		held[i].job = job;
		if (job->failed)
			continue;
		if (job->bundle)
			last = table_put(&bundles, key, sizeof(job->bundle),
					 &held[i]);
		if (last)
			last->next = &held[i];
		else
			firsts[count++] = &held[i];
	}
	return count;
}

static bool print_held(struct run *run, const struct held *held)
{
	struct str out = { .text = held->text, .len = held->len };

	return invocation_print(run->invocation, &out, STATUS_CLEAN) ==
	       STATUS_CLEAN;
}

bool trace_stopped(struct run *run)
{
	size_t jobs = run->jobs.count, i;
	struct held *held, **firsts;
	bool printed = true;

	if (strcmp(run->options->stop_after, "check") == 0)
		return run_report(run, true);
	held = arena_zalloc(run->arena, (jobs + 1) * sizeof(*held));
	firsts = arena_alloc(run->arena, (jobs + 1) * sizeof(*firsts));
	pool_run(run_workers(run), chain(run, held, firsts), write_chain,
		 firsts);
	for (i = 0; printed && i < jobs; i++)
		if (held[i].text)
			printed = print_held(run, &held[i]);
	return printed;
}
