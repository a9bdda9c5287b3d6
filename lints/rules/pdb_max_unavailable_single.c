/*
 * pdb-max-unavailable-single: a budget that lets all pods go.
 */
#include "lints/lint.h"
#include "lints/subjects/budgets.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *max = value_at(object->root, "spec.maxUnavailable");
	struct lint_workloads covered;
	int64_t replicas, count;
	size_t i;

	if (value_is_null(max))
		return;
	lint_budget_covers(run, object, &covered);
	/* A budget over several workloads protects them together. */
	for (i = 0; covered.count == 1 && i < covered.count; i++) {
		const struct object *target = covered.items[i]->object;

		replicas = lint_replicas(run, target);
		if (!replicas || !lint_budget_count(max, replicas, &count) ||
		    count < replicas)
			continue;
		lint_report(run, max,
			    "maxUnavailable %lld is not below the %lld "
			    "replica(s) of %s '%s': the budget protects "
			    "nothing",
			    (long long)count, (long long)replicas, target->kind,
			    target->name);
	}
}

const struct lint_rule lint_pdb_max_unavailable_single = {
	.name = "pdb-max-unavailable-single",
	.code = "PL1121",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "maxUnavailable of a PodDisruptionBudget is not below the "
		   "number of replicas.",
	.why = "All pods may go at once, as if there were no budget.",
	.fix = "Lower maxUnavailable or add replicas.",
	.kinds = lint_budgets,
	.check_object = check,
};
