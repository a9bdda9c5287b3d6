/*
 * argocd-namespace-unexpected: an object of Argo CD that it may not see.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "model/value.h"

static const struct group_kind kinds[] = {
	{ "argoproj.io", "Application" },
	{ "argoproj.io", "AppProject" },
	{ "argoproj.io", "ApplicationSet" },
	{ NULL, NULL }
};

static const struct lint_param params[] = {
	{ "namespaces", LINT_PARAM_TEXTS, "[argocd]",
	  "Where they belong." },
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

const struct lint_rule lint_argocd_namespace_unexpected = {
	.name = "argocd-namespace-unexpected",
	.code = "PLX105",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An object of Argo CD is outside of the namespaces it "
		   "reads.",
	.why = "Argo CD ignores it unless it was told of the namespace.",
	.fix = "Move it, or list the namespace.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
