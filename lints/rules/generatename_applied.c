/*
 * generatename-applied: a name that is made anew at each apply.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

/* They are created for each run, not applied. */
static const char *const runs[] = { "Workflow", "PipelineRun", "TaskRun" };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *made = value_get(metadata, "generateName");
	size_t i;

	if (!made || *object->name)
		return;
	for (i = 0; i < ARRAY_COUNT(runs); i++)
		if (strcmp(object->kind, runs[i]) == 0)
			return;
	lint_report(run, made,
		    "generateName creates a new object at every apply");
}

const struct lint_rule lint_generatename_applied = {
	.name = "generatename-applied",
	.code = "PL8116",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "An object has generateName and no name.",
	.why = "Every apply creates another object, and none is ever updated "
	       "or removed.",
	.fix = "Use metadata.name.",
	.check_object = check,
};
