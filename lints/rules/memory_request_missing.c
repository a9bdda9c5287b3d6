/*
 * memory-request-missing: the scheduler does not know what a container needs.
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
	if (lint_resource(c, "requests", "memory") ||
	    (lint_param_bool(run, "limitCounts") &&
	     lint_resource(c, "limits", "memory")) ||
	    lint_resource_elsewhere(run, c, "requests", "memory"))
		return;
	parent = lint_resource_parent(c, "requests", "memory", &field);
	lint_report_absent(run, parent, field,
			   "container '%s' requests no memory: the scheduler "
			   "treats it as free",
			   container_name(c));
}

const struct lint_rule lint_memory_request_missing = {
	.name = "memory-request-missing",
	.code = "PL2002",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container requests no memory.",
	.why = "The scheduler packs nodes by requests; pods without one are "
	       "the "
	       "first to be evicted when memory runs short.",
	.fix = "Set resources.requests.memory.",
	.params = params,
	.check_container = check,
};
