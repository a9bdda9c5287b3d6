/*
 * cpu-request-not-limit: what is guaranteed is not what may be used.
 */
#include "lints/lint.h"
#include "lints/subjects/resources.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_request_not_limit(run, c, "cpu");
}

const struct lint_rule lint_cpu_request_not_limit = {
	.name = "cpu-request-not-limit",
	.code = "PL2103",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Request and limit of CPU are not equal.",
	.why = "Equal ones make usage predictable, and are needed for the "
	       "class Guaranteed.",
	.fix = "Set the request to the limit.",
	.check_container = check,
};
