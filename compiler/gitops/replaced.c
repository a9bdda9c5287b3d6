/*
 * What nobody declared and an object applies with options of its own: the
 * root that was discovered there goes, so that nothing is looked at twice.
 *
 * With it goes what it alone led to.  A Kustomization that stands in a folder
 * and is patched by the one that applies the folder was found twice, as it
 * stands in the file and as it is applied; the latter is meant.  An object
 * that applies the very folder it stands in was found only in what it
 * replaces: of the forms of one place the first stays if no other does.
 */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/table.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/object.h"
#include "overlays/overlay.h"

static bool was_opened(const struct table *opened, struct arena *arena,
		       const char *dir, const char *name)
{
	return table_gets(opened, path_below(arena, dir, name)) != NULL;
}

static bool is_replaced(struct job *job, const struct job_source *source,
			const struct table *opened)
{
	const char *const *name;
	size_t i;

	switch (source->kind) {
	case SOURCE_KIND_CHART:
		return was_opened(opened, job->arena, source->path,
				  "Chart.yaml");
	case SOURCE_KIND_KUSTOMIZATION:
		for (name = overlay_file_names; *name; name++)
			if (was_opened(opened, job->arena, source->path, *name))
				return true;
		return false;
	case SOURCE_KIND_MANIFESTS:
		for (i = 0; i < source->patterns.count; i++)
			if (!table_gets(opened, source->patterns.items[i]))
				return false;
		return source->patterns.count > 0;
	case SOURCE_KIND_TEMPLATES:
	case SOURCE_KIND_STREAM:
		break;
	}
	return false;
}

static bool job_is_replaced(struct job *job, const struct table *opened)
{
	size_t i;

	if (!job->target->discovered || job->target->followed)
		return false;
	for (i = 0; i < job->sources.count; i++)
		if (!is_replaced(job, &job->sources.items[i], opened))
			return false;
	return job->sources.count > 0;
}

/* Files that were read for what is applied. */
static void note_opened(struct gitops *gitops, struct table *opened)
{
	const struct run *run = gitops->run;
	size_t i, j;

	table_init(opened, gitops->arena);
	for (i = 0; i < run->jobs.count; i++) {
		const struct job *job = run->jobs.items[i];

		if (!job->target->followed || job->failed)
			continue;
		for (j = 0; j < job->view.log.count; j++)
			if (job->view.log.items[j].kind == TREE_OPENED)
				table_puts(opened, job->view.log.items[j].path,
					   gitops);
	}
}

VEC_TYPE(made_jobs, struct job *);

/* Jobs that stay, and the places of objects that led to one of them. */
struct alive {
	struct gitops *gitops;
	bool *jobs;             /* by index of the target */
	struct made_jobs *made; /* the same: jobs for what its bundle held */
	struct table places;
};

/* A template may have many objects at one place. */
static const char *place_key(struct gitops *gitops, const struct job *job)
{
	const struct object *object = job->target->followed->object;

	return arena_printf(gitops->arena, "%s %s",
			    gitops_place(gitops->arena, object), object->name);
}

static bool is_alive(const struct alive *alive, const struct job *job)
{
	return alive->jobs[job->target->index];
}

static void keep(struct alive *alive, struct job *job)
{
	alive->jobs[job->target->index] = true;
	if (job->target->followed)
		table_puts(&alive->places, place_key(alive->gitops, job), job);
}

/* Chains of the job's findings go on with what this maker says. */
static void come_from(struct job *job, const struct job *maker)
{
	/* The run owns it; targets only look at it. */
	struct followed *followed = (struct followed *)job->target->followed;
	size_t i;

	for (i = 0; i < followed->makers.count; i++) {
		if (followed->makers.items[i].job != maker)
			continue;
		followed->parent = followed->makers.items[i].parent;
		followed->maker = maker;
		return;
	}
}

/* What the jobs in the queue lead to stays, the nearest first. */
static void spread(struct alive *alive, struct made_jobs *queue)
{
	size_t i, j;

	for (i = 0; i < queue->count; i++) {
		const struct job *maker = queue->items[i];
		const struct made_jobs *made =
			&alive->made[maker->target->index];

		for (j = 0; j < made->count; j++) {
			struct job *job = made->items[j];

			if (is_alive(alive, job))
				continue;
			come_from(job, maker);
			keep(alive, job);
			vec_push(alive->gitops->arena, queue, job);
		}
	}
}

