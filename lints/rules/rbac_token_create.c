/*
 * rbac-token-create: a role that makes tokens of others.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"

static const char *const resources[] = { "serviceaccounts/token", NULL };
static const char *const verbs[] = { "create", NULL };

static const struct lint_rbac_grant grants[] = {
	{ "", resources, verbs },
	{ .group = NULL },
};

static const struct lint_rbac_power power = {
	.grants = grants,
	.says = "may mint tokens of any ServiceAccount",
	.unless_named = true,
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_rbac_report(run, object, &power);
}

const struct lint_rule lint_rbac_token_create = {
	.name = "rbac-token-create",
	.code = "PL6109",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role may create tokens of ServiceAccounts.",
	.why = "Its subjects can become any ServiceAccount, also those with "
	       "more rights.",
	.fix = "Restrict with resourceNames.",
	.kinds = lint_rbac_roles,
	.check_object = check,
};
