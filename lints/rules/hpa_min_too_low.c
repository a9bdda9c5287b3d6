/*
 * hpa-min-too-low: the autoscaler may shrink a workload to one pod.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { { "min", LINT_PARAM_INT, "2",
					      "The fewest replicas allowed." },
					    { .name = NULL } };

static const struct group_kind kinds[] = { { "autoscaling",
					     "HorizontalPodAutoscaler" },
					   { "keda.sh", "ScaledObject" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	bool keda = strcmp(object->kind, "ScaledObject") == 0;
	const char *field = keda ? "minReplicaCount" : "minReplicas";
	const struct value *spec = value_get(object->root, "spec");
	const struct value *least = value_get(spec, field);
	const char *target =
		value_string_or(value_at(spec, "scaleTargetRef.name"), "");
	int64_t min = lint_param_int(run, "min");
	int64_t count = keda ? 0 : 1;

	if (least && !value_is_null(least) && !value_as_int(least, &count))
		return;
	/* KEDA scales to nothing on purpose. */
	if (count >= min || (keda && !count))
		return;
	if (least && !value_is_null(least))
		lint_report(run, least, "%s %lld lets '%s' shrink below %lld",
			    field, (long long)count, target, (long long)min);
	else
		lint_report_absent(run, spec, field,
				   "%s %lld lets '%s' shrink below %lld", field,
				   (long long)count, target, (long long)min);
	lint_help(run, "set %s to at least %lld", field, (long long)min);
}

const struct lint_rule lint_hpa_min_too_low = {
	.name = "hpa-min-too-low",
	.code = "PL1008",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "An autoscaler may shrink a workload below the minimum.",
	.why = "With a single replica each restart, eviction or node failure "
	       "is an outage.",
	.fix = "Set minReplicas to at least the minimum.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
