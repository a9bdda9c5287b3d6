/*
 * rbac-subject-missing: rights for a ServiceAccount that is not there.
 *
 * Without a namespace the server refuses a ClusterRoleBinding; in a RoleBinding
 * its own is meant.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"

static void check_subject(struct lint_run *run, const struct value *subject,
			  size_t index)
{
	const struct value *name = value_get(subject, "name");
	const char *name_space =
		value_string_or(value_get(subject, "namespace"),
				strcmp(run->object->kind, "RoleBinding") == 0
					? lint_namespace(run, run->object)
					: "");
	struct lint_reference ref = { "", "ServiceAccount", name_space,
				      value_string_or(name, "") };

	if (!*ref.name)
		return;
	if (!*name_space) {
		lint_report_as(run, DIAG_ERROR, name,
			       "ServiceAccount '%s' has no namespace",
			       ref.name);
		lint_help(run, "add namespace to subjects[%zu]", index);
	} else if (lint_dangles(run, &ref)) {
		lint_report(run, name,
			    "ServiceAccount '%s' does not exist in namespace "
			    "'%s'",
			    ref.name, name_space);
		lint_at_use(run);
		lint_help(run, "correct subjects[%zu]%s", index,
			  lint_did_you_mean(run, lint_near_name(run, &ref)));
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *subject;

	list_foreach (subject, value_get(object->root, "subjects"))
		if (value_equals_string(value_get(subject, "kind"),
					"ServiceAccount"))
			check_subject(run, subject, subject_at);
}

const struct lint_rule lint_rbac_subject_missing = {
	.name = "rbac-subject-missing",
	.code = "PL6117",
	.group = LINT_RBAC,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A subject is a ServiceAccount that does not exist, or has "
		   "no namespace.",
	.why = "Nobody gets the rights.",
	.fix = "Correct the subject.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
