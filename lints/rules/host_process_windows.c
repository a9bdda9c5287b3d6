/*
 * host-process-windows: a container that is a process of the Windows node.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *flag =
		lint_security(c, "windowsOptions.hostProcess");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "container '%s' runs as a Windows host process",
			    container_name(c));
}

const struct lint_rule lint_host_process_windows = {
	.name = "host-process-windows",
	.code = "PL3121",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A container runs as a host process of a Windows node.",
	.why = "It has all rights of its account on the node; nothing "
	       "separates it.",
	.fix = "Delete hostProcess.",
	.check_container = check,
};
