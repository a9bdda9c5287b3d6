/*
 * rbac-secrets-access: a binding lets its subjects read or write Secrets.
 *
 * Reported of the binding, because a role that nobody has does nothing, and at
 * the rule of the role, which is to be restricted: one that names the Secrets
 * it is for is what is asked for.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/subjects/rbac.h"
#include "lints/subjects/selector.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "verbs", LINT_PARAM_TEXTS, "[get, list, watch, create, delete]",
	  "Verbs that are reported; * always is." },
	{ "flagRolesNotFound", LINT_PARAM_BOOL, "false",
	  "Also report bindings of roles that are not here." },
	{ .name = NULL }
};

/* ClusterRoles by each of their labels. */
struct roles {
	struct table by_label; /* "key\nvalue" to struct object_set */
};

static void index_role(struct lint_run *run, struct roles *roles,
		       struct object *role)
{
	const struct value_entry *label;

	value_foreach (label, value_at(role->root, "metadata.labels")) {
		const char *key =
			arena_printf(run->arena, "%s\n%s", label->key,
				     value_string_or(label->value, ""));
		struct object_set *set = table_gets(&roles->by_label, key);

		if (!set) {
			set = arena_zalloc(run->arena, sizeof(*set));
			table_puts(&roles->by_label, key, set);
		}
		vec_push(run->arena, &set->objects, role);
	}
}

/* `*at`: the rule that gives them. */
static const char *verbs_of(struct lint_run *run, const struct object *role,
			    const struct value **at)
{
	const char *const *verbs = lint_param_texts(run, "verbs");
	const struct value *rule;

	list_foreach (rule, value_get(role->root, "rules"))
		if (lint_rbac_covers(rule, "", "secrets") &&
		    !value_count(value_get(rule, "resourceNames")) &&
		    lint_rbac_verbs(run, rule, verbs)) {
			*at = rule;
			return lint_rbac_verbs(run, rule, verbs);
		}
	return NULL;
}

/* Its own rules, and those of the roles it is made of. */
static const char *effective(struct lint_run *run, const struct roles *roles,
			     const struct object *role, const struct value **at)
{
	const char *found = verbs_of(run, role, at);
	const struct value *item;

	list_foreach (item, value_at(role->root,
				     "aggregationRule.clusterRoleSelectors")) {
		struct lint_selector selector = lint_selector_of(item);
		const struct value_entry *first =
			value_entry_at(selector.labels, 0);
		const struct object_set *set =
			first ? table_gets(
					&roles->by_label,
					arena_printf(run->arena, "%s\n%s",
						     first->key,
						     value_string_or(
							     first->value, "")))
			      : NULL;
		size_t i;

		for (i = 0; !found && set && i < set->objects.count; i++)
			if (lint_selector_matches(
				    &selector,
				    value_at(set->objects.items[i]->root,
					     "metadata.labels")))
				found = verbs_of(run, set->objects.items[i],
						 at);
	}
	return found;
}

static void check_binding(struct lint_run *run, const struct roles *roles,
			  const struct object *binding)
{
	const struct value *name = value_at(binding->root, "roleRef.name");
	const struct object *role = lint_rbac_role_of(run, binding);
	const char *subjects = lint_rbac_subjects(run, binding);
	const struct value *at = NULL;
	const char *verbs;

	if (!subjects || !name)
		return;
	verbs = role ? effective(run, roles, role, &at) : NULL;
	if (!role && lint_param_bool(run, "flagRolesNotFound") &&
	    !lint_rbac_is_built_in(value_string_or(name, "")))
		verbs = "perhaps read";
	if (!verbs)
		return;
	lint_report_in(run, binding, at ? at : name, "%s may %s Secrets",
		       subjects, verbs);
	if (at)
		lint_related(run, value_get(binding->root, "roleRef"),
			     "bound here");
	else
		lint_at_key(run);
}

static void check(struct lint_run *run)
{
	struct roles roles;
	struct object *object;

	table_init(&roles.by_label, run->arena);
	bundle_foreach (object, run->bundle)
		if (strcmp(object->kind, "ClusterRole") == 0)
			index_role(run, &roles, object);
	bundle_foreach (object, run->bundle)
		if (object_is_one_of(object, lint_rbac_bindings))
			check_binding(run, &roles, object);
}

const struct lint_rule lint_rbac_secrets_access = {
	.name = "rbac-secrets-access",
	.code = "PL6003",
	.group = LINT_RBAC,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A binding lets its subjects read or write Secrets.",
	.why = "Secrets hold the credentials of other workloads, and of "
	       "ServiceAccounts with more rights.",
	.fix = "Restrict it to resourceNames, or drop it.",
	.params = params,
	.check_bundle = check,
};
