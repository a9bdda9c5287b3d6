/*
 * rbac-escalation: a role whose subjects can give themselves any other.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const on_roles[] = { "bind", "escalate", NULL };
static const char *const roles[] = { "roles", "clusterroles", NULL };
static const char *const on_others[] = { "impersonate", NULL };
static const char *const others[] = { "users", "groups", "serviceaccounts",
				      NULL };
static const char *const extras[] = { "userextras", "uids", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "rbac.authorization.k8s.io", roles, on_roles },
	{ "", others, on_others },
	{ "authentication.k8s.io", extras, on_others },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.note = ": its subjects can give themselves any right",
	.unless_named = true,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
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
