/*
 * api-deprecated: served still, but on its way out.
 *
 * What went before 1.25 is never a mere warning, however old the target: no
 * supported cluster has it.
 */
#include "lints/lint.h"
#include "lints/schema/dates.h"
#include "model/object.h"
#include "model/value.h"

enum {
	LONG_GONE = 25
};

static const struct lint_param params[] = { LIFECYCLE_DATES, { .name = NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	struct lifecycle row;
	unsigned newest = run->kubernetes.newest;

	if (!lifecycle_dated(lint_param_text(run, "dates"), object, &row) ||
	    !row.deprecated || newest < row.deprecated)
		return;
	/* Gone already: that is api-removed's. */
	if (row.removed && newest >= row.removed)
		return;
	if (row.removed)
		lint_report_as(
			run,
			row.removed < LONG_GONE ? DIAG_ERROR : DIAG_WARNING,
			value_get(object->root, "apiVersion"),
			"%s %s is deprecated since 1.%u and goes in 1.%u",
			object->api_version, object->kind, row.deprecated,
			row.removed);
	else
		lint_report(run, value_get(object->root, "apiVersion"),
			    "%s %s is deprecated since 1.%u",
			    object->api_version, object->kind, row.deprecated);
	if (*row.replacement)
		lint_help(run, "use %s", row.replacement);
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
	.params = params,
	.check_object = check,
};
