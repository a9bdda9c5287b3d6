/*
 * cronjob-concurrency-unset: whether runs may overlap is not said.
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	if (value_is_map(spec) && !value_get(spec, "concurrencyPolicy"))
		lint_report_absent(run, spec, "concurrencyPolicy",
				   "CronJob '%s' has no concurrencyPolicy: "
				   "runs may overlap",
				   object->name);
}

const struct lint_rule lint_cronjob_concurrency_unset = {
	.name = "cronjob-concurrency-unset",
	.code = "PL1145",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A CronJob does not say whether its runs may overlap.",
	.why = "By default a run begins while the one before still works.",
	.fix = "Set concurrencyPolicy.",
	.kinds = lint_cron_jobs,
	.check_object = check,
};
