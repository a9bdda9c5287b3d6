/*
 * keda-paused: an autoscaler that was stopped.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "keda.sh", "ScaledJob" },
					   { "keda.sh", "ScaledObject" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const names[] = { "autoscaling.keda.sh/paused",
					     "autoscaling.keda.sh/"
					     "paused-replicas" };
	const struct value *notes =
		value_at(object->root, "metadata.annotations");
	const struct value *spec = value_get(object->root, "spec");
	const struct value *idle = value_get(spec, "idleReplicaCount");
	int64_t least = 0, count;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++) {
		const struct value *note = value_get(notes, names[i]);

		if (note && !value_equals_string(note, "false"))
			lint_report(run, note, "%s '%s' is paused",
				    object->kind, object->name);
	}
	(void)value_as_int(value_get(spec, "minReplicaCount"), &least);
	if (value_as_int(idle, &count) && count >= least) {
		lint_report(run, idle,
			    "%s '%s' idles with %lld pods, not below "
			    "minReplicaCount %lld",
			    object->kind, object->name, (long long)count,
			    (long long)least);
		lint_help(run, "set idleReplicaCount: 0");
	}
}

const struct lint_rule lint_keda_paused = {
	.name = "keda-paused",
	.code = "PLX124",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A ScaledObject or ScaledJob is paused, or idles with as "
		   "many pods as it needs.",
	.why = "Nothing scales, and the annotation is easily forgotten.",
	.fix = "Delete the annotation.",
	.kinds = kinds,
	.check_object = check,
};
