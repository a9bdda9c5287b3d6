/*
 * default-service-account: a pod that runs as an account all others share.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *name = value_get(pod->spec, "serviceAccountName");

	if (value_is_null(name))
		name = value_get(pod->spec, "serviceAccount");
	if (value_is_false(
		    value_get(pod->spec, "automountServiceAccountToken")))
		return;
	if (!*value_string_or(name, ""))
		lint_report_absent(run, pod->spec, "serviceAccountName",
				   "the pod uses the default ServiceAccount");
	else if (value_equals_string(name, "default"))
		lint_report(run, name,
			    "the pod uses the default ServiceAccount");
}

const struct lint_rule lint_default_service_account = {
	.name = "default-service-account",
	.code = "PL3129",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod uses the default ServiceAccount and gets its token.",
	.why = "What is granted to one pod is then granted to all of the "
	       "namespace.",
	.fix = "Name a ServiceAccount, or set automountServiceAccountToken: "
	       "false.",
	.check_pod = check,
};
