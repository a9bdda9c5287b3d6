/*
 * share-process-namespace: containers that see each other.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *flag =
		value_get(pod->spec, "shareProcessNamespace");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "containers of the pod see each other's processes "
			    "and file systems through /proc");
}

const struct lint_rule lint_share_process_namespace = {
	.name = "share-process-namespace",
	.code = "PL3120",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "The containers of a pod share their processes.",
	.why = "Each sees the environment and the files of the others "
	       "through /proc, secrets included.",
	.fix = "Delete shareProcessNamespace unless the sidecar needs it.",
	.check_pod = check,
};
