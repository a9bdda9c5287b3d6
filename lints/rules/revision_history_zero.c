/*
 * revision-history-zero: there is nothing to roll back to.
 */
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *limit =
		value_at(pod->object->root, "spec.revisionHistoryLimit");

	if (value_equals_int(limit, 0))
		lint_report(run, limit,
			    "revisionHistoryLimit 0: no roll-back is possible");
}

const struct lint_rule lint_revision_history_zero = {
	.name = "revision-history-zero",
	.code = "PL1130",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "No old revisions are kept.",
	.why = "After a bad rollout there is nothing to go back to.",
	.fix = "Keep at least 1.",
	.check_pod = check,
};
