/*
 * rbac-endpoints-edit: a role that leads traffic elsewhere.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "endpoints", NULL };
static const char *const slices[] = { "endpointslices", NULL };
static const char *const verbs[] = { "create", "update", "patch", "delete",
				     NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", resources, verbs },
	{ "discovery.k8s.io", slices, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.note = " (CVE-2021-25740)",
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
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
