/*
 * rbac-token-create: a role that makes tokens of others.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"

static const char *const resources[] = { "serviceaccounts/token", NULL };
static const char *const verbs[] = { "create", NULL };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	list_foreach (rule, value_get(object->root, "rules")) {
		if (value_count(value_get(rule, "resourceNames")))
			continue;
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (allowed)
			lint_report(
				run, rule,
				"%s '%s' may mint tokens of any ServiceAccount",
				object->kind, object->name);
	}
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
