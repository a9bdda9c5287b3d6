/*
 * security-context-missing: a container about whose rights nothing is said.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	if (value_is_null(value_get(c->spec, "securityContext")) &&
	    value_is_null(value_get(c->pod, "securityContext")))
		lint_report_absent(run, c->spec, "securityContext",
				   "container '%s' and its pod have no "
				   "securityContext",
				   container_name(c));
}

const struct lint_rule lint_security_context_missing = {
	.name = "security-context-missing",
	.code = "PL3127",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "Neither a container nor its pod has a securityContext.",
	.why = "Then it has the rights that the runtime gives by default.",
	.fix = "Set a securityContext.",
	.check_container = check,
};
