/*
 * startup-probe-missing: a slow start is waited for with a fixed delay.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "initialDelaySeconds", LINT_PARAM_INT, "60",
	  "The delay from which a startup probe is wanted." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *delay = value_get(
		value_get(c->spec, "livenessProbe"), "initialDelaySeconds");
	int64_t seconds;

	if (c->role != CONTAINER_REGULAR || lint_is_test(c->object) ||
	    !value_as_int(delay, &seconds) ||
	    seconds < lint_param_int(run, "initialDelaySeconds") ||
	    value_is_map(value_get(c->spec, "startupProbe")))
		return;
	lint_report(run, delay,
		    "liveness probe of '%s' waits %lld s with "
		    "initialDelaySeconds; a startup probe adapts to slow "
		    "starts",
		    container_name(c), (long long)seconds);
}

const struct lint_rule lint_startup_probe_missing = {
	.name = "startup-probe-missing",
	.code = "PL1003",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.core = true,
	.since = "0.1",
	.summary = "A long initialDelaySeconds stands where a startup probe "
		   "would adapt.",
	.why = "A fixed delay is too long for a quick start and too short for "
	       "a slow one; a startup probe ends as soon as the container is "
	       "up.",
	.fix = "Add a startupProbe with the same handler and drop "
	       "initialDelaySeconds.",
	.params = params,
	.check_container = check,
};
