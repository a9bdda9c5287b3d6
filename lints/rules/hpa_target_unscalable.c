/*
 * hpa-target-unscalable: an autoscaler of what has no replicas.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "autoscaling", "HorizontalPodAutoscaler" }, { NULL, NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const fixed[] = { "DaemonSet", "Job", "CronJob",
					     "Pod" };
	const struct value *kind =
		value_at(object->root, "spec.scaleTargetRef.kind");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fixed); i++)
		if (value_equals_string(kind, fixed[i]))
			lint_report(run, kind,
				    "a %s cannot be scaled by a "
				    "HorizontalPodAutoscaler",
				    fixed[i]);
}

const struct lint_rule lint_hpa_target_unscalable = {
	.name = "hpa-target-unscalable",
	.code = "PL1114",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An autoscaler targets a kind that has no replicas.",
	.why = "Nothing is scaled, and only its status says so.",
	.fix = "Target a Deployment, StatefulSet, ReplicaSet or a scalable "
	       "custom resource.",
	.kinds = kinds,
	.check_object = check,
};
