/*
 * cronjob-ttl-set: two ways to clean up that compete.
 */
#include "lints/lint.h"

#include "lints/subjects/jobs.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ttl = value_at(
		object->root, "spec.jobTemplate.spec.ttlSecondsAfterFinished");

	if (!value_is_null(ttl))
		lint_report(run, ttl,
			    "ttlSecondsAfterFinished inside CronJob '%s' "
			    "competes with its history limits",
			    object->name);
}

const struct lint_rule lint_cronjob_ttl_set = {
	.name = "cronjob-ttl-set",
	.code = "PL1143",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "Jobs of a CronJob have a time to live.",
	.why = "They go before the history limits say so, and with them the "
	       "logs of what failed.",
	.fix = "Delete it and use the history limits.",
	.kinds = lint_cron_jobs,
	.check_object = check,
};
