/*
 * sa-token-automount: a token of the API that nothing seems to need.
 *
 * An account that is not in the set may say no itself, so that nothing is said
 * of its pods.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/bundle.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "exemptWithRoleBinding", LINT_PARAM_BOOL, "true",
	  "Say nothing where a role is bound to the account." },
	{ .name = NULL }
};

static void note_subjects(struct lint_run *run, struct table *bound,
			  const char *kind)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "rbac.authorization.k8s.io", kind);
	const struct value *subject;
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];
		const char *own = lint_namespace(run, object);

		list_foreach (subject, value_get(object->root, "subjects")) {
			const char *name =
				value_string_or(value_get(subject, "name"), "");
			const char *home = value_string_or(
				value_get(subject, "namespace"), own);

			table_puts(
				bound,
				arena_printf(run->arena, "%s/%s", home, name),
				(void *)object);
			table_puts(bound,
				   arena_printf(run->arena, "*/%s", name),
				   (void *)object);
		}
	}
}

/* Whether the account is known, and does not say no. */
static bool gives_token(struct lint_run *run, const char *name_space,
			const char *name)
{
	struct lint_reference ref = { "", "ServiceAccount", name_space, name };
	const struct object *account = lint_referred(run, &ref);

	if (!account)
		return strcmp(name, "default") == 0;
	return !value_is_false(
		value_get(account->root, "automountServiceAccountToken"));
}

static void check_workload(struct lint_run *run, const struct table *bound,
			   const struct lint_workload *workload)
{
	const struct value *spec = workload->pod.spec;
	const struct value *flag =
		value_get(spec, "automountServiceAccountToken");
	const char *name =
		value_string_or(value_get(spec, "serviceAccount"), "");
	const char *key;

	name = value_string_or(value_get(spec, "serviceAccountName"), name);
	if (!*name)
		name = "default";
	/* Whoever applies it may mean the namespace that the binding names. */
	key = arena_printf(run->arena, "%s/%s",
			   *workload->object->name_space ? workload->name_space
							 : "*",
			   name);
	if (value_is_false(flag) ||
	    (lint_param_bool(run, "exemptWithRoleBinding") &&
	     table_gets(bound, key)))
		return;
	if (value_is_true(flag) || gives_token(run, workload->name_space, name))
		lint_report_in(run, workload->object,
			       value_is_true(flag) ? flag : spec,
			       "the pod mounts an API token nothing shows it "
			       "needs");
}

static void check(struct lint_run *run)
{
	const struct lint_workload *workload;
	const struct object *object;
	struct table bound;

	table_init(&bound, run->arena);
	note_subjects(run, &bound, "RoleBinding");
	note_subjects(run, &bound, "ClusterRoleBinding");
	bundle_foreach (object, run->bundle) {
		workload = lint_workload_of(run, object);
		if (workload)
			check_workload(run, &bound, workload);
	}
}

const struct lint_rule lint_sa_token_automount = {
	.name = "sa-token-automount",
	.code = "PL3128",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod mounts a token although no role is bound to its "
		   "account here.",
	.why = "Whoever gets into the container can ask the API with it.",
	.fix = "Set automountServiceAccountToken: false.",
	.params = params,
	.check_bundle = check,
};
