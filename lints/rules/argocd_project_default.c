/*
 * argocd-project-default: an Application without bounds.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "argoproj.io", "Application" },
					   { "argoproj.io", "AppProject" },
					   { NULL, NULL } };

static void check_application(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *project = value_get(spec, "project");
	const char *name = value_string_or(project, "");

	if (*name && strcmp(name, "default") != 0)
		return;
	lint_report(run, project ? project : spec,
		    "Application '%s' runs in project '%s'", object->name,
		    *name ? name : "default");
}

/* "*" as an item, or in a field of an item. */
static const struct value *wildcard(const struct value *list)
{
	static const char *const fields[] = { "namespace", "server", "group",
					      "kind" };
	const struct value *item;
	size_t i;

	list_foreach (item, list) {
		if (value_equals_string(item, "*"))
			return item;
		for (i = 0; i < ARRAY_COUNT(fields); i++)
			if (value_equals_string(value_get(item, fields[i]),
						"*"))
				return value_get(item, fields[i]);
	}
	return NULL;
}

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const lists[] = { "sourceRepos", "destinations",
					     "clusterResourceWhitelist" };
	const struct value *spec = value_get(object->root, "spec");
	size_t i;

	if (strcmp(object->kind, "Application") == 0) {
		check_application(run, object);
		return;
	}
	for (i = 0; i < ARRAY_COUNT(lists); i++) {
		const struct value *any = wildcard(value_get(spec, lists[i]));

		if (any)
			lint_report(run, any,
				    "%s of AppProject '%s' allows everything",
				    lists[i], object->name);
	}
}

const struct lint_rule lint_argocd_project_default = {
	.name = "argocd-project-default",
	.code = "PLX102",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An Application is in the default project, or a project "
		   "allows everything.",
	.why = "The default project takes any source and deploys anywhere, "
	       "so that who can write one file has the cluster.",
	.fix = "Create a project that names its sources and destinations.",
	.kinds = kinds,
	.check_object = check,
};
