/*
 * rbac-admin-equivalent: a role under another name that allows everything.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct object *role = lint_rbac_role_of(run, object);
	const char *subjects = lint_rbac_subjects(run, object);

	if (!role || !subjects || lint_rbac_is_built_in(role->name) ||
	    !lint_rbac_allows_all(role))
		return;
	lint_report(run, value_at(object->root, "roleRef.name"),
		    "role '%s' bound to %s is as strong as cluster-admin",
		    role->name, subjects);
}

const struct lint_rule lint_rbac_admin_equivalent = {
	.name = "rbac-admin-equivalent",
	.code = "PL6101",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role that is bound is as strong as cluster-admin.",
	.why = "Whoever gets hold of the subject owns the cluster, or the "
	       "namespace.",
	.fix = "List the resources and verbs it needs.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
