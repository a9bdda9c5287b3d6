/*
 * rbac-secrets-access: a binding lets its subjects read or write Secrets.
 *
 * Reported of the binding, because a role that nobody has does nothing, and at
 * the rule of the role, which is to be restricted: one that names the Secrets
 * it is for is what is asked for.
 */
#include "lints/lint.h"

#include "lints/subjects/aggregation.h"
#include "lints/subjects/rbac.h"
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
static const char *effective(struct lint_run *run,
			     const struct lint_aggregation *aggregation,
			     const struct object *role, const struct value **at)
{
	const char *found = verbs_of(run, role, at);
	struct object_set parts;
	size_t i;

	if (found)
		return found;
	lint_aggregated(run, aggregation, role, &parts);
	for (i = 0; !found && i < parts.objects.count; i++)
		found = verbs_of(run, parts.objects.items[i], at);
	return found;
}

static void check_binding(struct lint_run *run,
			  const struct lint_aggregation *aggregation,
			  const struct object *binding)
{
	const struct value *name = value_at(binding->root, "roleRef.name");
	const struct object *role = lint_rbac_role_of(run, binding);
	const char *subjects = lint_rbac_subjects(run, binding);
	const struct value *at = NULL;
	const char *verbs;

	if (!subjects || !name)
		return;
	verbs = role ? effective(run, aggregation, role, &at) : NULL;
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
	struct lint_aggregation aggregation;
	struct object *object;

	lint_aggregation_init(run, &aggregation);
	bundle_foreach (object, run->bundle)
		if (object_is_one_of(object, lint_rbac_bindings))
			check_binding(run, &aggregation, object);
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
