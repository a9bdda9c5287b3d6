/*
 * priority-class-missing: nobody said how important the pods are.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	if (!value_get(pod->spec, "priorityClassName"))
		lint_report_absent(run, pod->spec, "priorityClassName",
				   "'%s' has no priorityClassName",
				   pod->object->name);
}

const struct lint_rule lint_priority_class_missing = {
	.name = "priority-class-missing",
	.code = "PL1137",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod has no priority class.",
	.why = "When nodes are full, it is chance which pods have to go.",
	.fix = "Set priorityClassName.",
	.check_pod = check,
};
