/*
 * memory-limit-missing: a leak in one container can take the node down.
 */
#include "lints/lint.h"
#include "lints/pods.h"
#include "model/value.h"

static const struct lint_param params[] = { { "initContainers", LINT_PARAM_BOOL,
					      "false",
					      "Look at init containers too." },
					    { .name = NULL } };

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *parent;
	const char *field;

	if (!lint_runs_on(c) && !(c->role == CONTAINER_INIT &&
				  lint_param_bool(run, "initContainers")))
		return;
	if (lint_resource(c, "limits", "memory") ||
	    lint_resource_elsewhere(run, c, "limits", "memory"))
		return;
	parent = lint_resource_parent(c, "limits", "memory", &field);
	lint_report_absent(
		run, parent, field,
		"container '%s' has no memory limit: a leak can take "
		"the node down",
		container_name(c));
}

const struct lint_rule lint_memory_limit_missing = {
	.name = "memory-limit-missing",
	.code = "PL2003",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container has no memory limit.",
	.why = "Without a limit a leak grows until the node itself runs out of "
	       "memory and its neighbours are killed.",
	.fix = "Set resources.limits.memory.",
	.params = params,
	.check_container = check,
};
