/*
 * instance-label-mismatch: an instance that is called otherwise.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *label =
		value_at(object->root, "metadata.labels"
				       "[\"app.kubernetes.io/instance\"]");
	const char *text = value_string(label);

	if (text && strcmp(text, object->name) != 0)
		lint_report(run, label,
			    "instance '%s' is not the name of %s '%s'", text,
			    object->kind, object->name);
}

const struct lint_rule lint_instance_label_mismatch = {
	.name = "instance-label-mismatch",
	.code = "PL8114",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "The label app.kubernetes.io/instance is not the name of "
		   "the object.",
	.why = "Tools that go by the label find another object.",
	.fix = "Make them agree.",
	.check_pod = check,
};
