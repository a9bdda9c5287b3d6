/*
 * job-ttl-missing: a Job that nobody cleans up.
 *
 * Hooks are deleted before the next one is made
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "hooksCount", LINT_PARAM_BOOL, "true",
	  "A Job of a hook is cleaned up by the tool that runs it." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *owners = value_get(
		value_get(object->root, "metadata"), "ownerReferences");

	if (!value_is_map(spec) || value_get(spec, "ttlSecondsAfterFinished") ||
	    value_count(owners) ||
	    (lint_param_bool(run, "hooksCount") && lint_is_hook(object)))
		return;
	lint_report_absent(run, spec, "ttlSecondsAfterFinished",
			   "finished pods of Job '%s' stay for ever",
			   object->name);
}

const struct lint_rule lint_job_ttl_missing = {
	.name = "job-ttl-missing",
	.code = "PL1142",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A finished Job is never deleted.",
	.why = "Its pods stay in every list, and their number slows down the "
	       "control plane.",
	.fix = "Set ttlSecondsAfterFinished.",
	.params = params,
	.kinds = lint_jobs,
	.check_object = check,
};
