/*
 * pdb-missing: a node drain may stop all replicas at once.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "minReplicas", LINT_PARAM_INT, "2",
	  "The number of replicas from which a budget is wanted." },
	{ "unset", LINT_PARAM_INT, "1",
	  "Replicas of a workload that says none and that nothing scales." },
	{ "kinds", LINT_PARAM_TEXTS, "[Deployment, StatefulSet]",
	  "The kinds that are checked." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	struct lint_selecting_objects budgets;
	int64_t count;

	if (!lint_is_kind_of(object, lint_param_texts(run, "kinds")) ||
	    lint_is_test(object) || lint_is_parked(run, object))
		return;
	count = lint_replicas_or(run, object, lint_param_int(run, "unset"));
	if (count < lint_param_int(run, "minReplicas"))
		return;
	lint_selected_by(run, LINT_BY_BUDGET, lint_workload_of(run, object),
			 &budgets);
	if (budgets.count)
		return;
	lint_report(run, value_at(object->root, "metadata.name"),
		    "%s '%s' runs %lld replicas but no PodDisruptionBudget "
		    "covers it: a node drain may stop all of them",
		    object->kind, object->name, (long long)count);
	lint_at_key(run);
}

const struct lint_rule lint_pdb_missing = {
	.name = "pdb-missing",
	.code = "PL1011",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "No PodDisruptionBudget covers a workload of several "
		   "replicas.",
	.why = "Node drains evict pods one node after the other without "
	       "waiting for replacements, unless a budget says how many have "
	       "to stay.",
	.fix = "Add a PodDisruptionBudget with maxUnavailable: 1 for these "
	       "labels.",
	.params = params,
	.check_pod = check,
};
