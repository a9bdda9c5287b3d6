/*
 * subdomain-unresolved: a subdomain that no headless Service answers for.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *value = value_get(pod->spec, "subdomain");
	struct lint_reference ref = {
		"",
		"Service",
		lint_namespace(run, pod->object),
		value_string_or(value, ""),
	};
	const struct object *service;

	if (!*ref.name)
		return;
	service = lint_referred(run, &ref);
	if (service ? value_equals_string(
			      value_at(service->root, "spec.clusterIP"), "None")
		    : !lint_dangles(run, &ref))
		return;
	lint_report(run, value,
		    "subdomain '%s' has no headless Service of that name",
		    ref.name);
}

const struct lint_rule lint_subdomain_unresolved = {
	.name = "subdomain-unresolved",
	.code = "PL5136",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary =
		"The subdomain of a pod has no headless Service of its name.",
	.why = "The full name of the pod does not resolve.",
	.fix = "Create it, or delete subdomain.",
	.check_pod = check,
};
