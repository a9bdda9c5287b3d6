/*
 * rbac-manage-rbac: a role that may change roles.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "roles", "rolebindings",
					 "clusterroles", "clusterrolebindings",
					 NULL };
static const char *const verbs[] = { "create", "update",           "patch",
				     "delete", "deletecollection", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "rbac.authorization.k8s.io", resources, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.says = "may write roles or bindings",
	.unless_named = true,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_manage_rbac = {
	.name = "rbac-manage-rbac",
	.code = "PL6105",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role may write roles or bindings.",
	.why = "Its subjects can widen the rights of others as far as their "
	       "own go.",
	.fix = "Drop it, or limit it with resourceNames.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
