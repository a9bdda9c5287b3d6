/*
 * The two phases: produce (load, render, overlay, substitute) for every job,
 * then, when all bundles are known, check.
 */
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/table.h"
#include "compiler/progress.h"
#include "compiler/run.h"
#include "compiler/stage.h"
#include "model/bundle.h"

const struct stage *const stages[] = {
#define STAGE(x) &stage_##x,
#include "compiler/stages.def"
#undef STAGE
	NULL
};

const struct stage *stage_find(const char *name)
{
	size_t i;

	for (i = 0; stages[i]; i++)
		if (strcmp(stages[i]->name, name) == 0)
			return stages[i];
	return NULL;
}

const char *stage_last_product(void)
{
	const char *name = NULL;
	size_t i;

	for (i = 0; stages[i]; i++)
		if (!stages[i]->checks)
			name = stages[i]->name;
	return name;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool wanted(const struct run *run, size_t index)
{
	const char *last = run->options->stop_after;
	size_t i;

	/* --check compares bundles; `lint` is the gate for what is in them. */
	if (run->options->check && stages[index]->checks)
		return false;
	for (i = 0; last && i < index; i++)
		if (strcmp(stages[i]->name, last) == 0)
			return false;
	return true;
}

/* Run the job's stages of one phase, up to the first that fails. */
static void run_stages(struct job *job, bool checks)
{
	double begin;
	size_t i;

	for (i = 0; stages[i] && !job->failed; i++) {
		if (stages[i]->checks != checks || !wanted(job->run, i))
			continue;
		begin = now();
		if (!stages[i]->run(job))
			job->failed = true;
		job->seconds[i] = now() - begin;
		job->objects[i] = job->bundle ? job->bundle->objects.count : 0;
	}
}

struct work {
	struct job **jobs; /* those that produce */
	struct progress progress;
};

static void produce(void *context, size_t index)
{
	struct work *work = context;

	run_stages(work->jobs[index], false);
	progress_step(&work->progress);
}

/*
 * Jobs that share a bundle are checked one after the other on one thread: its
 * indexes are made while rules ask.
 */
static void check(void *context, size_t index)
{
	struct work *work = context;
	struct job *producer = work->jobs[index], *job;

	for (job = producer; job; job = job->next_same) {
		if (producer->failed)
			job->failed = true;
		else if (producer->bundle)
			run_stages(job, true);
	}
	progress_step(&work->progress);
}

/* Jobs of one target with equal settings are produced by the first. */
static void find_equal(struct run *run, struct job **producers, size_t *count)
{
	struct table keys;
	size_t i;

	table_init(&keys, run->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const char *key;

		if (!job_resolve(job)) {
			job->failed = true;
			continue;
		}
		key = arena_printf(run->arena, "%zu\n%s", job->target->index,
				   job->key);
		job->same = table_gets(&keys, key);
		if (job->same) {
			job->next_same = job->same->next_same;
			job->same->next_same = job;
			continue;
		}
		table_puts(&keys, key, job);
		producers[(*count)++] = job;
	}
}

static void share_bundles(struct run *run)
{
	size_t i;

	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (job->same)
			job->bundle = job->same->bundle;
	}
}

size_t run_workers(const struct run *run)
{
	return run->options->jobs > 0 ? (size_t)run->options->jobs
				      : pool_default_workers();
}

void run_jobs(struct run *run)
{
	struct job **producers = arena_alloc(
		run->arena, (run->jobs.count + 1) * sizeof(*producers));
	size_t workers = run_workers(run);
	size_t count = 0;
	struct work work = { .jobs = producers };
	bool shown = !run->options->quiet;

	find_equal(run, producers, &count);
	progress_begin(&work.progress, "rendered", count, shown);
	pool_run(workers, count, produce, &work);
	progress_end(&work.progress);
	share_bundles(run);
	run_make_schemas(run);
	progress_begin(&work.progress, "checked", count, shown);
	pool_run(workers, count, check, &work);
	progress_end(&work.progress);
}
