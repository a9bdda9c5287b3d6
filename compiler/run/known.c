#include "compiler/run/known.h"

#include <string.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/table.h"
#include "compiler/neighbours.h"
#include "compiler/run.h"
#include "compiler/run/told.h"

/* size_t by the identities of findings: how often each is known. */
struct known_job {
	struct table counts;
};

struct known {
	struct arena *arena;
	struct told *told;
	struct known_job *by_told; /* parallel */
	struct table jobs; /* struct known_job by "target@environment" */
	/* The job asked for last: findings come in the order of jobs. */
	struct finding_where where;
	struct known_job *last;
};

static size_t *counter(struct known_job *job, const char *identity)
{
	struct table *counts = &job->counts;
	size_t len = strlen(identity), *count;

	count = table_get(counts, identity, len);
	if (!count) {
		count = arena_zalloc(counts->arena, sizeof(*count));
		table_put(counts, identity, len, count);
	}
	return count;
}

/* By threads: a job's findings are in its own arena, and so are the counts. */
static void count_told(void *context, size_t index)
{
	struct known *known = context;
	const struct told *told = &known->told[index];
	struct known_job *job = &known->by_told[index];
	size_t i, j;

	table_init(&job->counts, told->job->arena);
	for (i = 0; i < TOLD_PARTS; i++)
		for (j = 0; told->sinks[i] && j < told->sinks[i]->diags.count;
		     j++)
			if (told->findings[i][j]->diag->rule)
				++*counter(job, told->findings[i][j]->identity);
}

static const char *key_of(struct arena *arena,
			  const struct finding_where *where)
{
	return arena_printf(arena, "%s@%s", where->target, where->environment);
}

/* Objects may lead to targets that have the same name. */
static void add_counts(struct known_job *job, const struct known_job *more)
{
	uint32_t i;

	for (i = 0; i < more->counts.count; i++)
		*counter(job, more->counts.entries[i].key) +=
			*(size_t *)more->counts.entries[i].value;
}

static void add_job(struct known *known, const struct finding_where *where,
		    struct known_job *job)
{
	const char *key = key_of(known->arena, where);
	struct known_job *same = table_gets(&known->jobs, key);

	if (same)
		add_counts(same, job);
	else
		table_puts(&known->jobs, key, job);
}

static void count_jobs(struct known *known, struct run *old)
{
	size_t i, count = old->jobs.count;

	known->told = told_make(old);
	known->by_told = arena_zalloc(known->arena,
				      (count + 1) * sizeof(struct known_job));
	pool_run(run_workers(old), count, count_told, known);
	for (i = 0; i < count; i++) {
		const struct job *job = known->told[i].job;
		const struct finding_where where = { job->target->name,
						     job->environment->name };

		add_job(known, &where, &known->by_told[i]);
	}
}

/* What is about the run as a whole. */
static void count_report(struct known *known, const struct report *report)
{
	static const struct finding_where outside = { "", "" };
	struct known_job *job = arena_zalloc(known->arena, sizeof(*job));
	size_t i;

	table_init(&job->counts, known->arena);
	for (i = 0; i < report->findings.count; i++)
		*counter(job, report->findings.items[i]->identity) +=
			report->findings.items[i]->count;
	add_job(known, &outside, job);
}

static struct known_job *find_job(struct known *known,
				  const struct finding_where *where)
{
	if (known->where.target != where->target ||
	    known->where.environment != where->environment) {
		known->where = *where;
		known->last =
			table_gets(&known->jobs, key_of(known->arena, where));
	}
	return known->last;
}

/*
 * A third one of two that are known is new, as is one of another environment:
 * what was not known stays.
 */
static bool is_known(void *context, struct finding *finding)
{
	struct known *known = context;
	struct finding_members kept = { 0 };
	struct finding_member member;
	size_t i;

	for (i = 0; finding_member(finding, i, &member); i++) {
		struct known_job *job = find_job(known, &member.where);
		size_t *left =
			job ? table_gets(&job->counts, member.identity) : NULL;

		if (left && *left)
			--*left;
		else
			vec_push(known->arena, &kept, member);
	}
	if (kept.count && kept.count < i)
		finding_keep(known->arena, finding, &kept);
	return !kept.count;
}

void known_drop(struct run *run, struct run *old)
{
	struct known known = { .arena = run->arena };

	table_init(&known.jobs, run->arena);
	count_jobs(&known, old);
	neighbours_report(old);
	count_report(&known, &old->report);
	report_drop(&run->report, is_known, &known);
}
