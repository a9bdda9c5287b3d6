/*
 * pdb-dangling: a budget that covers nothing.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "policy", "PodDisruptionBudget" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *value = value_at(object->root, "spec.selector");
	struct lint_selector selector = lint_selector_of(value);
	const char *name_space = lint_namespace(run, object);
	struct lint_workloads matched;

	if (lint_selector_is_empty(&selector) ||
	    !lint_workloads_in(run, name_space)->count)
		return;
	lint_select(run, name_space, &selector, &matched);
	/* What makes pods of a custom resource gives them labels of its own. */
	if (!matched.count && !lint_has_hidden_pods(run, name_space))
		lint_report(run, value,
			    "selector of '%s' matches no pod template in "
			    "namespace '%s'",
			    object->name, name_space);
}

const struct lint_rule lint_pdb_dangling = {
	.name = "pdb-dangling",
	.code = "PL1123",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "The selector of a PodDisruptionBudget matches no pod "
		   "template.",
	.why = "The pods that it was written for are not covered.",
	.fix = "Copy the labels of the workload's template.",
	.kinds = kinds,
	.check_object = check,
};
