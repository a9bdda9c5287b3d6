/*
 * memory-limit-missing: a leak in one container can take the node down.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"

static const struct lint_param params[] = { LINT_RESOURCE_PARAM_INIT,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_resource_missing(
		run, c, "limits", "memory",
		"has no memory limit: a leak can take the node down");
}

const struct lint_rule lint_memory_limit_missing = {
	.name = "memory-limit-missing",
	.code = "PL2003",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container has no memory limit.",
	.why = "Without a limit a leak grows until the node itself runs out of "
	       "memory and its neighbours are killed.",
	.fix = "Set resources.limits.memory.",
	.params = params,
	.check_container = check,
};
