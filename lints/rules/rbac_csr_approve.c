/*
 * rbac-csr-approve: a role that makes certificates for anybody.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const requests[] = { "certificatesigningrequests/approval",
					"certificatesigningrequests/status",
					NULL };
static const char *const signers[] = { "signers", NULL };
static const char *const on_requests[] = { "update", "patch", NULL };
static const char *const on_signers[] = { "approve", "sign", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;

	list_foreach (rule, value_get(object->root, "rules")) {
		if (value_count(value_get(rule, "resourceNames")))
			continue;
		if (lint_rbac_allowed(run, rule, "certificates.k8s.io",
				      requests, on_requests) ||
		    lint_rbac_allowed(run, rule, "certificates.k8s.io", signers,
				      on_signers))
			lint_report(run, rule,
				    "%s '%s' may approve or sign certificates",
				    object->kind, object->name);
	}
}

const struct lint_rule lint_rbac_csr_approve = {
	.name = "rbac-csr-approve",
	.code = "PL6108",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role may approve or sign certificates.",
	.why = "A signed certificate can say that its holder is anybody.",
	.fix = "Restrict with resourceNames to one signer.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