static bool applies_itself(const struct job *job)
{
	const struct followed *followed = job->target->followed;
	size_t i;

	for (i = 0; i < followed->makers.count; i++)
		if (followed->makers.items[i].job == job)
			return true;
	return false;
}

/* Those that were found in nothing that stays, and in no other form. */
static void revive(struct alive *alive, bool themselves)
{
	const struct run *run = alive->gitops->run;
	struct made_jobs queue = { 0 };
	size_t i;

	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job->target->followed || is_alive(alive, job) ||
		    (themselves && !applies_itself(job)) ||
		    table_gets(&alive->places, place_key(alive->gitops, job)))
			continue;
		/* What held it is gone: chains begin here. */
		((struct followed *)job->target->followed)->parent = NULL;
		keep(alive, job);
		queue.count = 0;
		vec_push(alive->gitops->arena, &queue, job);
		spread(alive, &queue);
	}
}

static void find_made(struct alive *alive)
{
	struct gitops *gitops = alive->gitops;
	const struct run *run = gitops->run;
	size_t targets = run->project->targets.count, i, j;

	alive->jobs = arena_zalloc(gitops->arena, targets + 1);
	alive->made = arena_zalloc(gitops->arena,
				   (targets + 1) * sizeof(*alive->made));
	table_init(&alive->places, gitops->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const struct followed *followed = job->target->followed;

		for (j = 0; followed && j < followed->makers.count; j++) {
			const struct job *maker = followed->makers.items[j].job;

			vec_push(gitops->arena,
				 &alive->made[maker->target->index], job);
		}
	}
}

static void find_alive(struct alive *alive, const struct table *opened)
{
	const struct run *run = alive->gitops->run;
	struct made_jobs queue = { 0 };
	size_t i;

	find_made(alive);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (job->target->followed || job_is_replaced(job, opened))
			continue;
		keep(alive, job);
		vec_push(alive->gitops->arena, &queue, job);
	}
	spread(alive, &queue);
	revive(alive, true);
	revive(alive, false);
}

struct names {
	struct gitops *gitops;
	struct table given; /* indexes of targets that have theirs */
};

/* Targets are called after what stays, and that before them. */
static void name_target(struct names *names, const struct job *job)
{
	const struct followed *followed = job->target->followed;
	struct target *target = (struct target *)job->target;

	if (table_put(&names->given, (const char *)&target->index,
		      sizeof(target->index), names) ||
	    !followed)
		return;
	if (followed->maker)
		name_target(names, followed->maker);
	target->name = gitops_target_name(
		names->gitops,
		followed->maker ? followed->maker
				: followed->makers.items[0].job,
		followed->object);
}

static void name_targets(const struct alive *alive)
{
	struct gitops *gitops = alive->gitops;
	const struct run *run = gitops->run;
	struct names names = { .gitops = gitops };
	size_t i;

	table_init(&names.given, gitops->arena);
	table_init(&gitops->names, gitops->arena);
	for (i = 0; i < run->jobs.count; i++)
		if (!run->jobs.items[i]->target->followed)
			table_puts(&gitops->names,
				   run->jobs.items[i]->target->name, gitops);
	for (i = 0; i < run->jobs.count; i++)
		name_target(&names, run->jobs.items[i]);
}

/* An object that several jobs held counts once. */
static void count_skipped(const struct alive *alive)
{
	struct gitops *gitops = alive->gitops;
	struct run *run = gitops->run;
	struct skipped_file file = {
		.counter = &run->report.skipped.not_followed,
	};
	struct table counted;
	size_t i;

	table_init(&counted, gitops->arena);
	for (i = 0; i < gitops->skipped.count; i++) {
		const struct gitops_skipped *skipped =
			&gitops->skipped.items[i];

		file.path = skipped->place;
		file.why = skipped->why;
		if (!is_alive(alive, skipped->job) ||
		    table_puts(&counted,
			       arena_printf(gitops->arena, "%s %s", file.path,
					    file.why),
			       gitops))
			continue;
		++*file.counter;
		vec_push(run->arena, &run->skipped_files, file);
	}
}

void gitops_finish(struct gitops *gitops)
{
	struct run *run = gitops->run;
	struct alive alive = { .gitops = gitops };
	struct table opened;
	size_t i, kept = 0;

	note_opened(gitops, &opened);
	find_alive(&alive, &opened);
	count_skipped(&alive);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (is_alive(&alive, job))
			run->jobs.items[kept++] = job;
		else
			vec_push(run->arena, &run->retired, job);
	}
	run->jobs.count = kept;
	name_targets(&alive);
}
