/*
 * rbac-default-sa-subject: rights for every pod that names no
 * ServiceAccount.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *subject;

	list_foreach (subject, value_get(object->root, "subjects")) {
		const struct value *name = value_get(subject, "name");

		if (!value_equals_string(name, "default") ||
		    !value_equals_string(value_get(subject, "kind"),
					 "ServiceAccount"))
			continue;
		lint_report(run, name,
			    "rights for the default ServiceAccount reach every "
			    "pod of '%s' that names none",
			    value_string_or(value_get(subject, "namespace"),
					    lint_namespace(run, object)));
	}
}

const struct lint_rule lint_rbac_default_sa_subject = {
	.name = "rbac-default-sa-subject",
	.code = "PL6116",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A subject is a default ServiceAccount.",
	.why = "Every pod of the namespace that names none has these rights.",
	.fix = "Create a ServiceAccount for this workload.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
