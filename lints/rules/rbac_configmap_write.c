/*
 * rbac-configmap-write: a role that changes configuration.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "configmaps", NULL };
static const char *const verbs[] = { "create", "update", "patch", "delete",
				     NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (allowed)
			lint_report(run, rule, "%s '%s' allows %s",
				    object->kind, object->name, allowed);
	}
}

const struct lint_rule lint_rbac_configmap_write = {
	.name = "rbac-configmap-write",
	.code = "PL6110",
	.group = LINT_RBAC,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A role may write ConfigMaps.",
	.why = "Whoever writes them changes what programs do.",
	.fix = "Drop it, or limit it with resourceNames.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
