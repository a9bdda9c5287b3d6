/*
 * rbac-service-status-write: a role that says where a load balancer is.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "services/status", NULL };
static const char *const verbs[] = { "update", "patch", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", resources, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.note = " (CVE-2020-8554)",
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_service_status_write = {
	.name = "rbac-service-status-write",
	.code = "PL6120",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A role may write the status of Services.",
	.why = "Its subjects can take over traffic for an address they choose "
	       "(CVE-2020-8554).",
	.fix = "Drop it.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
