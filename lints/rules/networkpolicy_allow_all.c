/*
 * networkpolicy-allow-all: a rule that leaves nothing out.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "networking.k8s.io",
					     "NetworkPolicy" },
					   { "extensions", "NetworkPolicy" },
					   { NULL, NULL } };

static bool is_everyone(const struct value *rule)
{
	const struct value *peer;

	if (!value_count(rule))
		return value_is_map(rule);
	list_foreach (peer, value_get(rule, "from")) {
		const struct value *block = value_get(peer, "ipBlock");
		const char *cidr =
			value_string_or(value_get(block, "cidr"), "");

		if ((strcmp(cidr, "0.0.0.0/0") == 0 ||
		     strcmp(cidr, "::/0") == 0) &&
		    !value_count(value_get(block, "except")))
			return true;
	}
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;

	list_foreach (rule, value_at(object->root, "spec.ingress"))
		if (is_everyone(rule))
			lint_report(run, rule, "rule %zu allows every peer",
				    rule_at);
}

const struct lint_rule lint_networkpolicy_allow_all = {
	.name = "networkpolicy-allow-all",
	.code = "PL5130",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A rule of a NetworkPolicy allows every peer.",
	.why = "The policy restricts nothing in that direction.",
	.fix = "Name the peers, or drop the policy.",
	.kinds = kinds,
	.check_object = check,
};
