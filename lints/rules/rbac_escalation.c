/*
 * rbac-escalation: a role whose subjects can give themselves any other.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const on_roles[] = { "bind", "escalate", NULL };
static const char *const roles[] = { "roles", "clusterroles", NULL };
static const char *const on_others[] = { "impersonate", NULL };
static const char *const others[] = { "users", "groups", "serviceaccounts",
				      NULL };
static const char *const extras[] = { "userextras", "uids", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		if (value_count(value_get(rule, "resourceNames")))
			continue;
		allowed = lint_rbac_allowed(run, rule,
					    "rbac.authorization.k8s.io", roles,
					    on_roles);
		if (!allowed)
			allowed = lint_rbac_allowed(run, rule, "", others,
						    on_others);
		if (!allowed)
			allowed = lint_rbac_allowed(run, rule,
						    "authentication.k8s.io",
						    extras, on_others);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' allows %s: its subjects can give "
				    "themselves any right",
				    object->kind, object->name, allowed);
	}
}

const struct lint_rule lint_rbac_escalation = {
	.name = "rbac-escalation",
	.code = "PL6104",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary =
		"A role allows to bind or escalate roles, or to act as others.",
	.why = "Its subjects can give themselves any right.",
	.fix = "Drop the verb.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
