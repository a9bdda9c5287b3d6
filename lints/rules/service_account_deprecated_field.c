/*
 * service-account-deprecated-field: the old name of serviceAccountName.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *old = value_get(pod->spec, "serviceAccount");
	const struct value *name = value_get(pod->spec, "serviceAccountName");

	if (!value_is_string(old))
		return;
	lint_report_as(
		run,
		name && !value_equals(old, name) ? DIAG_ERROR : DIAG_WARNING,
		old, "serviceAccount is the old name of serviceAccountName");
	/* The key is wrong, whoever makes the value. */
	lint_at_key(run);
}

const struct lint_rule lint_service_account_deprecated_field = {
	.name = "service-account-deprecated-field",
	.code = "PL3130",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod uses serviceAccount, the old name of "
		   "serviceAccountName.",
	.why = "It is deprecated since Kubernetes 1.0; two different names "
	       "are a contradiction.",
	.fix = "Use serviceAccountName.",
	.check_pod = check,
};
