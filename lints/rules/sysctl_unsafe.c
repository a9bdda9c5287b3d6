/*
 * sysctl-unsafe: a setting of the kernel that is not known to be harmless.
 */
#include "lints/lint.h"
#include "lints/subjects/pss.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *sysctl, *name;

	list_foreach (sysctl, value_at(pod->spec, "securityContext.sysctls")) {
		name = value_get(sysctl, "name");
		if (value_is_string(name) &&
		    !lint_pss_sysctl_is_safe(value_string(name),
					     run->kubernetes.oldest))
			lint_report(run, name,
				    "sysctl '%s' is not in the safe set of "
				    "Kubernetes 1.%u",
				    value_string(name), run->kubernetes.oldest);
	}
}

const struct lint_rule lint_sysctl_unsafe = {
	.name = "sysctl-unsafe",
	.code = "PL3116",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod sets a sysctl that is not in the safe set.",
	.why = "It may affect other pods of the node, and the kubelet "
	       "refuses it unless the node allows it.",
	.fix = "Delete it, or set it on the node.",
	.check_pod = check,
};
