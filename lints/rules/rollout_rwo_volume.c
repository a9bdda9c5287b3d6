/*
 * rollout-rwo-volume: two pods that need one volume of one node.
 *
 * A single pod is safe where the old one goes before the new one comes.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "apps", "Deployment" },
					   { NULL, NULL } };

/* The mode, if the claim is for one node or pod only. */
static const char *single_mode(const struct object *claim)
{
	const struct value *modes = value_at(claim->root, "spec.accessModes");
	const struct value *mode;
	const char *text = NULL;

	list_foreach (mode, modes) {
		text = value_string_or(mode, "");
		if (strncmp(text, "ReadWriteOnce", 13) != 0)
			return NULL;
	}
	return text;
}

/* Whether old and new pods may run at the same time. */
static bool overlaps(const struct object *object)
{
	const struct value *strategy = value_at(object->root, "spec.strategy");
	const struct value *surge =
		value_at(strategy, "rollingUpdate.maxSurge");

	return !value_equals_string(value_get(strategy, "type"), "Recreate") &&
	       !value_equals_int(surge, 0) && !value_equals_string(surge, "0%");
}

/*
 * What lets one pod overlap with the next, if somebody wrote it; two pods do
 * that whatever he writes there.
 */
static const struct value *strategy_of(struct lint_run *run,
				       const struct object *object)
{
	const struct value *strategy = value_at(object->root, "spec.strategy");
	const struct value *type = value_get(strategy, "type");

	if (lint_replicas(run, object) >= 2)
		return NULL;
	return type ? type : strategy;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *strategy = strategy_of(run, object), *volume;

	if (lint_is_parked(run, object) ||
	    (lint_replicas(run, object) < 2 && !overlaps(object)))
		return;
	list_foreach (volume, value_get(pod->spec, "volumes")) {
		const struct value *name =
			value_at(volume, "persistentVolumeClaim.claimName");
		struct lint_reference ref = { "", "PersistentVolumeClaim",
					      lint_namespace(run, object),
					      value_string_or(name, "") };
		const struct object *claim = lint_referred(run, &ref);
		const char *mode = claim ? single_mode(claim) : NULL;

		if (!mode)
			continue;
		lint_report(run, strategy ? strategy : name,
			    "%s '%s' runs old and new pods side by side while "
			    "PVC '%s' is %s: one on another node hangs",
			    object->kind, object->name, ref.name, mode);
		/* The name itself is often made by a helper. */
		if (!strategy)
			lint_at_key(run);
		lint_related(run, value_at(claim->root, "spec.accessModes"),
			     "for one node only");
	}
}

const struct lint_rule lint_rollout_rwo_volume = {
	.name = "rollout-rwo-volume",
	.code = "PL1129",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Several pods of a Deployment mount a volume of one node.",
	.why = "A new pod on another node waits for the volume until the old "
	       "one is gone, and that one waits for the new one to be ready.",
	.fix = "Use strategy Recreate, a StatefulSet with "
	       "volumeClaimTemplates, or ReadWriteMany.",
	.kinds = kinds,
	.check_pod = check,
};
