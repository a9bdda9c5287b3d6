/*
 * restart-policy-unset: whether containers are started again is not written.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *policy = value_get(pod->spec, "restartPolicy");

	if (value_is_null(policy))
		lint_report_absent(run, pod->spec, "restartPolicy",
				   "the restartPolicy of '%s' is not written",
				   pod->object->name);
	else if (value_equals_string(policy, "Never"))
		lint_report(run, policy, "the restartPolicy of '%s' is Never",
			    pod->object->name);
}

const struct lint_rule lint_restart_policy_unset = {
	.name = "restart-policy-unset",
	.code = "PL1111",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod does not say that its containers are restarted.",
	.why = "Some teams want it written although Always is the default.",
	.fix = "Set restartPolicy to Always or OnFailure.",
	.check_pod = check,
};
