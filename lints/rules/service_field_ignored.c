/*
 * service-field-ignored: fields that a Service of this type does not use.
 *
 * externalTrafficPolicy is the one that the server rejects.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static void report(struct lint_run *run, enum diag_severity severity,
		   const struct value *at, const char *field,
		   const char *reason)
{
	lint_report_as(run, severity, at,
		       "%s has no effect on Service '%s': %s", field,
		       run->object->name, reason);
}

static void check_headless(struct lint_run *run, const struct value *spec)
{
	static const char *const unused[] = { "loadBalancerIP", "externalIPs" };
	const struct value *affinity = value_get(spec, "sessionAffinity");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(unused); i++) {
		const struct value *value = value_get(spec, unused[i]);

		if (value_count(value) || *value_string_or(value, ""))
			report(run, DIAG_WARNING, value, unused[i],
			       "it is headless");
	}
	if (value_equals_string(affinity, "ClientIP"))
		report(run, DIAG_WARNING, affinity, "sessionAffinity",
		       "it is headless");
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const char *type =
		value_string_or(value_get(spec, "type"), "ClusterIP");
	const struct value *name = value_get(spec, "externalName");
	const struct value *policy = value_get(spec, "externalTrafficPolicy");
	const struct value *hints =
		value_at(object->root,
			 "metadata.annotations"
			 "[\"service.kubernetes.io/topology-aware-hints\"]");

	if (value_equals_string(value_get(spec, "clusterIP"), "None"))
		check_headless(run, spec);
	if (*value_string_or(name, "") && strcmp(type, "ExternalName") != 0)
		report(run, DIAG_WARNING, name, "externalName",
		       arena_printf(run->arena, "its type is %s", type));
	if (*value_string_or(policy, "") && strcmp(type, "ClusterIP") == 0 &&
	    !value_count(value_get(spec, "externalIPs")))
		report(run, DIAG_ERROR, policy, "externalTrafficPolicy",
		       "its type is ClusterIP");
	if (hints && lint_in(run, 27, 99))
		report(run, DIAG_WARNING, hints,
		       "service.kubernetes.io/topology-aware-hints",
		       "service.kubernetes.io/topology-mode took its place");
}

const struct lint_rule lint_service_field_ignored = {
	.name = "service-field-ignored",
	.code = "PL5111",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A field has no effect on a Service of this type.",
	.why = "It promises something that does not happen.",
	.fix = "Delete it.",
	.kinds = kinds,
	.check_object = check,
};
