/*
 * rbac-service-status-write: a role that says where a load balancer is.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "services/status", NULL };
static const char *const verbs[] = { "update", "patch", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' allows %s (CVE-2020-8554)",
				    object->kind, object->name, allowed);
	}
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
