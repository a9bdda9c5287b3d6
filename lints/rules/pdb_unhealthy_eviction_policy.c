/*
 * pdb-unhealthy-eviction-policy: broken pods hold up a node drain.
 */
#include "lints/lint.h"
#include "lints/subjects/budgets.h"
#include "model/value.h"

enum {
	SINCE = 26,
	NEWEST = 99
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	if (value_is_map(spec) && lint_in(run, SINCE, NEWEST) &&
	    !value_get(spec, "unhealthyPodEvictionPolicy"))
		lint_report_absent(run, spec, "unhealthyPodEvictionPolicy",
				   "pods that never became healthy block node "
				   "drains");
}

const struct lint_rule lint_pdb_unhealthy_eviction_policy = {
	.name = "pdb-unhealthy-eviction-policy",
	.code = "PL1122",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A PodDisruptionBudget does not say what becomes of "
		   "unhealthy pods.",
	.why = "By default pods that crash may only be evicted when enough "
	       "others are healthy: one broken release blocks every drain.",
	.fix = "Set unhealthyPodEvictionPolicy: AlwaysAllow.",
	.kinds = lint_budgets,
	.check_object = check,
};
