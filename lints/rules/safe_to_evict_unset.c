/*
 * safe-to-evict-unset: local data keep the cluster from shrinking.
 */
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct value *local_volume(const struct value *pod)
{
	const struct value *volume;

	list_foreach (volume, value_get(pod, "volumes"))
		if (value_get(volume, "emptyDir") ||
		    value_get(volume, "hostPath"))
			return volume;
	return NULL;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume = local_volume(pod->spec);

	if (!volume || object_is(pod->object, "apps", "DaemonSet") ||
	    value_at(pod->metadata, "annotations[\"cluster-autoscaler."
				    "kubernetes.io/safe-to-evict\"]"))
		return;
	lint_report(run, volume,
		    "volume '%s' of '%s' is local, and nothing says whether "
		    "the pod may be evicted",
		    value_string_or(value_get(volume, "name"), ""),
		    pod->object->name);
}

const struct lint_rule lint_safe_to_evict_unset = {
	.name = "safe-to-evict-unset",
	.code = "PL1141",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod with local data does not say whether it may be "
		   "evicted.",
	.why = "The cluster autoscaler keeps a node for such a pod, even if "
	       "the data are worth nothing.",
	.fix = "Set the annotation "
	       "cluster-autoscaler.kubernetes.io/safe-to-evict.",
	.check_pod = check,
};
