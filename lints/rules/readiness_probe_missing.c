/*
 * readiness-probe-missing: traffic reaches a container before it can serve.
 *
 * What no Service selects gets no traffic, so by default only selected pods
 * are of interest; of several containers only those that declare a port.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/pods.h"
#include "model/object.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "when", LINT_PARAM_TEXT, "service",
	  "service: only pods that a Service selects; always: all." },
	{ "anyContainer", LINT_PARAM_BOOL, "false",
	  "One container with a probe is enough for the pod." },
	{ .name = NULL }
};

static bool another_has_one(const struct value *pod)
{
	const struct value *containers = value_get(pod, "containers");
	const struct value *container;

	list_foreach (container, containers)
		if (value_get(container, "readinessProbe"))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct object *service;
	bool always = strcmp(lint_param_text(run, "when"), "always") == 0;

	if (!lint_runs_on(c) ||
	    value_is_map(value_get(c->spec, "readinessProbe")) ||
	    !lint_is_service(c->object, c->pod))
		return;
	if (lint_param_bool(run, "anyContainer") && another_has_one(c->pod))
		return;
	if (!always && !value_count(value_get(c->spec, "ports")) &&
	    value_count(value_get(c->pod, "containers")) > 1)
		return;
	service = lint_service_of(run, c->object);
	if (service)
		lint_report_absent(run, c->spec, "readinessProbe",
				   "container '%s' has no readiness probe, but "
				   "Service '%s' sends it traffic",
				   container_name(c), service->name);
	else if (always)
		lint_report_absent(run, c->spec, "readinessProbe",
				   "container '%s' has no readiness probe",
				   container_name(c));
}

const struct lint_rule lint_readiness_probe_missing = {
	.name = "readiness-probe-missing",
	.code = "PL1001",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container gets traffic without a readiness probe.",
	.why = "A Service sends requests as soon as the container runs, also "
	       "while it still starts or cannot answer.",
	.fix = "Add a readinessProbe that fails until the container can serve "
	       "requests.",
	.params = params,
	.check_container = check,
};
