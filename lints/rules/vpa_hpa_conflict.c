/*
 * vpa-hpa-conflict: more pods and bigger pods, decided by the same measure.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/targets.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

/* Whether a policy takes the resource out of the autoscaler's hands. */
static bool leaves_alone(const struct object *vpa, const char *resource)
{
	const struct value *policies =
		value_at(vpa->root, "spec.resourcePolicy.containerPolicies");
	const struct value *policy, *item;

	list_foreach (policy, policies) {
		const struct value *list =
			value_get(policy, "controlledResources");
		bool found = !list;

		list_foreach (item, list)
			found |= value_equals_string(item, resource);
		if (!found ||
		    value_equals_string(value_get(policy, "mode"), "Off"))
			return true;
	}
	return false;
}

static void check(struct lint_run *run, const struct object *vpa)
{
	struct lint_reference ref = lint_target_of(run, vpa);
	const struct object *hpa =
		lint_scaler_at(run, ref.name_space, ref.kind, ref.name);
	const struct value *mode =
		value_at(vpa->root, "spec.updatePolicy.updateMode");
	struct lint_utilization measure;
	size_t index = 0;

	if (!hpa || strcmp(hpa->kind, "HorizontalPodAutoscaler") != 0 ||
	    value_equals_string(mode, "Off"))
		return;
	while (lint_utilization_next(hpa, &index, &measure)) {
		if (leaves_alone(vpa, measure.resource))
			continue;
		lint_report(run, mode ? mode : value_get(vpa->root, "spec"),
			    "VerticalPodAutoscaler '%s' and "
			    "HorizontalPodAutoscaler '%s' both act on %s of "
			    "%s '%s'",
			    vpa->name, hpa->name, measure.resource, ref.kind,
			    ref.name);
		lint_related(run, measure.at, "measured here");
		return;
	}
}

const struct lint_rule lint_vpa_hpa_conflict = {
	.name = "vpa-hpa-conflict",
	.code = "PL1120",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A vertical and a horizontal autoscaler act on one measure.",
	.why = "One raises the requests, which lowers the utilization that "
	       "the other goes by: they drive each other.",
	.fix = "Set updateMode of the VerticalPodAutoscaler to Off, or scale "
	       "on another metric.",
	.kinds = lint_vertical,
	.check_object = check,
};
