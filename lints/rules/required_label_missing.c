/*
 * required-label-missing: a label that the project wants on its workloads.
 */
#include "lints/lint.h"
#include "lints/subjects/wanted.h"

static const struct lint_param params[] = { LINT_WANTED_PARAMS("owner", "[.*]"),
					    { .name = NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	lint_wanted(run, object, "labels", "label");
}

const struct lint_rule lint_required_label_missing = {
	.name = "required-label-missing",
	.code = "PL8110",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A workload lacks a label that the project wants.",
	.why = "Who is to be asked about it, or who pays, cannot be told.",
	.fix = "Add the label.",
	.params = params,
	.check_object = check,
};
