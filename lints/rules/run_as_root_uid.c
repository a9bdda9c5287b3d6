/*
 * run-as-root-uid: a container that asks to be root.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *user = lint_security(c, "runAsUser");

	if (value_equals_int(user, 0) && !lint_has_own_users(run, c->pod))
		lint_report(run, user, "container '%s' runs as UID 0",
			    container_name(c));
}

const struct lint_rule lint_run_as_root_uid = {
	.name = "run-as-root-uid",
	.code = "PL3101",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container runs as user 0.",
	.why = "Whoever escapes the container is root on the node.",
	.fix = "Set runAsUser above 0.",
	.check_container = check,
};
