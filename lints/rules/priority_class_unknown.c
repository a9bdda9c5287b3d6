/*
 * priority-class-unknown: a PriorityClass that does not exist.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/reference.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "external", LINT_PARAM_TEXTS, "[]",
	  "Names that exist in the cluster." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *at = value_get(pod->spec, "priorityClassName");
	struct lint_reference ref = { "scheduling.k8s.io", "PriorityClass", "",
				      value_string_or(at, "") };

	if (strncmp(ref.name, "system-", strlen("system-")) == 0 ||
	    lint_param_lists(run, "external", ref.name) ||
	    !lint_dangles(run, &ref))
		return;
	lint_report(run, at,
		    "priorityClassName '%s' is neither in this set nor built "
		    "in",
		    ref.name);
}

const struct lint_rule lint_priority_class_unknown = {
	.name = "priority-class-unknown",
	.code = "PL1139",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod names a PriorityClass that is not here.",
	.why = "The pod is rejected when it is created.",
	.fix = "Create the PriorityClass or list it under lint.externals.",
	.params = params,
	.check_pod = check,
};
