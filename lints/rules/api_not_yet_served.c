/*
 * api-not-yet-served: the API version is newer than the target.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/schema/lifecycle.h"
#include "model/object.h"
#include "model/value.h"

/* A version of the same kind that the target has; NULL if there is none. */
static const struct lifecycle *served(const struct lifecycle *wanted,
				      unsigned minor)
{
	size_t i, count;
	const struct lifecycle *rows = lifecycle_of_kind(wanted->kind, &count);

	for (i = 0; i < count; i++)
		if (strcmp(rows[i].group, wanted->group) == 0 &&
		    lifecycle_serves(&rows[i], minor))
			return &rows[i];
	return NULL;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct lifecycle *row =
		lifecycle_find(object->group, object->version, object->kind);
	const struct lifecycle *other;
	unsigned oldest = run->kubernetes.oldest;

	if (!row || oldest >= row->introduced)
		return;
	lint_report(run, value_get(object->root, "apiVersion"),
		    "%s %s needs Kubernetes 1.%u; the target is 1.%u",
		    object->api_version, object->kind, row->introduced, oldest);
	other = served(row, oldest);
	if (other)
		lint_help(run, "use %s%s%s, or raise the target", other->group,
			  *other->group ? "/" : "", other->version);
	else
		lint_help(run, "raise the target");
}

const struct lint_rule lint_api_not_yet_served = {
	.name = "api-not-yet-served",
	.code = "PL9003",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "The API version is newer than the target version of "
		   "Kubernetes.",
	.why = "The cluster does not know the kind in this version, so the "
	       "apply fails.",
	.check_object = check,
};
