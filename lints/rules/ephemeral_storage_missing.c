/*
 * ephemeral-storage-missing: how much of the disk a container may fill is not
 * said.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"

static const struct lint_param params[] = { LINT_RESOURCE_PARAM_INIT,
					    LINT_RESOURCE_PARAM_LIMIT,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_resource_missing(run, c, "limits", "ephemeral-storage",
			      "has no limit of ephemeral storage");
	lint_resource_missing(run, c, "requests", "ephemeral-storage",
			      "requests no ephemeral storage");
}

const struct lint_rule lint_ephemeral_storage_missing = {
	.name = "ephemeral-storage-missing",
	.code = "PL2102",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container has no request or limit of ephemeral storage.",
	.why = "Logs and temporary files of one pod may fill the disk of the "
	       "node, and others are evicted.",
	.fix = "Set ephemeral-storage in resources.requests and "
	       "resources.limits.",
	.params = params,
	.check_container = check,
};
