/*
 * required-annotation-missing: an annotation that the project wants on its
 * workloads.
 */
#include "lints/lint.h"
#include "lints/subjects/wanted.h"

/* Lists of the rows know no brackets: no character classes here. */
static const struct lint_param params[] = {
	LINT_WANTED_PARAMS("email",
			   "[(\\w|\\.|\\+|-)+@(\\w|-)+\\.(\\w|-|\\.)+]"),
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	lint_wanted(run, object, "annotations", "annotation");
}

const struct lint_rule lint_required_annotation_missing = {
	.name = "required-annotation-missing",
	.code = "PL8111",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A workload lacks an annotation that the project wants.",
	.why = "Who is to be asked about it cannot be told.",
	.fix = "Add the annotation.",
	.params = params,
	.check_object = check,
};
