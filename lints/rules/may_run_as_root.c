/*
 * may-run-as-root: a container that may run as user 0.
 *
 * The pod's securityContext is a default for all its containers and a
 * container overrides it field by field, so every field is looked up on
 * the container first and on the pod second.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *user = lint_security(c, "runAsUser");
	const struct value *flag = lint_security(c, "runAsNonRoot");
	const struct value *parent;
	const char *prefix;
	bool root = user && value_equals_int(user, 0);

	if (lint_is_windows(c->pod) || lint_has_own_users(run, c->pod))
		return;
	/* The kubelet refuses to start what asks for both. */
	if (root && value_is_true(flag)) {
		lint_report_as(run, DIAG_ERROR, user,
			       "container '%s' never starts: runAsNonRoot "
			       "is true, but runAsUser is 0",
			       container_name(c));
		lint_help(run, "set runAsUser to a number above 0");
		return;
	}
	if (root && lint_is_on(run, LINT_RULE_run_as_root_uid))
		return;
	/* The image may choose its own user, so the flag alone suffices. */
	if ((user && !root) || value_is_true(flag))
		return;
	if (user || flag) {
		lint_report(run, user ? user : flag,
			    "container '%s' may run as root",
			    container_name(c));
		return;
	}
	parent = lint_security_parent(c, &prefix);
	lint_report_absent(run, parent,
			   *prefix ? "securityContext.runAsNonRoot"
				   : "runAsNonRoot",
			   "container '%s' may run as root", container_name(c));
}

const struct lint_rule lint_may_run_as_root = {
	.name = "may-run-as-root",
	.code = "PL3012",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container may run as the root user.",
	.why = "Whoever escapes a container keeps the user it ran as, and "
	       "very few images need root for what they do.",
	.fix = "Set runAsNonRoot: true (and a runAsUser above 0 if the image's "
	       "user is not numeric).",
	.check_container = check,
};
