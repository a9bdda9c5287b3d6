/*
 * host-network: the pod uses the node's network.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *flag = value_get(pod->spec, "hostNetwork");

	if (value_is_true(flag))
		lint_report(run, flag,
			    "the pod uses the node's network: NetworkPolicies "
			    "do not "
			    "apply to it");
}

const struct lint_rule lint_host_network = {
	.name = "host-network",
	.code = "PL3007",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A pod uses the network of its node.",
	.why = "It sees the traffic of the node, reaches what listens on "
	       "its loopback, and no NetworkPolicy applies to it.",
	.fix = "Delete hostNetwork and expose a port through a Service.",
	.check_pod = check,
};
