/*
 * statefulset-service-missing: names of pods that do not resolve.
 *
 * The field is optional from 1.33 on: what is not written is not missed,
 * unless the parameter says so.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "apps", "StatefulSet" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	{ "required", LINT_PARAM_BOOL, "false",
	  "Report a StatefulSet without serviceName, too." },
	{ .name = NULL }
};

static bool is_headless(const struct object *service)
{
	return value_equals_string(value_at(service->root, "spec.clusterIP"),
				   "None");
}

static bool selects(const struct object *service,
		    const struct lint_workload *workload)
{
	const struct value *map = value_at(service->root, "spec.selector");
	struct lint_selector selector = lint_selector_plain(map);

	/* Without a selector its endpoints are written by others. */
	return !value_count(map) ||
	       lint_selector_matches(&selector, workload->labels);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *name = value_at(object->root, "spec.serviceName");
	const struct lint_workload *workload = lint_workload_of(run, object);
	struct lint_reference ref = { "", "Service",
				      lint_namespace(run, object),
				      value_string_or(name, "") };
	const struct object *service = lint_referred(run, &ref);

	if (!*ref.name && lint_param_bool(run, "required")) {
		lint_report_absent(run, value_get(object->root, "spec"),
				   "serviceName", "'%s' has no serviceName",
				   object->name);
		return;
	}
	if (!*ref.name || !workload ||
	    (service ? is_headless(service) && selects(service, workload)
		     : !lint_dangles(run, &ref)))
		return;
	lint_report(run, name,
		    "serviceName '%s' of '%s' names no headless Service that "
		    "selects its pods",
		    ref.name, object->name);
	lint_at_use(run);
	if (!service)
		return;
	lint_related(run, value_at(service->root, "metadata.name"), "%s",
		     is_headless(service) ? "it selects other pods"
					  : "it is not headless");
	lint_help(run, is_headless(service)
			       ? "select the labels of the template"
			       : "name a Service with clusterIP: None");
}

const struct lint_rule lint_statefulset_service_missing = {
	.name = "statefulset-service-missing",
	.code = "PL2115",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "serviceName of a StatefulSet names no headless Service for "
		   "its pods.",
	.why = "The names pod-0.service, by which its pods find each other, do "
	       "not resolve.",
	.fix = "Create a Service with clusterIP: None and the same labels.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
