/*
 * hpa-no-metrics: an autoscaler that nobody told what to go by.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/targets.h"
#include "model/value.h"
#include "model/value_path.h"

/* Metrics of autoscaling/v1 stand in an annotation. */
static bool has_metrics(const struct object *object)
{
	return value_count(value_at(object->root, "spec.metrics")) ||
	       value_at(object->root, "spec.targetCPUUtilizationPercentage") ||
	       value_at(object->root, "metadata.annotations[\"autoscaling."
				      "alpha.kubernetes.io/metrics\"]");
}

static bool is_disabled(const struct value *behavior, const char *direction)
{
	return value_equals_string(
		value_get(value_get(behavior, direction), "selectPolicy"),
		"Disabled");
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *behavior = value_get(spec, "behavior");

	if (!has_metrics(object))
		lint_report_absent(run, spec, "metrics",
				   "'%s' has no metrics: only the server's "
				   "default of 80 %% CPU applies",
				   object->name);
	if (is_disabled(behavior, "scaleUp") &&
	    is_disabled(behavior, "scaleDown")) {
		lint_report(run, behavior, "'%s' may scale neither up nor down",
			    object->name);
		lint_help(run, "enable one direction");
	}
}

const struct lint_rule lint_hpa_no_metrics = {
	.name = "hpa-no-metrics",
	.code = "PL1117",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "An autoscaler has no metrics, or may not scale.",
	.why = "What it goes by is then a default of the server that nobody "
	       "chose.",
	.fix = "Write the metric you mean.",
	.kinds = lint_horizontal,
	.check_object = check,
};
