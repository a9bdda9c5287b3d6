/*
 * rbac-webhook-write: a role that may change who checks requests.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "validatingwebhookconfigurations",
					 "mutatingwebhookconfigurations",
					 "validatingadmissionpolicies",
					 "validatingadmissionpolicybindings",
					 "mutatingadmissionpolicies",
					 "mutatingadmissionpolicybindings",
					 NULL };
static const char *const verbs[] = { "create", "update", "patch", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "admissionregistration.k8s.io", resources, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.says = "may change admission webhooks or policies",
	.unless_named = true,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_webhook_write = {
	.name = "rbac-webhook-write",
	.code = "PL6107",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role may write admission webhooks or policies.",
	.why = "Its subjects can read and change every request to the cluster.",
	.fix = "Drop it.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
