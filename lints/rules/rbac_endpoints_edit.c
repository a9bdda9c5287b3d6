/*
 * rbac-endpoints-edit: a role that leads traffic elsewhere.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "endpoints", NULL };
static const char *const slices[] = { "endpointslices", NULL };
static const char *const verbs[] = { "create", "update", "patch", "delete",
				     NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (!allowed)
			allowed = lint_rbac_allowed(
				run, rule, "discovery.k8s.io", slices, verbs);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' allows %s (CVE-2021-25740)",
				    object->kind, object->name, allowed);
	}
}

const struct lint_rule lint_rbac_endpoints_edit = {
	.name = "rbac-endpoints-edit",
	.code = "PL6113",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A role may write Endpoints.",
	.why = "Their subjects can send the traffic of a Service to any "
	       "address (CVE-2021-25740).",
	.fix = "Drop it.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
