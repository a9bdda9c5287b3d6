/*
 * instance-label-mismatch: an instance that is called otherwise.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct lint_param params[] = {
	{ "required", LINT_PARAM_BOOL, "false",
	  "Whether the label has to be there." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *labels = value_get(metadata, "labels");
	const struct value *label =
		value_get(labels, "app.kubernetes.io/instance");
	const char *text = value_string(label);

	if (text && strcmp(text, object->name) != 0)
		lint_report(run, label,
			    "instance '%s' is not the name of %s '%s'", text,
			    object->kind, object->name);
	if (!label && lint_param_bool(run, "required"))
		lint_report_absent(run, labels ? labels : metadata,
				   labels ? "app.kubernetes.io/instance"
					  : "labels",
				   "%s '%s' has no label "
				   "app.kubernetes.io/instance",
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
	.params = params,
	.check_pod = check,
};
