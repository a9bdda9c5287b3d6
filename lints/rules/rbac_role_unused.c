/*
 * rbac-role-unused: rights that nobody has, and accounts that nobody uses.
 *
 * Roles that are summed up into others are used by their labels.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/subjects/rbac.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *key_of(struct lint_run *run, const char *kind,
			  const char *name_space, const char *name)
{
	return arena_printf(run->arena, "%s\n%s\n%s", kind, name_space, name);
}

static void use_bindings(struct lint_run *run, struct table *used)
{
	const struct group_kind *kind;
	size_t i;

	for (kind = lint_rbac_bindings; kind->kind; kind++) {
		const struct object_set *set =
			bundle_of_kind(run->bundle, kind->group, kind->kind);

		for (i = 0; set && i < set->objects.count; i++) {
			struct object *binding = set->objects.items[i];
			const struct value *ref =
				value_get(binding->root, "roleRef");
			const char *role =
				value_string_or(value_get(ref, "kind"), "");

			table_puts(used,
				   key_of(run, role,
					  strcmp(role, "Role") == 0
						  ? lint_namespace(run, binding)
						  : "",
					  value_string_or(
						  value_get(ref, "name"), "")),
				   binding);
		}
	}
}

static void use_accounts(struct lint_run *run, struct table *used)
{
	struct object *object;

	bundle_foreach (object, run->bundle) {
		const struct lint_workload *workload =
			lint_workload_of(run, object);
		const char *name =
			!workload
				? NULL
				: value_string(value_get(workload->pod.spec,
							 "serviceAccountName"));

		if (name)
			table_puts(used,
				   key_of(run, "ServiceAccount",
					  workload->name_space, name),
				   object);
	}
}

/* Labels such as rbac.authorization.k8s.io/aggregate-to-view. */
static bool is_aggregated(const struct object *role)
{
	const struct value_entry *label;

	value_foreach (label, value_at(role->root, "metadata.labels"))
		if (strstr(label->key, "aggregate-to"))
			return true;
	return false;
}

static void check_kind(struct lint_run *run, const struct table *used,
		       const char *group, const char *kind)
{
	const struct object_set *set = bundle_of_kind(run->bundle, group, kind);
	bool account = !*group;
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];

		if (lint_rbac_is_built_in(object->name) ||
		    (account && strcmp(object->name, "default") == 0) ||
		    is_aggregated(object) ||
		    table_gets(used,
			       key_of(run, kind, lint_namespace(run, object),
				      object->name)))
			continue;
		lint_report_in(run, object,
			       value_at(object->root, "metadata.name"),
			       "%s '%s' is %s", kind, object->name,
			       account ? "used by no pod of this set"
				       : "referenced by no binding of this "
					 "set");
		lint_at_key(run);
	}
}

static void check(struct lint_run *run)
{
	struct table used;

	table_init(&used, run->arena);
	use_bindings(run, &used);
	use_accounts(run, &used);
	check_kind(run, &used, "rbac.authorization.k8s.io", "Role");
	check_kind(run, &used, "rbac.authorization.k8s.io", "ClusterRole");
	check_kind(run, &used, "", "ServiceAccount");
}

const struct lint_rule lint_rbac_role_unused = {
	.name = "rbac-role-unused",
	.code = "PL6119",
	.group = LINT_RBAC,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary =
		"A role is bound to nobody, or an account is used by no pod.",
	.why = "It is forgotten, or the binding names another.",
	.fix = "Delete it, or bind it.",
	.check_bundle = check,
};
