/*
 * What the jobs of a run have to say, gathered into its report.
 */
#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "compiler/audit.h"
#include "compiler/neighbours.h"
#include "compiler/run.h"
#include "compiler/run/told.h"
#include "lints/lint.h"
#include "model/bundle.h"

static void count_objects(const struct run *run, struct report *report,
			  struct bundle *bundle)
{
	const struct object *object;

	report->objects += bundle->objects.count;
	report->rules += lint_schemas_rules(run->schemas, bundle);
	bundle_foreach (object, bundle)
		if (!lint_has_schema(run->schemas, bundle, object))
			report_unchecked(report, object->api_version,
					 object->kind);
}

static void add_sifted(struct run *run, const struct job *job)
{
	size_t *counter = &run->report.skipped.not_manifests, i;

	*counter += job->sifted.count;
	for (i = 0; i < job->sifted.count; i++) {
		struct skipped_file file = {
			job->sifted.items[i].name,
			arena_join(run->arena, "not a manifest: ",
				   job->sifted.items[i].why),
			counter,
		};

		vec_push(run->arena, &run->skipped_files, file);
	}
}

/*
 * What GitOps objects apply, no kustomization has to name: a file that some
 * job has read after all is not left out.
 */
static void find_used(struct run *run)
{
	struct skipped_files *files = &run->skipped_files;
	size_t *counter = &run->report.skipped.unreferenced;
	struct table read;
	size_t i, j, kept = 0;

	table_init(&read, run->arena);
	for (i = 0; i < files->count; i++)
		if (files->items[i].counter == counter)
			table_puts(&read, files->items[i].path, NULL);
	for (i = 0; read.count && i < run->jobs.count; i++) {
		const struct tree_view *view = &run->jobs.items[i]->view;

		for (j = 0; j < view->log.count; j++) {
			const struct tree_access *access = &view->log.items[j];
			const char *path = access->path;

			if (access->kind != TREE_OPENED)
				continue;
			path = tree_view_display(&run->view, path);
			if (table_find(&read, path, strlen(path)))
				table_puts(&read, path, run);
		}
	}
	for (i = 0; i < files->count; i++) {
		struct skipped_file *file = &files->items[i];

		if (file->counter == counter && table_gets(&read, file->path))
			--*counter;
		else
			files->items[kept++] = *file;
	}
	files->count = kept;
}

/* A folder of files that turned out to be no manifests. */
static bool is_nothing(const struct job *job)
{
	return job->sifted.count && job->bundle &&
	       !job->bundle->objects.count && !job->facts.facts.count;
}

static void add_told(struct run *run, const struct told *told)
{
	const struct job *job = told->job;
	const struct report_from from = {
		.target = job->target->name,
		.environment = job->environment->name,
		.focus = job->focused ? &run->focus : NULL,
		.followed = job->target->followed,
	};
	size_t i;

	for (i = 0; i < TOLD_PARTS; i++)
		if (told->sinks[i])
			report_add_made(&run->report, told->sinks[i],
					told->findings[i], &from);
}

static void count_environments(const struct run *run, struct report *report,
			       const bool *seen)
{
	size_t i;

	for (i = 0; i < run->project->environments.count; i++) {
		if (!seen[i])
			continue;
		report->environments++;
		report->category = run->project->environments.items[i]->name;
	}
	if (report->environments != 1)
		report->category = NULL;
}

void run_collect(struct run *run)
{
	struct report *report = &run->report;
	const struct target *target = NULL;
	bool *seen =
		arena_zalloc(run->arena, run->project->environments.count + 1);
	const struct told *told;
	size_t i;

	find_used(run);
	told = told_make(run);
	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];

		if (job->target != target && !is_nothing(job))
			report->targets++;
		target = job->target;
		seen[job->environment->index] = true;
		add_sifted(run, job);
		report->skipped.opaque += job->placeholders;
		if (job->bundle && run->schemas)
			count_objects(run, report, job->bundle);
		add_told(run, &told[i]);
	}
	neighbours_report(run);
	audit_run(run);
	count_environments(run, report, seen);
}
