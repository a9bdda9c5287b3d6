/*
 * networkpolicy-type-mismatch: rules for a direction that the policy is not
 * about.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "networking.k8s.io",
					     "NetworkPolicy" },
					   { "extensions", "NetworkPolicy" },
					   { NULL, NULL } };

static bool lists(const struct value *types, const char *type)
{
	const struct value *item;

	list_foreach (item, types)
		if (value_equals_string(item, type))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const directions[][2] = { { "ingress", "Ingress" },
						     { "egress", "Egress" } };
	const struct value *spec = value_get(object->root, "spec");
	const struct value *types = value_get(spec, "policyTypes");
	size_t i;

	if (!value_count(types))
		return;
	for (i = 0; i < ARRAY_COUNT(directions); i++) {
		const struct value *rules = value_get(spec, directions[i][0]);

		if (!value_count(rules) || lists(types, directions[i][1]))
			continue;
		lint_report(run, rules,
			    "%s rules are ignored: policyTypes lacks %s",
			    directions[i][0], directions[i][1]);
		lint_help(run, "add %s to policyTypes", directions[i][1]);
	}
}

const struct lint_rule lint_networkpolicy_type_mismatch = {
	.name = "networkpolicy-type-mismatch",
	.code = "PL5133",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A NetworkPolicy has rules for a direction that policyTypes "
		   "leaves out.",
	.why = "The rules are ignored.",
	.fix = "Add the direction to policyTypes.",
	.kinds = kinds,
	.check_object = check,
};
