/*
 * privileged-container: nothing separates the container from the node.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *flag = lint_own_security(c, "privileged");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "container '%s' is privileged: it owns the node",
			    container_name(c));
}

const struct lint_rule lint_privileged_container = {
	.name = "privileged-container",
	.code = "PL3001",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A container is privileged.",
	.why = "A privileged container has all capabilities, all devices and "
	       "no "
	       "isolation worth the name: whoever takes it over has the node.",
	.fix = "Delete securityContext.privileged and add the one capability "
	       "it needs.",
	.check_container = check,
};
