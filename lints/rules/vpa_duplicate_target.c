/*
 * vpa-duplicate-target: two vertical autoscalers of one workload.
 */
#include "lints/lint.h"
#include "lints/subjects/targets.h"

static void check(struct lint_run *run)
{
	lint_targets_shared(run, lint_vertical, "targets", "");
}

const struct lint_rule lint_vpa_duplicate_target = {
	.name = "vpa-duplicate-target",
	.code = "PL1119",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Two VerticalPodAutoscalers target one workload.",
	.why = "Which of them sets the requests is not defined.",
	.fix = "Keep one.",
	.kinds = lint_vertical,
	.check_bundle = check,
};
