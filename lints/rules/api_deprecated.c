/*
 * api-deprecated: served still, but on its way out.
 *
 * What went before 1.25 is never a mere warning, however old the target: no
 * supported cluster has it.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/schema/dates.h"
#include "model/object.h"
#include "model/value.h"

enum {
	LONG_GONE = 25
};

static const struct lint_param params[] = { LIFECYCLE_DATES, { .name = NULL } };

/*
 * From one version to another that goes with it is no way out: until there is
 * a better one, api-replacement-unavailable is all there is to say.  The tool
 * whose dates are asked for reports it all the same.
 */
static bool has_way_out(const char *dates, const struct lifecycle *row,
			unsigned newest)
{
	return !*row->replacement || newest >= row->replacement_since ||
	       lifecycle_successor(row, newest) || strcmp(dates, "pluto") == 0;
}

static void report(struct lint_run *run, const struct object *object,
		   const struct lifecycle *row, enum diag_severity severity)
{
	const struct value *at = value_get(object->root, "apiVersion");

	if (row->removed)
		lint_report_as(run, severity, at,
			       "%s %s is deprecated since 1.%u and goes in "
			       "1.%u",
			       object->api_version, object->kind,
			       row->deprecated, row->removed);
	else
		lint_report_as(
			run, severity, at, "%s %s is deprecated since 1.%u",
			object->api_version, object->kind, row->deprecated);
	if (*row->replacement)
		lifecycle_advise(run, row);
}

static void check(struct lint_run *run, const struct object *object)
{
	struct lifecycle row;
	const char *dates = lint_param_text(run, "dates");
	unsigned newest = run->kubernetes.newest;

	if (!lifecycle_dated(dates, object, &row))
		row = (struct lifecycle){ .replacement = "" };
	/* Gone already: that is api-removed's. */
	if (lifecycle_is_removed(&row, newest))
		return;
	if (lifecycle_is_deprecated(&row, newest) &&
	    has_way_out(dates, &row, newest))
		report(run, object, &row,
		       row.removed && row.removed < LONG_GONE ? DIAG_ERROR
							      : DIAG_WARNING);
	else if (lifecycle_dated_elsewhere(
			 dates, object, lifecycle_is_deprecated, newest, &row))
		report(run, object, &row, DIAG_INFO);
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
