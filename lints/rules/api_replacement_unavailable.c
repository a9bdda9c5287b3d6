/*
 * api-replacement-unavailable: an old version of an API whose successor the
 * oldest target does not serve yet.
 */
#include "lints/lint.h"
#include "lints/schema/lifecycle.h"
#include "model/object.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	const struct lifecycle *row =
		lifecycle_find(object->group, object->version, object->kind);
	unsigned newest = run->kubernetes.newest;
	unsigned oldest = run->kubernetes.oldest;

	if (!row || !*row->replacement || !row->replacement_since ||
	    oldest >= row->replacement_since)
		return;
	/* Nobody is advised to change what is neither old nor gone. */
	if (!(row->deprecated && newest >= row->deprecated) &&
	    !(row->removed && newest >= row->removed))
		return;
	lint_report(run, value_get(object->root, "apiVersion"),
		    "%s is not served by Kubernetes 1.%u, the oldest target",
		    row->replacement, oldest);
}

const struct lint_rule lint_api_replacement_unavailable = {
	.name = "api-replacement-unavailable",
	.code = "PL9104",
	.group = LINT_API,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "What replaces an old API version is not served yet by the "
		   "oldest target.",
	.why = "No one manifest works on all targets.",
	.fix = "Raise the oldest target first.",
	.check_object = check,
};
