/*
 * pdb-overlap: two budgets for one pod.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/pods.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	struct lint_selecting_objects budgets;

	if (!lint_is_service(object, pod->spec))
		return;
	lint_selected_by(run, LINT_BY_BUDGET, lint_workload_of(run, object),
			 &budgets);
	/* Two of one name are duplicate-object's business. */
	if (budgets.count < 2 ||
	    strcmp(budgets.items[0]->name, budgets.items[1]->name) == 0)
		return;
	lint_report(run, value_at(object->root, "metadata.name"),
		    "%s '%s' is covered by two budgets, '%s' and '%s': the "
		    "eviction API then refuses every eviction",
		    object->kind, object->name, budgets.items[0]->name,
		    budgets.items[1]->name);
	lint_at_key(run);
	lint_related(run, value_at(budgets.items[1]->root, "metadata.name"),
		     "the second budget");
}

const struct lint_rule lint_pdb_overlap = {
	.name = "pdb-overlap",
	.code = "PL1124",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two PodDisruptionBudgets cover one workload.",
	.why = "The eviction API knows no such case and refuses every "
	       "eviction: node drains hang.",
	.fix = "Keep one budget per workload.",
	.check_pod = check,
};
