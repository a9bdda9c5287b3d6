/*
 * api-deprecated: served still, but on its way out.
 *
 * What went before 1.25 is never a mere warning, however old the target: no
 * supported cluster has it.
 */
#include "lints/lint.h"
#include "lints/schema/lifecycle.h"
#include "model/object.h"
#include "model/value.h"

enum {
	LONG_GONE = 25
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct lifecycle *row =
		lifecycle_find(object->group, object->version, object->kind);
	unsigned newest = run->kubernetes.newest;

	if (!row || !row->deprecated || newest < row->deprecated)
		return;
	/* Gone already: that is api-removed's. */
	if (row->removed && newest >= row->removed)
		return;
	if (row->removed)
		lint_report_as(
			run,
			row->removed < LONG_GONE ? DIAG_ERROR : DIAG_WARNING,
			value_get(object->root, "apiVersion"),
			"%s %s is deprecated since 1.%u and goes in 1.%u",
			object->api_version, object->kind, row->deprecated,
			row->removed);
	else
		lint_report(run, value_get(object->root, "apiVersion"),
			    "%s %s is deprecated since 1.%u",
			    object->api_version, object->kind, row->deprecated);
	if (*row->replacement)
		lint_help(run, "use %s", row->replacement);
}

const struct lint_rule lint_api_deprecated = {
	.name = "api-deprecated",
	.code = "PL9002",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "The API version is deprecated in the target version of "
		   "Kubernetes.",
	.why = "It still works, and a later upgrade of the cluster will break "
	       "it.",
	.check_object = check,
};
