/*
 * What the jobs of a run have to say, gathered into its report.
 */
#include <string.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/table.h"
#include "compiler/audit.h"
#include "compiler/neighbours.h"
#include "compiler/run.h"
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

/* A folder of files that turned out to be no manifests. */
static bool is_nothing(const struct job *job)
{
	return job->sifted.count && job->bundle &&
	       !job->bundle->objects.count && !job->facts.facts.count;
}

/* What is about a job: that of its bundle's first job holds for it too. */
enum part {
	PART_SHARED,
	PART_SHARED_FINDINGS,
	PART_OWN,
	PART_OWN_FINDINGS,
	PARTS
};

struct told {
	const struct job *job;
	const struct diag_sink *sinks[PARTS]; /* or NULL */
	struct finding **findings[PARTS];
};

struct telling {
	const struct report *report;
	struct told *told;
};

static size_t find_sinks(const struct job *job, struct told *told)
{
	size_t count = 0, i;

	told->job = job;
	if (job->same)
		told->sinks[PART_SHARED] = &job->same->diags;
	if (job->same && job->told)
		told->sinks[PART_SHARED_FINDINGS] = &job->same->findings;
	told->sinks[PART_OWN] = &job->diags;
	told->sinks[PART_OWN_FINDINGS] = &job->findings;
	for (i = 0; i < PARTS; i++)
		if (told->sinks[i])
			count += told->sinks[i]->diags.count;
	return count;
}

static void make_findings(void *context, size_t index)
{
	const struct telling *telling = context;
	struct told *told = &telling->told[index];
	size_t i;

	for (i = 0; i < PARTS; i++)
		if (told->sinks[i])
			told->findings[i] =
				report_make(telling->report, told->job->arena,
					    told->sinks[i]);
}

/* Where they come from is looked up on all threads, if there are many. */
static struct told *tell(struct run *run)
{
	enum {
		MANY = 200
	};
	struct told *told =
		arena_zalloc(run->arena, (run->jobs.count + 1) * sizeof(*told));
	struct telling telling = { &run->report, told };
	size_t count = 0, i;

	for (i = 0; i < run->jobs.count; i++)
		count += find_sinks(run->jobs.items[i], &told[i]);
	pool_run(count < MANY ? 1 : run_workers(run), run->jobs.count,
		 make_findings, &telling);
	return told;
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

	for (i = 0; i < PARTS; i++)
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

	excuse_charts(run);
	find_used(run);
	told = tell(run);
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
