/*
 * The two phases: produce (load, render, overlay, substitute) for every job,
 * then, when all bundles are known, check.
 */
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/table.h"
#include "compiler/broken.h"
#include "compiler/gitops/gitops.h"
#include "compiler/leaders.h"
#include "compiler/misses.h"
#include "compiler/neighbours.h"
#include "compiler/progress.h"
#include "compiler/run.h"
#include "compiler/sops.h"
#include "compiler/stage.h"
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/object.h"

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

bool stages_check(const struct run *run)
{
	size_t i;

	for (i = 0; stages[i]; i++)
		if (stages[i]->checks && wanted(run, i))
			return true;
	return false;
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

/* Rules say what is wrong with it; it stays a job that failed. */
static void check_broken(struct job *job)
{
	bool failed = job->failed;

	job->failed = false;
	run_stages(job, true);
	job->told = !job->failed && broken_is_told(job);
	job->failed = job->failed || failed;
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
		if (!job->listed && job != producer)
			continue;
		if (producer->failed)
			job->failed = true;
		if (broken_tell(job))
			check_broken(job);
		else if (job != producer && producer->told)
			job->told = true;
		else if (!job->failed && producer->bundle)
			run_stages(job, true);
	}
	progress_step(&work->progress);
}

/* The jobs that produce; grows with the rounds. */
struct production {
	struct table keys;
	struct table charts; /* path to the first source that is this chart */
	VEC(struct job *) producers;
};

/* What two clusters apply with equal options is one bundle. */
static const char *produced_by(struct run *run, const struct job *job)
{
	const struct followed *followed = job->target->followed;

	if (!followed)
		return arena_printf(run->arena, "%zu\n%s", job->target->index,
				    job->key);
	return arena_printf(
		run->arena, "%s\n%s\n%s\n%s", followed->object->api_version,
		followed->object->kind, followed->settings, job->key);
}

/* Whether others render the chart too. */
static void note_shared(size_t first, struct production *production)
{
	size_t i, k;

	for (i = first; i < production->producers.count; i++) {
		struct job *job = production->producers.items[i];

		for (k = 0; k < job->sources.count; k++) {
			struct job_source *source = &job->sources.items[k];
			struct job_source *other;

			if (source->kind != SOURCE_KIND_CHART)
				continue;
			other = table_gets(&production->charts, source->path);
			if (!other)
				table_puts(&production->charts, source->path,
					   source);
			else
				source->shares = other->shares = true;
		}
	}
}

/* Jobs of one target with equal settings are produced by the first. */
static void find_equal(struct run *run, size_t first,
		       struct production *production)
{
	size_t i;

	for (i = first; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const char *key;

		if (!job_resolve(job)) {
			job->failed = true;
			continue;
		}
		key = produced_by(run, job);
		job->same = table_gets(&production->keys, key);
		if (job->same) {
			job->next_same = job->same->next_same;
			job->same->next_same = job;
			continue;
		}
		table_puts(&production->keys, key, job);
		vec_push(run->arena, &production->producers, job);
	}
}

static void share_bundles(struct run *run, size_t first)
{
	size_t i;

	for (i = first; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job->same)
			continue;
		job->bundle = job->same->bundle;
		job->kustomized = job->same->kustomized;
	}
}

size_t run_workers(const struct run *run)
{
	return run->options->jobs > 0 ? (size_t)run->options->jobs
				      : pool_default_workers();
}

/* A round: the jobs from `first` on. */
static void produce_round(struct run *run, size_t first,
			  struct production *production)
{
	size_t begin = production->producers.count, count;
	struct work work;

	find_equal(run, first, production);
	note_shared(begin, production);
	neighbours_prepare(run, first);
	count = production->producers.count - begin;
	work.jobs = production->producers.items + begin;
	progress_begin(&work.progress, "rendered", count, !run->options->quiet);
	pool_run(run_workers(run), count, produce, &work);
	progress_end(&work.progress);
	share_bundles(run, first);
}

/* Objects that name further targets feed the next round. */
static void produce_all(struct run *run)
{
	struct production production = { 0 };
	struct gitops *gitops;
	size_t first = 0, next;

	table_init(&production.keys, run->arena);
	table_init(&production.charts, run->arena);
	produce_round(run, 0, &production);
	if (!run->follow)
		return;
	gitops = gitops_new(run);
	for (next = run->jobs.count; gitops_follow(gitops, first);
	     first = next, next = run->jobs.count)
		produce_round(run, next, &production);
	gitops_finish(gitops);
}

/* The first of those that share a bundle may itself be no job any more. */
static void check_all(struct run *run)
{
	struct job **producers = arena_alloc(
		run->arena, (run->jobs.count + 1) * sizeof(*producers));
	struct work work = { .jobs = producers };
	size_t count = 0, i;

	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		struct job *producer = job->same ? job->same : job;

		if (!producer->queued)
			producers[count++] = producer;
		producer->queued = true;
	}
	progress_begin(&work.progress, "checked", count, !run->options->quiet);
	pool_run(run_workers(run), count, check, &work);
	progress_end(&work.progress);
}

void run_produce(struct run *run)
{
	produce_all(run);
	leaders_drop(run);
}

void run_jobs(struct run *run)
{
	size_t i;

	run_produce(run);
	for (i = 0; i < run->jobs.count; i++)
		run->jobs.items[i]->listed = true;
	misses_drop(run);
	if (run->lint)
		sops_check(run);
	if (stages_check(run)) {
		run_make_schemas(run);
		if (run->after)
			run->initial = run->after->initial;
		if (!run->initial)
			run->initial = lint_initial_new(run->arena);
	}
	check_all(run);
}
