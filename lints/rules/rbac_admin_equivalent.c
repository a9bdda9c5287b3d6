/*
 * rbac-admin-equivalent: a role under another name that allows everything.
 */
#include "lints/lint.h"
#include "lints/rbac.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *const verbs[] = { "get",    "list",  "watch",  "create",
				     "update", "patch", "delete", NULL };

static bool has(const struct value *rule, const char *field, const char *word)
{
	const struct value *item;

	list_foreach (item, value_get(rule, field))
		if (value_equals_string(item, word))
			return true;
	return false;
}

/* All verbs of all resources of all groups. */
static bool allows_all(const struct object *role)
{
	const struct value *rule;
	size_t i;

	list_foreach (rule, value_get(role->root, "rules")) {
		if (!has(rule, "apiGroups", "*") ||
		    !has(rule, "resources", "*"))
			continue;
		for (i = 0;
		     verbs[i] && lint_rbac_lists(rule, "verbs", verbs[i]); i++)
			continue;
		if (!verbs[i])
			return true;
	}
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct object *role = lint_rbac_role_of(run, object);
	const char *subjects = lint_rbac_subjects(run, object);

	if (!role || !subjects || lint_rbac_is_built_in(role->name) ||
	    !allows_all(role))
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
