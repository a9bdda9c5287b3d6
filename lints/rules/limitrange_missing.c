/*
 * limitrange-missing: what a container gets that asks for nothing is not said.
 */
#include "lints/lint.h"
#include "lints/subjects/namespaces.h"

static const struct group_kind kinds[] = { { "", "Namespace" },
					   { NULL, NULL } };

static void check(struct lint_run *run)
{
	lint_namespaces_lacking(run, "LimitRange");
}

const struct lint_rule lint_limitrange_missing = {
	.name = "limitrange-missing",
	.code = "PL2112",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A namespace of the set has no LimitRange.",
	.why = "Containers without requests and limits run without any.",
	.fix = "Add a LimitRange.",
	.kinds = kinds,
	.check_bundle = check,
};
