/*
 * rbac-role-missing: a binding refers to a role that does not exist.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"

/* Roles that the API server makes, for itself and for those it serves. */
static bool is_of_control_plane(const struct lint_reference *ref)
{
	return (strcmp(ref->name_space, "kube-system") == 0 ||
		strcmp(ref->name_space, "kube-public") == 0) &&
	       (strncmp(ref->name, "system:", 7) == 0 ||
		strcmp(ref->name,
		       "extension-apiserver-authentication-reader") == 0);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *role = value_get(object->root, "roleRef");
	const struct value *name = value_get(role, "name");
	const char *kind = value_string_or(value_get(role, "kind"), "");
	bool local = strcmp(kind, "Role") == 0;
	struct lint_reference ref = {
		"rbac.authorization.k8s.io",
		kind,
		local ? lint_namespace(run, object) : "",
		value_string_or(name, ""),
	};

	if (local ? is_of_control_plane(&ref) : lint_rbac_is_built_in(ref.name))
		return;
	if (!lint_dangles(run, &ref))
		return;
	lint_report(run, name, "roleRef %s '%s' does not exist", kind,
		    ref.name);
	lint_help_create(run, &ref);
}

const struct lint_rule lint_rbac_role_missing = {
	.name = "rbac-role-missing",
	.code = "PL6004",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A binding refers to a role that does not exist.",
	.why = "It gives no rights, and cannot be changed to another role "
	       "later.",
	.fix = "Create it or correct the name.",
	.kinds = lint_rbac_bindings,
	.check_object = check,
};
