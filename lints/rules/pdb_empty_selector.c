/*
 * pdb-empty-selector: a budget for all pods of a namespace, or for none.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/budgets.h"
#include "lints/subjects/selector.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *value = value_get(spec, "selector");
	struct lint_selector selector = lint_selector_of(value);

	if (!value_is_map(spec))
		return;
	if (value_is_null(value))
		lint_report_absent(run, spec, "selector",
				   "'%s' has no selector: it covers no pod",
				   object->name);
	else if (value_is_map(value) && lint_selector_is_empty(&selector))
		lint_report(run, value, "the empty selector of '%s' covers %s",
			    object->name,
			    strcmp(object->version, "v1beta1") == 0
				    ? "no pod"
				    : "every pod of the namespace");
}

const struct lint_rule lint_pdb_empty_selector = {
	.name = "pdb-empty-selector",
	.code = "PL1125",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A PodDisruptionBudget has no selector, or an empty one.",
	.why = "An empty selector means all pods in policy/v1 and none in "
	       "v1beta1; an absent one means none.",
	.fix = "Select the labels of one workload.",
	.kinds = lint_budgets,
	.check_object = check,
};
