/*
 * rbac-pod-exec: a role that opens a shell in pods.
 */
#include "lints/lint.h"
#include "lints/subjects/rbac.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "rbac.authorization.k8s.io", "Role" },
	{ "rbac.authorization.k8s.io", "ClusterRole" },
	{ "rbac.authorization.k8s.io", "RoleBinding" },
	{ "rbac.authorization.k8s.io", "ClusterRoleBinding" },
	{ NULL, NULL }
};

static const char *const resources[] = { "pods/exec", "pods/attach", NULL };
static const char *const verbs[] = { "get", "create", NULL };

static const struct lint_param params[] = {
	{ "bindings", LINT_PARAM_BOOL, "false",
	  "Report each binding of such a role as well." },
	{ .name = NULL }
};

/* Built-in bindings are exempt; a role that is called like one is not. */
static void check_binding(struct lint_run *run, const struct object *object)
{
	const struct value *name = value_at(object->root, "roleRef.name");
	const struct object *role = lint_rbac_role_of(run, object);
	const struct value *rule;
	const char *allowed;

	if (!role || !lint_param_bool(run, "bindings"))
		return;
	list_foreach (rule, value_get(role->root, "rules")) {
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (!allowed)
			continue;
		lint_report(run, name, "%s '%s' binds '%s', which allows %s",
			    object->kind, object->name, role->name, allowed);
		return;
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *rule;
	const char *allowed;

	if (object_is_one_of(object, lint_rbac_bindings)) {
		check_binding(run, object);
		return;
	}
	list_foreach (rule, value_get(object->root, "rules")) {
		allowed = lint_rbac_allowed(run, rule, "", resources, verbs);
		if (allowed)
			lint_report(run, rule,
				    "%s '%s' allows %s: a shell in every pod",
				    object->kind, object->name, allowed);
	}
}

const struct lint_rule lint_rbac_pod_exec = {
	.name = "rbac-pod-exec",
	.code = "PL6103",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A role allows exec or attach.",
	.why = "Whoever has it can become every ServiceAccount of the "
	       "namespace.",
	.fix = "Drop it, or keep it in a break-glass role.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
