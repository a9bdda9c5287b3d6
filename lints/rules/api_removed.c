/*
 * api-removed: a version of an API that the target does not serve any more.
 */
#include "lints/lint.h"
#include "lints/schema/dates.h"
#include "model/object.h"
#include "model/value.h"

static const struct lint_param params[] = { LIFECYCLE_DATES, { .name = NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	struct lifecycle row;
	const char *dates = lint_param_text(run, "dates");
	unsigned newest = run->kubernetes.newest;
	enum diag_severity severity = DIAG_ERROR;

	if (!lifecycle_dated(dates, object, &row) ||
	    !lifecycle_is_removed(&row, newest)) {
		if (!lifecycle_dated_elsewhere(
			    dates, object, lifecycle_is_removed, newest, &row))
			return;
		severity = DIAG_INFO;
	}
	lint_report_as(run, severity, value_get(object->root, "apiVersion"),
		       "%s %s is not served since Kubernetes 1.%u",
		       object->api_version, object->kind, row.removed);
	lifecycle_advise(run, &row);
}

const struct lint_rule lint_api_removed = {
	.name = "api-removed",
	.code = "PL9001",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "The target version of Kubernetes does not serve this API "
		   "version any more.",
	.why = "The apply fails, or succeeds on the old cluster and fails on "
	       "the next one.",
	.fix = "Use the replacement.",
	.params = params,
	.check_object = check,
};
