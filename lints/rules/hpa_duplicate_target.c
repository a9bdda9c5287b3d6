/*
 * hpa-duplicate-target: two autoscalers of one workload.
 */
#include "lints/lint.h"
#include "lints/subjects/targets.h"

static void check(struct lint_run *run)
{
	lint_targets_shared(run, lint_scalers, "scales",
			    ": the autoscalers fight");
}

const struct lint_rule lint_hpa_duplicate_target = {
	.name = "hpa-duplicate-target",
	.code = "PL1115",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two autoscalers scale one workload.",
	.why = "Each undoes what the other decided, and pods come and go.",
	.fix = "Keep one.",
	.kinds = lint_scalers,
	.check_bundle = check,
};
