/*
 * cpu-limit-missing: one container may use all of a node's CPU time.
 *
 * Opt-in, because a CPU limit throttles; the opposite policy is cpu-limit-set.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"

static const struct lint_param params[] = { LINT_RESOURCE_PARAM_INIT,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_resource_missing(run, c, "limits", "cpu", "has no CPU limit");
}

const struct lint_rule lint_cpu_limit_missing = {
	.name = "cpu-limit-missing",
	.code = "PL2004",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container has no CPU limit.",
	.why = "Some clusters want usage to be predictable even where CPU time "
	       "is "
	       "left over.",
	.fix = "Set resources.limits.cpu.",
	.params = params,
	.check_container = check,
};
