/*
 * rbac-network-write: a role that leads or opens traffic.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const core[] = { "services", NULL };
static const char *const others[] = { "ingresses", "networkpolicies", NULL };
static const char *const verbs[] = { "create", "update", "patch", "delete",
				     NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", core, verbs },
	{ "networking.k8s.io", others, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_network_write = {
	.name = "rbac-network-write",
	.code = "PL6111",
	.group = LINT_RBAC,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A role may write Services, Ingresses or NetworkPolicies.",
	.why = "Its subjects can lead traffic to themselves or open what is "
	       "closed.",
	.fix = "Drop it, or limit it with resourceNames.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
