/*
 * replicas-with-hpa: each apply sets back what the autoscaler decided.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *replicas = value_at(object->root, "spec.replicas");
	const struct object *scaler;

	if (!replicas || value_is_null(replicas))
		return;
	scaler = lint_scaler_of(run, object);
	if (!scaler)
		return;
	lint_report(run, replicas,
		    "replicas is written although %s '%s' scales this %s: "
		    "every apply undoes the autoscaler",
		    scaler->kind, scaler->name, object->kind);
	lint_related(run, value_at(scaler->root, "spec.scaleTargetRef.name"),
		     "scaled by this");
}

const struct lint_rule lint_replicas_with_hpa = {
	.name = "replicas-with-hpa",
	.code = "PL1007",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "Replicas are written although an autoscaler owns them.",
	.why = "Each apply sets the number back to what is written, until the "
	       "autoscaler corrects it again: pods are stopped and started for "
	       "nothing.",
	.fix = "Delete spec.replicas (set it once by hand, or in the "
	       "autoscaler's minReplicas).",
	.check_pod = check,
};
