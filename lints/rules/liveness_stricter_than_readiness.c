/*
 * liveness-stricter-than-readiness: restarted before it is taken out of the
 * Service.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

/* The number to raise; where none is set, they are to be added. */
static const struct value *number_of(const struct value *probe)
{
	const struct value *number = value_get(probe, "failureThreshold");

	if (!number)
		number = value_get(probe, "periodSeconds");
	return number ? number : probe;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *live = value_get(c->spec, "livenessProbe");
	const struct value *ready = value_get(c->spec, "readinessProbe");
	int64_t gives_up, unready;

	if (!lint_runs_on(c) || !value_is_map(live) || !value_is_map(ready))
		return;
	gives_up = lint_probe_patience(live);
	unready = lint_probe_patience(ready);
	if (gives_up < unready)
		lint_report(run, number_of(live),
			    "liveness of '%s' gives up after %lld s, before "
			    "readiness does (%lld s)",
			    container_name(c), (long long)gives_up,
			    (long long)unready);
}

const struct lint_rule lint_liveness_stricter_than_readiness = {
	.name = "liveness-stricter-than-readiness",
	.code = "PL1101",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A container is restarted before it is marked unready.",
	.why = "A pod that is slow for a moment is killed with its requests, "
	       "instead of getting no new ones for a while.",
	.fix = "Make liveness' periodSeconds × failureThreshold longer than "
	       "readiness'.",
	.check_container = check,
};
