/*
 * cronjob-history-out-of-range: too many old Jobs are kept, or none.
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

static const struct lint_param params[] = { { "max", LINT_PARAM_INT, "10",
					      "The most Jobs that are kept." },
					    { .name = NULL } };

static void compare(struct lint_run *run, const struct value *at,
		    const char *field)
{
	int64_t max = lint_param_int(run, "max");
	int64_t number;

	if (value_as_int(at, &number) && number > max)
		lint_report(run, at, "%s %lld is above %lld", field,
			    (long long)number, (long long)max);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *good =
		value_get(spec, "successfulJobsHistoryLimit");
	const struct value *bad = value_get(spec, "failedJobsHistoryLimit");

	compare(run, good, "successfulJobsHistoryLimit");
	compare(run, bad, "failedJobsHistoryLimit");
	if (value_equals_int(good, 0) && value_equals_int(bad, 0))
		lint_report(run, bad,
			    "CronJob '%s' keeps no Job: nobody sees whether "
			    "it worked",
			    object->name);
}

const struct lint_rule lint_cronjob_history_out_of_range = {
	.name = "cronjob-history-out-of-range",
	.code = "PL1147",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A CronJob keeps too many old Jobs, or none.",
	.why = "Old pods slow down the control plane; without any there are no "
	       "logs of what failed.",
	.fix = "Keep a few of each.",
	.params = params,
	.kinds = lint_cron_jobs,
	.check_object = check,
};
