/*
 * rbac-masters-subject: the group that no rule can stop.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/rbac.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *subject;

	/* The cluster's own binding. */
	if (strcmp(object->name, "cluster-admin") == 0)
		return;
	list_foreach (subject, value_get(object->root, "subjects"))
		if (value_equals_string(value_get(subject, "name"),
					"system:masters"))
			lint_report(run, value_get(subject, "name"),
				    "subject system:masters bypasses "
				    "authorization");
}

const struct lint_rule lint_rbac_masters_subject = {
	.name = "rbac-masters-subject",
	.code = "PL6115",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A subject is the group system:masters.",
	.why = "It bypasses authorization, so that the binding changes nothing "
	       "and no change of it takes rights away.",
	.fix = "Bind cluster-admin to a named group.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
