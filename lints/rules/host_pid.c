/*
 * host-pid: the pod sees the node's processes.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *flag = value_get(pod->spec, "hostPID");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "the pod sees and can signal every process of the "
			    "node");
}

const struct lint_rule lint_host_pid = {
	.name = "host-pid",
	.code = "PL3008",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A pod sees and can signal every process of its node.",
	.why = "Through /proc it reads the environment and the files of "
	       "all of them, secrets included.",
	.fix = "Delete hostPID.",
	.check_pod = check,
};
