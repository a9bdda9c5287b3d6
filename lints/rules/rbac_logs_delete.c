/*
 * rbac-logs-delete: a role that removes traces.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "pods/log", "events", NULL };
static const char *const verbs[] = { "delete", "deletecollection", NULL };

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
