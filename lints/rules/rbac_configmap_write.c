/*
 * rbac-configmap-write: a role that changes configuration.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "configmaps", NULL };
static const char *const verbs[] = { "create", "update", "patch", "delete",
				     NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", resources, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
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
