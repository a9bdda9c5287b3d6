/*
 * cpu-request-missing: the scheduler does not know what a container needs.
 */
#include "lints/lint.h"
#include "lints/pods.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "initContainers", LINT_PARAM_BOOL, "false",
	  "Look at init containers too." },
	{ "limitCounts", LINT_PARAM_BOOL, "true",
	  "A limit counts, because the server copies it." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *parent;
	const char *field;

	if (!lint_runs_on(c) && !(c->role == CONTAINER_INIT &&
				  lint_param_bool(run, "initContainers")))
		return;
	if (lint_resource(c, "requests", "cpu") ||
	    (lint_param_bool(run, "limitCounts") &&
	     lint_resource(c, "limits", "cpu")) ||
	    lint_resource_elsewhere(run, c, "requests", "cpu"))
		return;
	parent = lint_resource_parent(c, "requests", "cpu", &field);
	lint_report_absent(run, parent, field,
			   "container '%s' requests no CPU: the scheduler "
			   "treats it as free",
			   container_name(c));
}

const struct lint_rule lint_cpu_request_missing = {
	.name = "cpu-request-missing",
	.code = "PL2001",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container requests no CPU.",
	.why = "The scheduler packs nodes by requests; a container without one "
	       "may "
	       "end up where no CPU time is left.",
	.fix = "Set resources.requests.cpu to what it uses at rest.",
	.params = params,
	.check_container = check,
};
