/*
 * hpa-max-not-above-min: an autoscaler that has nothing to decide.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "autoscaling", "HorizontalPodAutoscaler" }, { NULL, NULL }
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *most = value_get(spec, "maxReplicas");
	int64_t min = 1, max;

	(void)value_as_int(value_get(spec, "minReplicas"), &min);
	if (!most && value_is_map(spec)) {
		lint_report_absent(run, spec, "maxReplicas",
				   "maxReplicas is not set: nothing can "
				   "scale");
		lint_help(run, "set maxReplicas above %lld", (long long)min);
		return;
	}
	if (!value_as_int(most, &max) || max > min)
		return;
	lint_report_as(run, max < min ? DIAG_ERROR : DIAG_WARNING, most,
		       "maxReplicas %lld is not above minReplicas %lld: "
		       "nothing can scale",
		       (long long)max, (long long)min);
}

const struct lint_rule lint_hpa_max_not_above_min = {
	.name = "hpa-max-not-above-min",
	.code = "PL1009",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "maxReplicas of an autoscaler is not above minReplicas.",
	.why = "Equal numbers leave nothing to decide, and the API server "
	       "rejects a maximum below the minimum.",
	.fix = "Raise maxReplicas.",
	.kinds = kinds,
	.check_object = check,
};
