/*
 * hpa-target-missing: an autoscaler of nothing.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/targets.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_reference target = lint_target_of(run, object);
	const char *near;

	/* Another kind of that name is hpa-target-kind-mismatch's business. */
	if (lint_target_named(run, object) &&
	    lint_is_on(run, LINT_RULE_hpa_target_kind_mismatch))
		return;
	/* Old groups of a kind are one kind to the server. */
	if (strcmp(target.group, "extensions") == 0)
		target.group = "apps";
	if (!lint_dangles(run, &target))
		return;
	lint_report(run, value_get(lint_target_ref(object), "name"),
		    "scaleTargetRef %s/%s does not exist in namespace '%s'",
		    target.kind, target.name, target.name_space);
	lint_at_use(run);
	near = lint_near_name(run, &target);
	if (near)
		lint_help(run, "correct scaleTargetRef (did you mean '%s'?)",
			  near);
}

const struct lint_rule lint_hpa_target_missing = {
	.name = "hpa-target-missing",
	.code = "PL1010",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "An autoscaler refers to a workload that does not exist.",
	.why = "Nothing is scaled, and only the autoscaler's status says so.",
	.fix = "Correct scaleTargetRef.",
	.kinds = lint_scalers,
	.check_object = check,
};
