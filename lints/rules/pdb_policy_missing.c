/*
 * pdb-policy-missing: a budget that says nothing, or two things.
 */
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "policy", "PodDisruptionBudget" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *min = value_get(spec, "minAvailable");
	const struct value *max = value_get(spec, "maxUnavailable");

	if (value_is_null(min) && value_is_null(max))
		lint_report_absent(run, spec ? spec : object->root,
				   spec ? "maxUnavailable"
					: "spec.maxUnavailable",
				   "PodDisruptionBudget '%s' has neither of "
				   "minAvailable and maxUnavailable",
				   object->name);
	else if (!value_is_null(min) && !value_is_null(max))
		lint_report(run, min,
			    "PodDisruptionBudget '%s' has both of minAvailable "
			    "and maxUnavailable",
			    object->name);
}

const struct lint_rule lint_pdb_policy_missing = {
	.name = "pdb-policy-missing",
	.code = "PL1012",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A PodDisruptionBudget has not exactly one of minAvailable "
		   "and maxUnavailable.",
	.why = "With neither it protects nothing; with both the API server "
	       "rejects it.",
	.fix = "Set exactly one, usually maxUnavailable: 1.",
	.kinds = kinds,
	.check_object = check,
};
