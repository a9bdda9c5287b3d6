/*
 * replicas-below-minimum: one pod, and the service is down with it.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/pods.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "min", LINT_PARAM_INT, "2", "The fewest replicas allowed." },
	{ "kinds", LINT_PARAM_TEXTS, "[Deployment, StatefulSet]",
	  "The kinds that are checked." },
	{ "when", LINT_PARAM_TEXT, "always",
	  "service: only pods that a Service selects; always: all." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *replicas = value_at(object->root, "spec.replicas");
	int64_t min = lint_param_int(run, "min");
	int64_t count;

	if (!lint_is_kind_of(object, lint_param_texts(run, "kinds")) ||
	    lint_is_test(object) || lint_is_parked(run, object) ||
	    /* Its minimum is hpa-min-too-low's business. */
	    lint_scaler_of(run, object))
		return;
	if (strcmp(lint_param_text(run, "when"), "service") == 0 &&
	    !lint_service_of(run, object))
		return;
	count = lint_replicas(run, object);
	if (count >= min)
		return;
	if (replicas)
		lint_report(run, replicas,
			    "%s '%s' runs %lld replica(s); the minimum here "
			    "is %lld",
			    object->kind, object->name, (long long)count,
			    (long long)min);
	else
		lint_report_absent(run, value_get(object->root, "spec"),
				   "replicas",
				   "%s '%s' runs %lld replica(s); the minimum "
				   "here is %lld",
				   object->kind, object->name, (long long)count,
				   (long long)min);
	lint_help(run,
		  "set replicas to at least %lld, or let an autoscaler "
		  "own it",
		  (long long)min);
}

const struct lint_rule lint_replicas_below_minimum = {
	.name = "replicas-below-minimum",
	.code = "PL1006",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A workload runs fewer replicas than the minimum.",
	.why = "With a single replica each restart, eviction or node failure "
	       "is an outage.",
	.fix = "Set replicas to at least the minimum, or let an autoscaler own "
	       "it.",
	.params = params,
	.check_object = check,
};
