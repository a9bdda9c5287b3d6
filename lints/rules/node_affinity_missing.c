/*
 * node-affinity-missing: a pod that does not care on which nodes it runs.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	if (!value_is_map(value_at(pod->spec, "affinity.nodeAffinity")))
		lint_report_absent(run, pod->spec, "affinity.nodeAffinity",
				   "'%s' has no nodeAffinity",
				   pod->object->name);
}

const struct lint_rule lint_node_affinity_missing = {
	.name = "node-affinity-missing",
	.code = "PL1134",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod has no nodeAffinity.",
	.why = "In clusters of several kinds of nodes pods may land where "
	       "they do not belong.",
	.fix = "Add affinity.nodeAffinity for the nodes that are meant.",
	.check_pod = check,
};
