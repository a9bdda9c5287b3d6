/*
 * api-unserved-crd: a version that the definition of the kind does not serve.
 */
#include "lints/lint.h"

#include "base/str.h"
#include "lints/schema/store.h"
#include "model/object.h"
#include "model/value.h"

/* The first version that is served and not deprecated; or NULL. */
static const char *served(const struct schema_definition *definition)
{
	size_t i;

	for (i = 0; i < definition->count; i++)
		if (definition->versions[i].served &&
		    !definition->versions[i].deprecated)
			return definition->versions[i].name;
	return NULL;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct schema_definition *definition;
	const struct schema_version *version;
	const char *reason = NULL, *other;

	if (object->known)
		return;
	definition = lint_schemas_definition(run->schemas, run->bundle,
					     object->group, object->kind);
	if (!definition || !definition->count)
		return;
	version = schema_version_find(definition, object->version);
	if (!version)
		reason = "not declared";
	else if (!version->served)
		reason = "not served";
	else if (version->deprecated)
		reason = "deprecated";
	if (!reason)
		return;
	lint_report_as(run,
		       version && version->served ? DIAG_WARNING : DIAG_ERROR,
		       value_get(object->root, "apiVersion"),
		       "version %s of %s is %s in its CRD", object->version,
		       object->kind, reason);
	other = served(definition);
	if (version && version->warning)
		lint_help(run, "%s", version->warning);
	else if (other)
		lint_help(run, "use %s/%s", object->group, other);
}

const struct lint_rule lint_api_unserved_crd = {
	.name = "api-unserved-crd",
	.code = "PL9105",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The definition of a custom resource does not serve the "
		   "version of an object, or has deprecated it.",
	.why = "The API server answers that it does not know the kind.",
	.fix = "Use a version that is served.",
	.check_object = check,
};
