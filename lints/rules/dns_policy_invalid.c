/*
 * dns-policy-invalid: a dnsPolicy that gives the pod no names, or others
 * than it looks like.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *value = value_get(pod->spec, "dnsPolicy");
	const char *policy = value_string_or(value, "ClusterFirst");

	if (strcmp(policy, "None") == 0 &&
	    !value_count(value_at(pod->spec, "dnsConfig.nameservers"))) {
		lint_report(run, value,
			    "dnsPolicy None: there are no nameservers");
		lint_help(run, "set dnsConfig.nameservers");
	}
	if (strcmp(policy, "ClusterFirst") == 0 &&
	    value_is_true(value_get(pod->spec, "hostNetwork"))) {
		lint_report_as(run, DIAG_INFO,
			       value ? value
				     : value_get(pod->spec, "hostNetwork"),
			       "dnsPolicy ClusterFirst: with hostNetwork it "
			       "means Default, which knows no Services");
		lint_help(run, "use ClusterFirstWithHostNet");
	}
}

const struct lint_rule lint_dns_policy_invalid = {
	.name = "dns-policy-invalid",
	.code = "PL5135",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The dnsPolicy of a pod does not do what it says.",
	.why = "The server rejects it, or the pod cannot resolve Services.",
	.fix = "Set dnsConfig.nameservers, or ClusterFirstWithHostNet.",
	.check_pod = check,
};
