/*
 * rbac-cluster-admin: a binding gives all rights there are.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"

static bool is_masters(const struct value *subjects)
{
	const struct value *subject;

	list_foreach (subject, subjects)
		if (!value_equals_string(value_get(subject, "name"),
					 "system:masters"))
			return false;
	return true;
}

/* By its name, or by what it allows where no other rule says that. */
static bool is_admin(struct lint_run *run, const struct object *binding,
		     const struct value *ref)
{
	const struct object *role;

	if (value_equals_string(value_get(ref, "kind"), "ClusterRole") &&
	    value_equals_string(value_get(ref, "name"), "cluster-admin"))
		return true;
	if (lint_is_on(run, LINT_RULE_rbac_admin_equivalent))
		return false;
	role = lint_rbac_role_of(run, binding);
	return role && lint_rbac_allows_all(role);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ref = value_get(object->root, "roleRef");
	const struct value *name = value_get(ref, "name");
	const char *subjects = lint_rbac_subjects(run, object);
	const char *role = value_string_or(name, "");
	bool local = strcmp(object->kind, "RoleBinding") == 0;

	if (!subjects || !is_admin(run, object, ref) ||
	    lint_rbac_is_built_in(object->name) ||
	    is_masters(value_get(object->root, "subjects")))
		return;
	if (strcmp(role, "cluster-admin") != 0)
		role = arena_printf(run->arena,
				    "'%s', as strong as cluster-admin,", role);
	lint_report(run, name, "%s '%s' gives %s%s%s%s to %s", object->kind,
		    object->name, role, local ? " in namespace '" : "",
		    local ? lint_namespace(run, object) : "", local ? "'" : "",
		    subjects);
}

const struct lint_rule lint_rbac_cluster_admin = {
	.name = "rbac-cluster-admin",
	.code = "PL6001",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A binding gives cluster-admin.",
	.why = "Whoever gets hold of the subject owns the cluster, or the "
	       "namespace.",
	.fix = "Bind a role with the verbs it needs.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
