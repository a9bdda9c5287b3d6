/*
 * rollout-deadlock: a rollout that cannot go on.
 */
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { NULL, NULL } };

static bool is_zero(const struct value *value)
{
	return value_equals_int(value, 0) || value_equals_string(value, "0%");
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *rolling = value_at(spec, "strategy.rollingUpdate");
	const struct value *deadline =
		value_get(spec, "progressDeadlineSeconds");
	int64_t ready = 0, seconds = 600;

	if (is_zero(value_get(rolling, "maxSurge")) &&
	    is_zero(value_get(rolling, "maxUnavailable")))
		lint_report(run, rolling,
			    "the rollout cannot make progress: maxSurge and "
			    "maxUnavailable are both 0");
	(void)value_as_int(value_get(spec, "minReadySeconds"), &ready);
	(void)value_as_int(deadline, &seconds);
	if (seconds <= ready)
		lint_report(run, value_get(spec, "minReadySeconds"),
			    "the rollout cannot make progress: "
			    "progressDeadlineSeconds %lld is not above "
			    "minReadySeconds %lld",
			    (long long)seconds, (long long)ready);
}

const struct lint_rule lint_rollout_deadlock = {
	.name = "rollout-deadlock",
	.code = "PL1128",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A rollout cannot make progress.",
	.why = "The API server rejects it.",
	.fix = "Let maxSurge or maxUnavailable be above 0 and "
	       "progressDeadlineSeconds above minReadySeconds.",
	.kinds = kinds,
	.check_object = check,
};
