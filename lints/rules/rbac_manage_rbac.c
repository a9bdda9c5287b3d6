/*
 * rbac-manage-rbac: a role that may change roles.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "roles", "rolebindings",
					 "clusterroles", "clusterrolebindings",
					 NULL };
static const char *const verbs[] = { "create", "update",           "patch",
				     "delete", "deletecollection", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		if (value_count(value_get(rule, "resourceNames")))
			continue;
		allowed = lint_rbac_allowed(run, rule,
					    "rbac.authorization.k8s.io",
					    resources, verbs);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' may write roles or bindings",
				    object->kind, object->name);
	}
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
