/*
 * rbac-pod-exec: a role that opens a shell in pods.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "pods/exec", "pods/attach", NULL };
static const char *const verbs[] = { "get", "create", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' allows %s: a shell in every pod",
				    object->kind, object->name, allowed);
	}
}

const struct lint_rule lint_rbac_pod_exec = {
	.name = "rbac-pod-exec",
	.code = "PL6103",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role allows exec or attach.",
	.why = "Whoever has it can become every ServiceAccount of the "
	       "namespace.",
	.fix = "Drop it, or keep it in a break-glass role.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
