/*
 * rbac-logs-delete: a role that removes traces.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "pods/log", "events", NULL };
static const char *const verbs[] = { "delete", "deletecollection", NULL };

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

const struct lint_rule lint_rbac_logs_delete = {
	.name = "rbac-logs-delete",
	.code = "PL6112",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A role may delete logs or events.",
	.why = "What happened can no longer be told.",
	.fix = "Drop it.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
