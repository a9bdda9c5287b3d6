/*
 * hpa-metric-without-request: a share of a request that nobody made.
 *
 * One container without the request is enough for the autoscaler to give up
 * on the pod.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/pods.h"
#include "lints/subjects/resources.h"
#include "lints/subjects/targets.h"
#include "model/value.h"

/* The name of a container that lacks the request; or NULL. */
static const char *lacking(struct lint_run *run, const struct podspec *pod,
			   const struct lint_utilization *measure)
{
	struct container_ref c;

	for (podspec_first(pod, &c); c.spec; podspec_next(&c)) {
		if (!lint_runs_on(&c) ||
		    (measure->container &&
		     strcmp(measure->container, container_name(&c)) != 0))
			continue;
		if (!lint_resource(&c, "requests", measure->resource) &&
		    !lint_resource(&c, "limits", measure->resource) &&
		    !lint_resource_elsewhere(run, &c, "requests",
					     measure->resource))
			return container_name(&c);
	}
	return NULL;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct object *target = lint_target(run, object);
	struct lint_utilization measure;
	struct podspec pod;
	size_t index = 0;

	if (!target || !podspec_of(target, &pod))
		return;
	while (lint_utilization_next(object, &index, &measure)) {
		const char *name = lacking(run, &pod, &measure);

		if (!name)
			continue;
		lint_report(run, measure.at,
			    "a utilization of %s needs a request for it, but "
			    "container '%s' of %s '%s' has none",
			    measure.resource, name, target->kind, target->name);
		lint_help(run,
			  "add resources.requests.%s to every container of "
			  "the target",
			  measure.resource);
	}
}

const struct lint_rule lint_hpa_metric_without_request = {
	.name = "hpa-metric-without-request",
	.code = "PL1116",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An autoscaler measures a share of a request that is not "
		   "made.",
	.why = "The utilization cannot be computed, so nothing is scaled.",
	.fix = "Add the request to every container of the target.",
	.kinds = lint_horizontal,
	.check_object = check,
};
