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
#include "base/table.h"
#include "compiler/gitops/private.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/object.h"

static bool was_opened(const struct table *opened, struct arena *arena,
		       const char *dir, const char *name)
{
	const char *path = *dir ? arena_printf(arena, "%s/%s", dir, name)
				: name;

	return table_gets(opened, path) != NULL;
}

static bool is_replaced(struct job *job, const struct job_source *source,
			const struct table *opened)
{
	static const char *const files[] = { "kustomization.yaml",
					     "kustomization.yml",
					     "Kustomization" };
	size_t i;

	switch (source->kind) {
	case SOURCE_KIND_CHART:
		return was_opened(opened, job->arena, source->path,
				  "Chart.yaml");
	case SOURCE_KIND_KUSTOMIZATION:
		for (i = 0; i < ARRAY_COUNT(files); i++)
			if (was_opened(opened, job->arena, source->path,
				       files[i]))
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

/* Jobs that stay, and the places of objects that led to one of them. */
struct alive {
	struct gitops *gitops;
	struct table jobs;
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
	return table_get(&alive->jobs, (const char *)&job->target->index,
			 sizeof(job->target->index)) != NULL;
}

static void keep(struct alive *alive, struct job *job)
{
	table_put(&alive->jobs, (const char *)&job->target->index,
		  sizeof(job->target->index), job);
	if (job->target->followed)
		table_puts(&alive->places, place_key(alive->gitops, job), job);
}

/* Whether a job that stays holds the object; its chain begins there. */
static bool has_maker(const struct alive *alive, struct job *job)
{
	/* The run owns it; targets only look at it. */
	struct followed *followed = (struct followed *)job->target->followed;
	size_t i;

	for (i = 0; i < followed->makers.count; i++) {
		const struct followed_maker *maker = &followed->makers.items[i];

		if (maker->job == job || !is_alive(alive, maker->job))
			continue;
		followed->parent = maker->parent;
		followed->maker = maker->job;
		return true;
	}
	return false;
}

/* Those that what stays leads to stay. */
static void spread(struct alive *alive)
{
	const struct run *run = alive->gitops->run;
	bool again = true;
	size_t i;

	while (again) {
		again = false;
		for (i = 0; i < run->jobs.count; i++) {
			struct job *job = run->jobs.items[i];

			if (!job->target->followed || is_alive(alive, job) ||
			    !has_maker(alive, job))
				continue;
			keep(alive, job);
			again = true;
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
		spread(alive);
	}
}

static void find_alive(struct alive *alive, const struct table *opened)
{
	const struct run *run = alive->gitops->run;
	size_t i;

	table_init(&alive->jobs, alive->gitops->arena);
	table_init(&alive->places, alive->gitops->arena);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (!job->target->followed && !job_is_replaced(job, opened))
			keep(alive, job);
	}
	spread(alive);
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
