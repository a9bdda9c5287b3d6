/*
 * rbac-webhook-write: a role that may change who checks requests.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "validatingwebhookconfigurations",
					 "mutatingwebhookconfigurations",
					 "validatingadmissionpolicies",
					 "validatingadmissionpolicybindings",
					 "mutatingadmissionpolicies",
					 "mutatingadmissionpolicybindings",
					 NULL };
static const char *const verbs[] = { "create", "update", "patch", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		if (value_count(value_get(rule, "resourceNames")))
			continue;
		allowed = lint_rbac_allowed(run, rule,
					    "admissionregistration.k8s.io",
					    resources, verbs);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' may change admission webhooks or "
				    "policies",
				    object->kind, object->name);
	}
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
