/*
 * rbac-csr-approve: a role that makes certificates for anybody.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const requests[] = { "certificatesigningrequests/approval",
					"certificatesigningrequests/status",
					NULL };
static const char *const signers[] = { "signers", NULL };
static const char *const on_requests[] = { "update", "patch", NULL };
static const char *const on_signers[] = { "approve", "sign", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "certificates.k8s.io", requests, on_requests },
	{ "certificates.k8s.io", signers, on_signers },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.says = "may approve or sign certificates",
	.unless_named = true,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
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
