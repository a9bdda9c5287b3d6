/*
 * runtimeclass-unknown: a RuntimeClass that does not exist.
 */
#include "lints/lint.h"

#include "lints/reference.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "external", LINT_PARAM_TEXTS, "[]",
	  "Names that exist in the cluster." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *name = value_get(pod->spec, "runtimeClassName");
	struct lint_reference ref = { "node.k8s.io", "RuntimeClass", "",
				      value_string_or(name, "") };

	if (lint_param_lists(run, "external", ref.name) ||
	    !lint_dangles(run, &ref))
		return;
	lint_report(run, name,
		    "RuntimeClass '%s' is neither in this set nor listed as "
		    "external",
		    ref.name);
}

const struct lint_rule lint_runtimeclass_unknown = {
	.name = "runtimeclass-unknown",
	.code = "PL7113",
	.group = LINT_REFERENCES,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A pod names a RuntimeClass that is not here.",
	.why = "The pod is rejected when it is created.",
	.fix = "Create it or list it under lint.externals.",
	.params = params,
	.check_pod = check,
};
