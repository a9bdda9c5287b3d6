/*
 * cpu-limit-set: a container is slowed down although CPU time is left.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *limit = lint_resource(c, "limits", "cpu");

	if (c->role == CONTAINER_REGULAR && limit)
		lint_report(run, limit, "container '%s' has a CPU limit",
			    container_name(c));
}

const struct lint_rule lint_cpu_limit_set = {
	.name = "cpu-limit-set",
	.code = "PL2101",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container has a CPU limit.",
	.why = "It is throttled even where nobody else wants the time; "
	       "requests share it well enough.",
	.fix = "Delete the limit and keep the request.",
	.check_container = check,
};
