/*
 * liveness-probe-missing: nobody notices a container that hangs.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "skipWithoutPort", LINT_PARAM_BOOL, "true",
	  "Leave out containers that declare no port." },
	{ "when", LINT_PARAM_TEXT, "always",
	  "always: all; unready: only pods without a readiness probe that a "
	  "Service selects." },
	{ "anyContainer", LINT_PARAM_BOOL, "false",
	  "One container with a probe is enough for the pod." },
	{ .name = NULL }
};

static bool any_has(const struct value *pod, const char *probe)
{
	const struct value *container;

	list_foreach (container, value_get(pod, "containers"))
		if (value_get(container, probe))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	if (c->role != CONTAINER_REGULAR ||
	    value_is_map(value_get(c->spec, "livenessProbe")) ||
	    !lint_is_service(c->object, c->pod))
		return;
	if (lint_param_bool(run, "skipWithoutPort") &&
	    !value_count(value_get(c->spec, "ports")))
		return;
	if (lint_param_bool(run, "anyContainer") &&
	    any_has(c->pod, "livenessProbe"))
		return;
	if (strcmp(lint_param_text(run, "when"), "unready") == 0 &&
	    (any_has(c->pod, "readinessProbe") ||
	     !lint_service_of(run, c->object)))
		return;
	lint_report_absent(run, c->spec, "livenessProbe",
			   "container '%s' has no liveness probe: a hung "
			   "process is never restarted",
			   container_name(c));
}

const struct lint_rule lint_liveness_probe_missing = {
	.name = "liveness-probe-missing",
	.code = "PL1002",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.core = true,
	.since = "0.1",
	.summary = "A container has no liveness probe.",
	.why = "A process that hangs without ending is restarted only if a "
	       "liveness probe notices.",
	.fix = "Add a livenessProbe on a cheap endpoint that does not depend "
	       "on other services.",
	.params = params,
	.check_container = check,
};
