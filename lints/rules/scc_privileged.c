/*
 * scc-privileged: an OpenShift policy that allows everything.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "security.openshift.io",
					     "SecurityContextConstraints" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *flag =
		value_get(object->root, "allowPrivilegedContainer");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "SecurityContextConstraints '%s' allows privileged "
			    "containers",
			    object->name);
}

const struct lint_rule lint_scc_privileged = {
	.name = "scc-privileged",
	.code = "PL3142",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "SecurityContextConstraints allow privileged containers.",
	.why = "Whoever may use it owns the nodes.",
	.fix = "Set allowPrivilegedContainer: false.",
	.kinds = kinds,
	.check_object = check,
};
