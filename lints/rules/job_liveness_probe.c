/*
 * job-liveness-probe: work that ends is asked whether it is well.
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const names[] = { "livenessProbe",
					     "readinessProbe" };
	size_t i;

	for (i = 0; c->role == CONTAINER_REGULAR && i < 2; i++) {
		const struct value *probe = value_get(c->spec, names[i]);

		if (value_is_map(probe))
			lint_report(run, probe,
				    "'%s' of a %s runs to completion, but has "
				    "a %s",
				    container_name(c), c->object->kind,
				    names[i]);
	}
}

const struct lint_rule lint_job_liveness_probe = {
	.name = "job-liveness-probe",
	.code = "PL1149",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container of a Job has a liveness or readiness probe.",
	.why = "The end of its work tells how it went; a probe can only stop "
	       "it early.",
	.fix = "Delete the probe.",
	.kinds = lint_all_jobs,
	.check_container = check,
};
