/*
 * probes-identical: what should only stop traffic restarts the container.
 *
 * A liveness probe that is several times more patient is deliberate.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/pods.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "patience", LINT_PARAM_BOOL, "true",
	  "A liveness probe that waits longer than readiness is another." },
	{ .name = NULL }
};

static bool same_text(const struct value *a, const struct value *b,
		      const char *field, const char *otherwise)
{
	return strcmp(value_string_or(value_get(a, field), otherwise),
		      value_string_or(value_get(b, field), otherwise)) == 0;
}

static bool same_port(const struct value *container, const struct value *a,
		      const struct value *b)
{
	const struct value *one = value_get(a, "port");
	const struct value *other = value_get(b, "port");
	int64_t number = lint_port_number(container, one);

	if (!number)
		return one && other && value_equals(one, other);
	return number == lint_port_number(container, other);
}

static bool same_handler(const struct value *container, const struct value *a,
			 const struct value *b)
{
	const char *kind, *other;
	const struct value *one = lint_probe_handler(a, &kind);
	const struct value *two = lint_probe_handler(b, &other);

	if (!one || !two || strcmp(kind, other) != 0)
		return false;
	if (strcmp(kind, "exec") == 0)
		return value_equals(value_get(one, "command"),
				    value_get(two, "command"));
	return same_port(container, one, two) &&
	       same_text(one, two, "scheme", "HTTP") &&
	       same_text(one, two, "host", "") &&
	       same_text(one, two, "path", "/") &&
	       same_text(one, two, "service", "");
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *live = value_get(c->spec, "livenessProbe");
	const struct value *ready = value_get(c->spec, "readinessProbe");

	if (!lint_runs_on(c) || !lint_is_service(c->object, c->pod) ||
	    !same_handler(c->spec, live, ready))
		return;
	if (lint_param_bool(run, "patience") &&
	    lint_probe_patience(live) > lint_probe_patience(ready))
		return;
	lint_report(run, live,
		    "readiness and liveness probes of '%s' are the same: an "
		    "overload that should only stop traffic restarts the "
		    "container",
		    container_name(c));
}

const struct lint_rule lint_probes_identical = {
	.name = "probes-identical",
	.code = "PL1004",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "Readiness and liveness probe ask the same question.",
	.why = "A pod that is slow for a moment should get no traffic for a "
	       "moment; a restart makes the overload of the others worse.",
	.fix = "Give liveness its own cheap endpoint, or a failureThreshold "
	       "well above readiness'.",
	.params = params,
	.check_container = check,
};
