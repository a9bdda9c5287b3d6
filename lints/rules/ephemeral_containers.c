/*
 * ephemeral-containers: containers that are only added to pods that run.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *list = value_get(pod->spec, "ephemeralContainers");

	if (value_count(list))
		lint_report(run, list,
			    "ephemeralContainers may not be written in a "
			    "manifest");
}

const struct lint_rule lint_ephemeral_containers = {
	.name = "ephemeral-containers",
	.code = "PL3133",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A manifest has ephemeralContainers.",
	.why = "The API server takes them only through a subresource of a "
	       "pod that runs, and rejects the object.",
	.fix = "Delete it; use kubectl debug.",
	.check_pod = check,
};
