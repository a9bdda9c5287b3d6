/*
 * priority-class-not-allowed: more important than the project allows.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "allowed", LINT_PARAM_TEXTS,
	  "[system-cluster-critical, system-node-critical]",
	  "The classes that pods may have." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *at = value_get(pod->spec, "priorityClassName");
	const char *name = value_string_or(at, "");

	if (*name && !lint_param_lists(run, "allowed", name))
		lint_report(run, at, "priorityClassName '%s' is not allowed",
			    name);
}

const struct lint_rule lint_priority_class_not_allowed = {
	.name = "priority-class-not-allowed",
	.code = "PL1138",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod has a priority class that is not in the list.",
	.why = "Pods of a higher class push others off their nodes.",
	.fix = "Use a class of the list, or add it there.",
	.params = params,
	.check_pod = check,
};
