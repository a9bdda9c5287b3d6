/*
 * cpu-limit-missing: one container may use all of a node's CPU time.
 *
 * Opt-in, because a CPU limit throttles; the opposite policy is cpu-limit-set.
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
	if (lint_resource(c, "limits", "cpu") ||
	    lint_resource_elsewhere(run, c, "limits", "cpu"))
		return;
	parent = lint_resource_parent(c, "limits", "cpu", &field);
	lint_report_absent(run, parent, field,
			   "container '%s' has no CPU limit",
			   container_name(c));
}

const struct lint_rule lint_cpu_limit_missing = {
	.name = "cpu-limit-missing",
	.code = "PL2004",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.core = true,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container has no CPU limit.",
	.why = "Some clusters want usage to be predictable even where CPU time "
	       "is "
	       "left over.",
	.fix = "Set resources.limits.cpu.",
	.params = params,
	.check_container = check,
};
