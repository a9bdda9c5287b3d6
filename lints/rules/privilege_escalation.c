/*
 * privilege-escalation: a process may gain more privileges than its parent.
 *
 * The kernel's no_new_privs cannot be set for what is privileged or has
 * CAP_SYS_ADMIN, so these two allow it whatever the field says.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct value *added(const struct container_ref *c)
{
	const struct value *list =
		value_at(c->spec, "securityContext.capabilities.add");
	const struct value *item;

	list_foreach (item, list)
		if (value_equals_string(item, "SYS_ADMIN") ||
		    value_equals_string(item, "CAP_SYS_ADMIN"))
			return item;
	return NULL;
}

static void report(struct lint_run *run, const struct container_ref *c,
		   const struct value *at, const char *reason)
{
	lint_report(run, at,
		    "container '%s' may gain more privileges than its parent "
		    "(%s)",
		    container_name(c), reason);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *flag =
		lint_own_security(c, "allowPrivilegeEscalation");
	const struct value *privileged = lint_own_security(c, "privileged");
	const struct value *admin = added(c);

	if (value_is_true(privileged) &&
	    lint_is_on(run, LINT_RULE_privileged_container))
		return;
	if (value_is_true(flag))
		report(run, c, flag, "allowPrivilegeEscalation is true");
	else if (value_is_true(privileged))
		report(run, c, privileged, "it is privileged");
	else if (admin)
		report(run, c, admin, "SYS_ADMIN is added");
}

const struct lint_rule lint_privilege_escalation = {
	.name = "privilege-escalation",
	.code = "PL3002",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container may gain more privileges than its parent.",
	.why = "Through set-uid programs in the image an attacker becomes "
	       "root, although the container was started as another user.",
	.fix = "Set allowPrivilegeEscalation: false.",
	.check_container = check,
};
