/*
 * naked-pod: nothing replaces the pod.
 *
 * What a hook makes runs once, and static pods are the kubelet's.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Pod" },
					   { "", "ReplicationController" },
					   { "apps", "ReplicaSet" },
					   { NULL, NULL } };

static const char *const exempt[] = {
	"[\"helm.sh/hook\"]",
	"[\"argocd.argoproj.io/hook\"]",
	"[\"kubernetes.io/config.mirror\"]",
	"[\"kubernetes.io/config.source\"]",
};

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *annotations = value_get(metadata, "annotations");
	size_t i;

	if (value_count(value_get(metadata, "ownerReferences")))
		return;
	for (i = 0; i < ARRAY_COUNT(exempt); i++)
		if (value_at(annotations, exempt[i]))
			return;
	if (strcmp(object->kind, "Pod") == 0)
		lint_report(run, value_get(metadata, "name"),
			    "Pod '%s' has no controller: it is not "
			    "rescheduled when its node fails",
			    object->name);
	else
		lint_report(run, value_get(metadata, "name"),
			    "%s '%s' has no controller: a change of its "
			    "template reaches no pod",
			    object->kind, object->name);
}

const struct lint_rule lint_naked_pod = {
	.name = "naked-pod",
	.code = "PL1140",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A Pod or a ReplicaSet has no controller.",
	.why = "When the node fails, the pod is gone; and nothing rolls out a "
	       "new version.",
	.fix = "Use a Deployment, StatefulSet, DaemonSet or Job.",
	.kinds = kinds,
	.check_object = check,
};
