#include "compiler/shard.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "compiler/gitops/gitops.h"
#include "compiler/inputs.h"
#include "compiler/leaders.h"
#include "compiler/run.h"

/* What CI systems say of one of several equal jobs. */
static const struct ci_system {
	const char *index;
	const char *total; /* NULL: nothing says it */
	int first;         /* that indexes begin with */
} systems[] = {
	{ "CI_NODE_INDEX", "CI_NODE_TOTAL", 1 }, /* GitLab */
	{ "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0 },
	{ "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0 },
	{ "BITBUCKET_PARALLEL_STEP", "BITBUCKET_PARALLEL_STEP_COUNT", 0 },
	{ "SEMAPHORE_JOB_INDEX", "SEMAPHORE_JOB_COUNT", 1 },
	{ "JOB_COMPLETION_INDEX", NULL, 0 }, /* Job of Kubernetes, Indexed */
};

static bool read_number(const char *text, size_t len, int64_t *number)
{
	return len && number_parse_int(text, len, 10, number) == NUMBER_OK;
}

static bool usage(struct run *run, const char *word)
{
	diag_error(run->diags, NULL,
		   "--shard is %s; the number of the shard and of all is "
		   "needed",
		   diag_quote(run->arena, word, strlen(word)));
	diag_help(run->diags, "1/4, or auto in a CI system, or auto/4 where "
			      "only the first is known");
	return false;
}

static bool check(struct run *run, const struct run_shard *shard)
{
	if (shard->total >= 1 && shard->index >= 0 &&
	    shard->index < shard->total)
		return true;
	return diag_error(run->diags, NULL,
			  "--shard: there is no shard %lld of %lld",
			  (long long)shard->index + 1, (long long)shard->total);
}

/* `total` is 0 where the command line does not say it. */
static bool read_system(struct run *run, const struct ci_system *ci_system,
			int64_t total, struct run_shard *shard)
{
	const char *index = options_variable(ci_system->index);
	const char *all =
		ci_system->total ? options_variable(ci_system->total) : NULL;

	shard->total = total;
	if (!read_number(index, strlen(index), &shard->index))
		return diag_error(run->diags, NULL,
				  "--shard auto: %s is %s; a whole number is "
				  "needed",
				  ci_system->index,
				  diag_quote(run->arena, index, strlen(index)));
	if (!total && !all) {
		diag_error(run->diags, NULL,
			   "--shard auto: %s is set, but nothing says how many "
			   "shards there are",
			   ci_system->index);
		diag_help(run->diags, "--shard auto/4 says it");
		return false;
	}
	if (!total && !read_number(all, strlen(all), &shard->total))
		return diag_error(run->diags, NULL,
				  "--shard auto: %s is %s; a whole number is "
				  "needed",
				  ci_system->total,
				  diag_quote(run->arena, all, strlen(all)));
	shard->index -= ci_system->first;
	return check(run, shard);
}

static bool read_variables(struct run *run, int64_t total,
			   struct run_shard *shard)
{
	const char *all;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(systems); i++)
		if (options_variable(systems[i].index))
			return read_system(run, &systems[i], total, shard);
	/* A job of GitLab that is the only one has a total and no index. */
	all = options_variable("CI_NODE_TOTAL");
	if (total <= 1 && all && strcmp(all, "1") == 0) {
		shard->index = 0;
		shard->total = 1;
		return true;
	}
	diag_error(run->diags, NULL,
		   "--shard auto: no variable of a CI system says which shard "
		   "this is");
	diag_help(run->diags, "--shard 1/4 says it");
	return false;
}

static bool read_shard(struct run *run, const char *word,
		       struct run_shard *shard)
{
	const char *slash = strchr(word, '/');
	size_t len = slash ? (size_t)(slash - word) : strlen(word);
	int64_t total = 0;

	if (slash &&
	    (!read_number(slash + 1, strlen(slash + 1), &total) || total < 1))
		return usage(run, word);
	if (len == 4 && strncmp(word, "auto", len) == 0)
		return read_variables(run, total, shard);
	if (!slash || !read_number(word, len, &shard->index))
		return usage(run, word);
	shard->index--;
	shard->total = total;
	return check(run, shard);
}

/* FNV-1a: a target is in the same shard on every machine, in every version. */
static uint64_t hash(const char *name)
{
	uint64_t sum = 14695981039346656037u;

	for (; *name; name++)
		sum = (sum ^ (unsigned char)*name) * 1099511628211u;
	/* The last bits alone are poor: they know only the last bits. */
	return sum ^ sum >> 32;
}

static bool is_mine(const struct run *run, const char *name)
{
	return hash(name) % (uint64_t)run->shard.total ==
	       (uint64_t)run->shard.index;
}

/*
 * Who applies what is known to all shards: what one of them would report of a
 * folder alone, another reports as it is applied.
 */
bool shard_keep(struct run *run)
{
	size_t i, kept = 0, count = run->jobs.count;
	bool *keep;

	if (!run->options->shard)
		return true;
	if (!read_shard(run, run->options->shard, &run->shard))
		return false;
	keep = arena_zalloc(run->arena, count + 1);
	if (run_follows(run))
		leaders_keep(run, inputs_find(run), keep);
	for (i = 0; i < count; i++) {
		struct job *job = run->jobs.items[i];

		job->elsewhere = !is_mine(run, job->target->name);
		if (job->elsewhere)
			run->whole = false;
		if (!job->elsewhere || keep[i])
			run->jobs.items[kept++] = job;
		else
			job_release(job);
	}
	run->jobs.count = kept;
	return true;
}

/* By what is the same in all shards: names depend on what else there is. */
void shard_find_elsewhere(struct run *run)
{
	size_t i;

	for (i = 0; i < run->jobs.count; i++) {
		struct job *job = run->jobs.items[i];
		const struct followed *followed = job->target->followed;

		if (!followed)
			continue;
		job->elsewhere = !is_mine(run, followed->name);
		if (job->elsewhere)
			run->whole = false;
	}
}
