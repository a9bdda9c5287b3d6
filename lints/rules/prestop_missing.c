/*
 * prestop-missing: a pod that stops while requests are still sent to it.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct object *service;

	if (c->role != CONTAINER_REGULAR ||
	    !lint_is_service(c->object, c->pod) ||
	    value_at(c->spec, "lifecycle.preStop"))
		return;
	service = lint_service_of(run, c->object);
	if (service)
		lint_report_absent(run, c->spec, "lifecycle.preStop",
				   "container '%s' has no preStop hook, but "
				   "Service '%s' sends it traffic",
				   container_name(c), service->name);
}

const struct lint_rule lint_prestop_missing = {
	.name = "prestop-missing",
	.code = "PL1108",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container behind a Service has no preStop hook.",
	.why = "Nodes learn after the container was told to stop that it gets "
	       "no more requests; those in between fail.",
	.fix = "Add a preStop hook that sleeps some seconds, or let the "
	       "program go on serving after SIGTERM.",
	.check_container = check,
};
