/*
 * host-aliases-set: names that only this pod knows.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *list = value_get(pod->spec, "hostAliases");

	if (value_count(list))
		lint_report(run, list, "the pod sets hostAliases");
}

const struct lint_rule lint_host_aliases_set = {
	.name = "host-aliases-set",
	.code = "PL3132",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod has hostAliases.",
	.why = "They go before DNS, and nobody else sees where a name leads.",
	.fix = "Use a Service or DNS.",
	.check_pod = check,
};
