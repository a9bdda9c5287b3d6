/*
 * rbac-create-workloads: a role that starts pods.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const verbs[] = { "create", NULL };
static const char *const pods[] = { "pods", "replicationcontrollers", NULL };
static const char *const apps[] = { "deployments", "statefulsets",
				    "replicasets", "daemonsets", NULL };
static const char *const jobs[] = { "jobs", "cronjobs", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", pods, verbs },
	{ "apps", apps, verbs },
	{ "batch", jobs, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_create_workloads = {
	.name = "rbac-create-workloads",
	.code = "PL6102",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A role may create pods.",
	.why = "Whoever starts a pod can use every Secret and ServiceAccount "
	       "of the namespace.",
	.fix = "Drop it, or keep it to controllers.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
