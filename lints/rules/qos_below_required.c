/*
 * qos-below-required: pods that are evicted earlier than the project wants.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/schema/quantity.h"
#include "lints/subjects/resources.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "class", LINT_PARAM_TEXT, "Burstable", "Burstable or Guaranteed." },
	{ .name = NULL }
};

/* Request and limit are there and equal; an absent request is the limit. */
static bool is_fixed(const struct container_ref *c, const char *resource)
{
	const struct value *request = lint_resource(c, "requests", resource);
	const struct value *limit = lint_resource(c, "limits", resource);
	struct quantity wanted, allowed;

	if (!quantity_of(limit, &allowed))
		return false;
	return !request || (quantity_of(request, &wanted) &&
			    quantity_compare(&wanted, &allowed) == 0);
}

static const char *class_of(const struct podspec *pod)
{
	bool guaranteed = true, any = false;
	struct container_ref c;

	for (podspec_first(pod, &c); c.spec; podspec_next(&c)) {
		if (c.role == CONTAINER_EPHEMERAL)
			continue;
		guaranteed &= is_fixed(&c, "cpu") && is_fixed(&c, "memory");
		any |= lint_resource(&c, "requests", "cpu") ||
		       lint_resource(&c, "requests", "memory") ||
		       lint_resource(&c, "limits", "cpu") ||
		       lint_resource(&c, "limits", "memory");
	}
	return any && guaranteed ? "Guaranteed"
	       : any             ? "Burstable"
				 : "BestEffort";
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const char *have = class_of(pod);
	const char *want = lint_param_text(run, "class");
	const struct value *first =
		value_item(value_get(pod->spec, "containers"), 0);
	const struct value *resources = value_get(first, "resources");

	if (value_get(pod->spec, "resources") || strcmp(have, want) == 0 ||
	    strcmp(have, "Guaranteed") == 0 ||
	    (strcmp(have, "Burstable") == 0 && strcmp(want, "Guaranteed") != 0))
		return;
	lint_report_absent(run, resources ? resources : first,
			   resources ? "requests" : "resources.requests",
			   "pods of '%s' are %s; %s is wanted here",
			   pod->object->name, have, want);
}

const struct lint_rule lint_qos_below_required = {
	.name = "qos-below-required",
	.code = "PL2108",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "The quality of service of a pod is below what the project "
		   "wants.",
	.why = "When a node runs short, BestEffort goes first and Burstable "
	       "next.",
	.fix = "Set requests, for Guaranteed with equal limits, on all "
	       "containers.",
	.params = params,
	.check_pod = check,
};
