/*
 * service-external-ips: a Service that takes traffic for addresses it may
 * not own.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ips = value_at(object->root, "spec.externalIPs");

	if (value_count(ips))
		lint_report(run, ips,
			    "externalIPs on Service '%s' can hijack traffic of "
			    "others (CVE-2020-8554)",
			    object->name);
}

const struct lint_rule lint_service_external_ips = {
	.name = "service-external-ips",
	.code = "PL5109",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A Service has externalIPs.",
	.why = "Whoever may create Services can take over the traffic of "
	       "others; the field is deprecated.",
	.fix = "Use type LoadBalancer or an Ingress.",
	.kinds = kinds,
	.check_object = check,
};
