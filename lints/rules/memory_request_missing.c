/*
 * memory-request-missing: the scheduler does not know what a container needs.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"

static const struct lint_param params[] = { LINT_RESOURCE_PARAM_INIT,
					    LINT_RESOURCE_PARAM_LIMIT,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_resource_missing(
		run, c, "requests", "memory",
		"requests no memory: the scheduler treats it as free");
}

const struct lint_rule lint_memory_request_missing = {
	.name = "memory-request-missing",
	.code = "PL2002",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container requests no memory.",
	.why = "The scheduler packs nodes by requests; pods without one are "
	       "the "
	       "first to be evicted when memory runs short.",
	.fix = "Set resources.requests.memory.",
	.params = params,
	.check_container = check,
};
