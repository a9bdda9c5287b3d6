/*
 * privilege-escalation-unset: the default allows it.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

enum {
	WINDOWS_EXEMPT_SINCE = 25
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *flag =
		lint_own_security(c, "allowPrivilegeEscalation");
	const struct value *parent;
	const char *prefix;

	/* Where it is allowed on purpose another rule says so, if it is on. */
	if (value_is_false(flag) ||
	    (flag && lint_is_on(run, LINT_RULE_privilege_escalation)))
		return;
	/* The server refuses to forbid it to a privileged one. */
	if (value_is_true(lint_own_security(c, "privileged")) &&
	    lint_is_on(run, LINT_RULE_privileged_container))
		return;
	if (lint_is_windows(c->pod) &&
	    run->kubernetes.oldest >= WINDOWS_EXEMPT_SINCE)
		return;
	if (flag) {
		lint_report(run, flag,
			    "container '%s' does not forbid privilege "
			    "escalation",
			    container_name(c));
		return;
	}
	parent = lint_security_parent(c, &prefix);
	lint_report_absent(run, parent,
			   *prefix ? "securityContext.allowPrivilegeEscalation"
				   : "allowPrivilegeEscalation",
			   "container '%s' does not forbid privilege "
			   "escalation",
			   container_name(c));
}

const struct lint_rule lint_privilege_escalation_unset = {
	.name = "privilege-escalation-unset",
	.code = "PL3003",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container does not forbid privilege escalation.",
	.why = "The default of allowPrivilegeEscalation is true: a set-uid "
	       "program in the image is enough to become root.",
	.fix = "Set securityContext.allowPrivilegeEscalation: false.",
	.check_container = check,
};
