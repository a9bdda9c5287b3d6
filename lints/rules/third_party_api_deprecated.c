/*
 * third-party-api-deprecated: versions of well-known custom resources that
 * their projects have given up.
 *
 * What is gone for good is a warning; what is served still, or may be by an
 * older release, is a note.  A definition in the set knows better.
 */
#include "lints/lint.h"
#include "lints/schema/gone.h"
#include "lints/schema/store.h"
#include "model/object.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct gone_api *row;

	if (object->known)
		return;
	row = gone_api_find(object->group, object->version, object->kind);
	if (!row || lint_schemas_definition(run->schemas, run->bundle,
					    object->group, object->kind))
		return;
	lint_report_as(run, row->removed ? DIAG_WARNING : DIAG_INFO,
		       value_get(object->root, "apiVersion"), "%s %s is %s %s",
		       object->api_version, object->kind,
		       row->removed ? "gone since" : "deprecated since",
		       row->removed ? row->removed : row->deprecated);
	if (row->replacement)
		lint_help(run, "use %s", row->replacement);
	else
		lint_help(run, "there is no replacement");
}

const struct lint_rule lint_third_party_api_deprecated = {
	.name = "third-party-api-deprecated",
	.code = "PL9107",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A custom resource has a version that its project has "
		   "given up.",
	.why = "The next release of its operator does not know the kind, and "
	       "the apply fails.",
	.fix = "Use the version that replaced it.",
	.check_object = check,
};
