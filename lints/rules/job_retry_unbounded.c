/*
 * job-retry-unbounded: how long a failing Job goes on is not said.
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = lint_job_spec(object);

	if (value_is_map(spec) && !value_get(spec, "backoffLimit") &&
	    !value_get(spec, "activeDeadlineSeconds"))
		lint_report_absent(run, spec, "backoffLimit",
				   "%s '%s' has neither backoffLimit nor "
				   "activeDeadlineSeconds",
				   object->kind, object->name);
}

const struct lint_rule lint_job_retry_unbounded = {
	.name = "job-retry-unbounded",
	.code = "PL1148",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Job has no limit of retries or time of its own.",
	.why = "What hangs runs for ever, and what fails is tried six more "
	       "times.",
	.fix = "Set backoffLimit or activeDeadlineSeconds.",
	.kinds = lint_all_jobs,
	.check_object = check,
};
