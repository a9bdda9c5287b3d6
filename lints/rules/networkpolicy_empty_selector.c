/*
 * networkpolicy-empty-selector: policies for all pods of a namespace.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "allow", LINT_PARAM_PATTERNS, "[^default-]",
	  "Patterns over names of policies that may." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = {
	{ "networking.k8s.io", "NetworkPolicy" }, { NULL, NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *value = value_at(object->root, "spec.podSelector");
	struct lint_selector selector = lint_selector_of(value);

	if (value_is_map(value) && lint_selector_is_empty(&selector) &&
	    !lint_param_matches(run, "allow", object->name))
		lint_report(run, value,
			    "NetworkPolicy '%s' selects all pods of '%s'",
			    object->name, lint_namespace(run, object));
}

const struct lint_rule lint_networkpolicy_empty_selector = {
	.name = "networkpolicy-empty-selector",
	.code = "PL5132",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A NetworkPolicy is for all pods of its namespace.",
	.why = "It changes what every workload may do, also of others.",
	.fix = "Select pods, or list the name of the policy.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
