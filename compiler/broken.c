#include "compiler/broken.h"

#include <string.h>

#include "base/arena.h"
#include "base/fact.h"
#include "compiler/job.h"
#include "compiler/run.h"
#include "model/bundle.h"

static bool is_error(const struct diag *diag)
{
	return diag->severity == DIAG_ERROR && !diag->rule;
}

static void add_fact(struct job *job, const struct diag *diag)
{
	struct fact *fact;

	fact_add(&job->facts, FACT_TARGET_BROKEN, &diag->origin, "%s",
		 diag->message);
	fact = vec_last(&job->facts.facts);
	fact->help = diag->help;
	fact->diag = diag;
}

/*
 * Half of a target says nothing about the whole, but for this: that a
 * generator was not run.  True: then the rest may fail for want of that.
 */
static bool forget(struct job *job)
{
	size_t i, kept = 0;

	job->bundle = bundle_new(job->arena, NULL);
	for (i = 0; i < job->facts.facts.count; i++)
		if (job->facts.facts.items[i].kind == FACT_TARGET_BROKEN)
			job->facts.facts.items[kept++] =
				job->facts.facts.items[i];
	job->facts.facts.count = kept;
	return kept > 0;
}

bool broken_tell(struct job *job)
{
	const struct diag_sink *diags = &job->diags;
	const struct target *target = job->target;
	size_t i;

	if (!job->run->broken_is_finding || !diags->errors ||
	    !target->discovered || target->named)
		return false;
	if (job->failed && forget(job))
		return true;
	for (i = 0; i < diags->diags.count; i++)
		if (is_error(diags->diags.items[i]))
			add_fact(job, diags->diags.items[i]);
	return true;
}

static bool has_finding(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->findings.diags.count; i++)
		if (strcmp(job->findings.diags.items[i]->rule,
			   "target-not-built") == 0)
			return true;
	return false;
}

bool broken_is_told(struct job *job)
{
	struct diag_sink *diags = &job->diags;
	size_t i, kept = 0;

	if (job->run->options->only.count && !has_finding(job))
		return false;
	for (i = 0; i < diags->diags.count; i++)
		if (!is_error(diags->diags.items[i]))
			diags->diags.items[kept++] = diags->diags.items[i];
	diags->diags.count = kept;
	diags->errors = 0;
	return true;
}
