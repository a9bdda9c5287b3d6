/*
 * object-forbidden: kinds that a project does not want to see.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "group", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over the API group; none: any." },
	{ "version", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over the version; none: any." },
	{ "kind", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over the kind; none: any." },
	{ .name = NULL }
};

static bool allows(const struct lint_run *run, const char *param,
		   const char *text, bool *any)
{
	if (!lint_param_has_pattern(run, param))
		return true;
	*any = true;
	return lint_param_matches(run, param, text);
}

static void check(struct lint_run *run, const struct object *object)
{
	bool any = false;

	/* Without a pattern nothing is forbidden, rather than everything. */
	if (allows(run, "group", object->group, &any) &&
	    allows(run, "version", object->version, &any) &&
	    allows(run, "kind", object->kind, &any) && any)
		lint_report(run, value_get(object->root, "kind"),
			    "%s %s is not wanted here", object->api_version,
			    object->kind);
}

const struct lint_rule lint_object_forbidden = {
	.name = "object-forbidden",
	.code = "PL9101",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An object is of a kind that the project does not allow.",
	.why = "The project says that such objects are made in another way, "
	       "or by others.",
	.fix = "Delete it, or use the kind that the project asks for.",
	.params = params,
	.check_object = check,
};
