/*
 * pdb-min-available-too-high: as many have to stay as there are.
 */
#include "lints/lint.h"
#include "lints/subjects/budgets.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "equal", LINT_PARAM_BOOL, "true",
	  "As many as there are is too many as well." },
	{ "autoscaled", LINT_PARAM_BOOL, "false",
	  "Look only at workloads with an autoscaler that has a minimum." },
	{ .name = NULL }
};

static bool is_judged(struct lint_run *run, const struct object *target)
{
	const struct object *scaler = lint_scaler_of(run, target);

	return !lint_param_bool(run, "autoscaled") ||
	       (scaler && value_at(scaler->root, "spec.minReplicas"));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *min = value_at(object->root, "spec.minAvailable");
	struct lint_workloads covered;
	int64_t replicas, count, equal = lint_param_bool(run, "equal");
	size_t i;

	/* 100 % is what pdb-blocks-eviction is about, if it is on. */
	if (value_is_null(min) ||
	    (value_equals_string(min, "100%") &&
	     lint_is_on(run, LINT_RULE_pdb_blocks_eviction)))
		return;
	lint_budget_covers(run, object, &covered);
	for (i = 0; i < covered.count; i++) {
		const struct object *target = covered.items[i]->object;

		replicas = lint_replicas(run, target);
		if (!replicas || !lint_budget_count(min, replicas, &count) ||
		    count < replicas + !equal || !is_judged(run, target))
			continue;
		lint_report(run, min,
			    "minAvailable %lld is not below the %lld replicas "
			    "of %s '%s': node drains hang",
			    (long long)count, (long long)replicas, target->kind,
			    target->name);
		return;
	}
}

const struct lint_rule lint_pdb_min_available_too_high = {
	.name = "pdb-min-available-too-high",
	.code = "PL1014",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "minAvailable of a PodDisruptionBudget is not below the "
		   "number of replicas.",
	.why = "No pod may go then: draining a node waits for ever.",
	.fix = "Lower minAvailable, use maxUnavailable: 1, or add replicas.",
	.params = params,
	.kinds = lint_budgets,
	.check_object = check,
};
