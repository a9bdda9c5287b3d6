/*
 * argo-workflow-unsafe: a workflow with the rights of all, or without an end.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct group_kind kinds[] = { { "argoproj.io", "Workflow" },
					   { "argoproj.io", "CronWorkflow" },
					   { "argoproj.io",
					     "WorkflowTemplate" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *account, *retry, *template;

	if (strcmp(object->kind, "CronWorkflow") == 0)
		spec = value_get(spec, "workflowSpec");
	if (!value_is_map(spec))
		return;
	account = value_get(spec, "serviceAccountName");
	if (!*value_string_or(account, "") ||
	    value_equals_string(account, "default")) {
		lint_report(run, account ? account : spec,
			    "%s '%s': it runs as the default ServiceAccount",
			    object->kind, object->name);
		lint_help(run, "set serviceAccountName");
	}
	if (value_is_null(value_get(spec, "activeDeadlineSeconds"))) {
		lint_report_absent(run, spec, "activeDeadlineSeconds",
				   "%s '%s': it has no deadline", object->kind,
				   object->name);
		lint_help(run, "set activeDeadlineSeconds");
	}
	list_foreach (template, value_get(spec, "templates")) {
		retry = value_get(template, "retryStrategy");
		if (!value_is_map(retry) || value_count(retry))
			continue;
		lint_report(run, retry,
			    "%s '%s': an empty retryStrategy retries for ever",
			    object->kind, object->name);
		lint_help(run, "set limit");
	}
}

const struct lint_rule lint_argo_workflow_unsafe = {
	.name = "argo-workflow-unsafe",
	.code = "PLX107",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A workflow has no account, no deadline or an empty "
		   "retryStrategy.",
	.why = "The default account is shared, and a workflow without a "
	       "deadline can run for ever.",
	.fix = "Set the field.",
	.kinds = kinds,
	.check_object = check,
};
