/*
 * tekton-bundle-not-pinned: a task that may become another one.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "tekton.dev", "Pipeline" },
					   { "tekton.dev", "PipelineRun" },
					   { "tekton.dev", "TaskRun" },
					   { NULL, NULL } };

static bool is_commit(const char *text)
{
	return strlen(text) == 40 && strspn(text, "0123456789abcdef") == 40;
}

static void report(struct lint_run *run, const struct value *at,
		   const char *field, const char *help)
{
	lint_report(run, at, "%s '%s' is not pinned", field, value_string(at));
	lint_help(run, "%s", help);
}

static void check_ref(struct lint_run *run, const struct value *ref)
{
	const struct value *bundle = value_get(ref, "bundle"), *param;
	bool git = value_equals_string(value_get(ref, "resolver"), "git");

	if (value_is_string(bundle) && !strchr(value_string(bundle), '@'))
		report(run, bundle, "bundle", "pin the digest");
	list_foreach (param, value_get(ref, "params")) {
		const struct value *name = value_get(param, "name");
		const struct value *value = value_get(param, "value");

		if (!value_is_string(value) || strchr(value_string(value), '$'))
			continue;
		if (value_equals_string(name, "bundle") &&
		    !strchr(value_string(value), '@'))
			report(run, value, "bundle", "pin the digest");
		else if (git && value_equals_string(name, "revision") &&
			 !is_commit(value_string(value)))
			report(run, value, "revision", "pin the commit");
	}
}

static void check_tasks(struct lint_run *run, const struct value *tasks)
{
	const struct value *task;

	list_foreach (task, tasks)
		check_ref(run, value_get(task, "taskRef"));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	check_ref(run, value_get(spec, "taskRef"));
	check_ref(run, value_get(spec, "pipelineRef"));
	check_tasks(run, value_get(spec, "tasks"));
	check_tasks(run, value_get(spec, "finally"));
	check_tasks(run, value_at(spec, "pipelineSpec.tasks"));
}

const struct lint_rule lint_tekton_bundle_not_pinned = {
	.name = "tekton-bundle-not-pinned",
	.code = "PLX126",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A reference to a bundle or to a remote task is not "
		   "pinned.",
	.why = "What runs in the pipeline changes without a change here.",
	.fix = "Pin the digest.",
	.kinds = kinds,
	.check_object = check,
};
