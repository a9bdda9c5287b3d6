/*
 * host-ipc: the pod shares memory with the node.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *flag = value_get(pod->spec, "hostIPC");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "the pod shares the node's IPC namespace");
}

const struct lint_rule lint_host_ipc = {
	.name = "host-ipc",
	.code = "PL3009",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A pod shares the IPC namespace of its node.",
	.why = "It can read and write the shared memory of other processes "
	       "on the node.",
	.fix = "Delete hostIPC.",
	.check_pod = check,
};
