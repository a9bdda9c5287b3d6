/*
 * cpu-request-missing: the scheduler does not know what a container needs.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"

static const struct lint_param params[] = { LINT_RESOURCE_PARAM_INIT,
					    LINT_RESOURCE_PARAM_LIMIT,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_resource_missing(
		run, c, "requests", "cpu",
		"requests no CPU: the scheduler treats it as free");
}

const struct lint_rule lint_cpu_request_missing = {
	.name = "cpu-request-missing",
	.code = "PL2001",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container requests no CPU.",
	.why = "The scheduler packs nodes by requests; a container without one "
	       "may "
	       "end up where no CPU time is left.",
	.fix = "Set resources.requests.cpu to what it uses at rest.",
	.params = params,
	.check_container = check,
};
