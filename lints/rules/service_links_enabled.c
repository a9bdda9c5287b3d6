/*
 * service-links-enabled: a pod that is told of all Services.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *flag = value_get(pod->spec, "enableServiceLinks");

	if (value_is_true(flag))
		lint_report(run, flag, "enableServiceLinks is true");
	else if (!value_is_false(flag))
		lint_report_absent(run, pod->spec, "enableServiceLinks",
				   "enableServiceLinks is not set");
}

const struct lint_rule lint_service_links_enabled = {
	.name = "service-links-enabled",
	.code = "PL3136",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod gets variables for each Service of its namespace.",
	.why = "They tell whoever gets in what else is there, and dozens "
	       "slow down the start.",
	.fix = "Set enableServiceLinks: false.",
	.check_pod = check,
};
