/*
 * cronjob-deadline-missing: how late a run may begin is not said.
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

enum {
	TICK = 10 /* seconds between two looks of the controller */
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *at = value_get(spec, "startingDeadlineSeconds");
	int64_t seconds;

	if (value_is_map(spec) && value_is_null(at))
		lint_report_absent(run, spec, "startingDeadlineSeconds",
				   "CronJob '%s' has no "
				   "startingDeadlineSeconds",
				   object->name);
	else if (value_as_int(at, &seconds) && seconds < TICK)
		lint_report_as(run, DIAG_WARNING, at,
			       "CronJob '%s' may miss all runs: the controller "
			       "looks every 10 s, and startingDeadlineSeconds "
			       "is %lld",
			       object->name, (long long)seconds);
}

const struct lint_rule lint_cronjob_deadline_missing = {
	.name = "cronjob-deadline-missing",
	.code = "PL1144",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A CronJob does not say how late a run may begin.",
	.why = "After a pause of the controller all missed runs count; from a "
	       "hundred on nothing runs any more.",
	.fix = "Set startingDeadlineSeconds to at least 10, below the "
	       "schedule's period.",
	.kinds = lint_cron_jobs,
	.check_object = check,
};
