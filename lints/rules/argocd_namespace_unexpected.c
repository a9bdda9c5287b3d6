/*
 * argocd-namespace-unexpected: an object of Argo CD that it may not see.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/subjects/argocd.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "argoproj.io", "Application" },
					   { "argoproj.io", "AppProject" },
					   { "argoproj.io", "ApplicationSet" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	{ "namespaces", LINT_PARAM_TEXTS, "[argocd]", "Where they belong." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	const char *const *wanted = lint_param_texts(run, "namespaces");
	const char *own = lint_namespace(run, object);

	for (; *wanted; wanted++)
		if (strcmp(*wanted, own) == 0)
			return;
	lint_report(run, value_get(object->root, "metadata"),
		    "%s '%s' is in namespace '%s'", object->kind, object->name,
		    own);
}

/* Each controller would own the Application that both make. */
static void check_names(struct lint_run *run, const struct object *set,
			struct table *makers)
{
	struct lint_app_names names = { 0 };
	const struct object *other;
	const char *key;
	size_t i;

	lint_app_names(run->arena, set, &names);
	for (i = 0; i < names.count; i++) {
		key = arena_printf(run->arena, "%s/%s",
				   lint_namespace(run, set), names.items[i]);
		other = table_puts(makers, key, (void *)set);
		if (!other || other == set)
			continue;
		lint_report_in(
			run, set, value_at(set->root, "spec.template.metadata"),
			"%s '%s' makes Application '%s', as '%s' does",
			set->kind, set->name, names.items[i], other->name);
		lint_related(run, other->root, "the other");
		lint_help(run, "give them names of their own");
		return;
	}
}

static void check_sets(struct lint_run *run)
{
	const struct object_set *sets =
		bundle_of_kind(run->bundle, "argoproj.io", "ApplicationSet");
	struct table makers;
	size_t i;

	table_init(&makers, run->arena);
	for (i = 0; sets && i < sets->objects.count; i++)
		check_names(run, sets->objects.items[i], &makers);
}

const struct lint_rule lint_argocd_namespace_unexpected = {
	.name = "argocd-namespace-unexpected",
	.code = "PLX105",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An object of Argo CD is outside of the namespaces it "
		   "reads, or two ApplicationSets make one Application.",
	.why = "Argo CD ignores it unless it was told of the namespace; "
	       "what two make is changed back and forth.",
	.fix = "Move it, or list the namespace.",
	.kinds = kinds,
	.params = params,
	.check_bundle = check_sets,
	.check_object = check,
};
