/*
 * termination-grace-invalid: pods that are killed at once.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "testNamespaces", LINT_PARAM_PATTERNS, "[test, e2e]",
	  "Patterns over namespaces in which 0 is fine." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *at =
		value_get(pod->spec, "terminationGracePeriodSeconds");
	int64_t seconds;

	if (!value_as_int(at, &seconds) || seconds > 0)
		return;
	if (seconds < 0)
		lint_report(run, at,
			    "terminationGracePeriodSeconds %lld is taken for 1",
			    (long long)seconds);
	else if (!lint_param_matches(run, "testNamespaces",
				     lint_namespace(run, pod->object)))
		lint_report(run, at,
			    "terminationGracePeriodSeconds 0 kills the pod at "
			    "once");
}

const struct lint_rule lint_termination_grace_invalid = {
	.name = "termination-grace-invalid",
	.code = "PL1110",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod gets no time to shut down.",
	.why = "Requests are cut off and files are left half written; the "
	       "name of a StatefulSet's pod may even run twice.",
	.fix = "Use a positive number of seconds.",
	.params = params,
	.check_pod = check,
};
