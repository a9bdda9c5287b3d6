/*
 * vpa-target-missing: a vertical autoscaler of nothing.
 */
#include "lints/lint.h"
#include "lints/subjects/targets.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_reference target = lint_target_of(run, object);

	if (!lint_dangles(run, &target))
		return;
	lint_report(run, value_get(lint_target_ref(object), "name"),
		    "targetRef %s/%s does not exist in namespace '%s'",
		    target.kind, target.name, target.name_space);
	lint_at_use(run);
	lint_help(run, "correct targetRef%s",
		  lint_did_you_mean(run, lint_near_name(run, &target)));
}

const struct lint_rule lint_vpa_target_missing = {
	.name = "vpa-target-missing",
	.code = "PL1118",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A VerticalPodAutoscaler refers to a workload that does "
		   "not exist.",
	.why = "No requests are ever set, and only its status says so.",
	.fix = "Correct targetRef.",
	.kinds = lint_vertical,
	.check_object = check,
};
