/*
 * service-account-unknown: pods that run as a ServiceAccount that does not
 * exist.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *name = value_get(pod->spec, "serviceAccountName");
	struct lint_reference ref = {
		"",
		"ServiceAccount",
		lint_namespace(run, pod->object),
		"",
	};

	/* The old spelling is an alias to the server. */
	if (!name)
		name = value_get(pod->spec, "serviceAccount");
	ref.name = value_string_or(name, "");
	if (!lint_dangles(run, &ref))
		return;
	lint_report(run, name,
		    "ServiceAccount '%s' does not exist in namespace '%s'",
		    ref.name, ref.name_space);
	lint_help_create(run, &ref);
}

const struct lint_rule lint_service_account_unknown = {
	.name = "service-account-unknown",
	.code = "PL7101",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod names a ServiceAccount that does not exist.",
	.why = "Its pods are never created.",
	.fix = "Create it or correct the name.",
	.params = params,
	.check_pod = check,
};
