/*
 * rbac-nodes-proxy: a role that reaches the kubelets.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "nodes/proxy", "nodes/*", NULL };
static const char *const verbs[] = { "get",   "create", "update",
				     "patch", "delete", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", resources, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.says = "allows nodes/proxy: commands on every kubelet",
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_nodes_proxy = {
	.name = "rbac-nodes-proxy",
	.code = "PL6106",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role allows nodes/proxy.",
	.why = "Its subjects run commands in every pod of every node, past "
	       "audit and admission.",
	.fix = "Use nodes/metrics, nodes/stats or nodes/log.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
