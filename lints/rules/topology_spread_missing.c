/*
 * topology-spread-missing: replicas that no constraint spreads.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/placement.h"
#include "lints/subjects/pods.h"
#include "model/object.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "minReplicas", LINT_PARAM_INT, "2",
	  "The number of replicas from which they are to be spread." },
	{ "kinds", LINT_PARAM_TEXTS, "[Deployment, StatefulSet]",
	  "The kinds that are checked." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *list =
		value_get(pod->spec, "topologySpreadConstraints");
	const struct object *object = pod->object;
	const struct value *item;
	int64_t count;

	if (!lint_is_kind_of(object, lint_param_texts(run, "kinds")) ||
	    lint_is_test(object) || lint_is_parked(run, object))
		return;
	count = lint_replicas(run, object);
	if (count < lint_param_int(run, "minReplicas"))
		return;
	list_foreach (item, list)
		if (lint_term_selects(item,
				      lint_workload_of(run, object)->labels))
			return;
	lint_report_absent(run, pod->spec, "topologySpreadConstraints",
			   "no topologySpreadConstraint spreads the %lld "
			   "replica%s of '%s'",
			   (long long)count, count == 1 ? "" : "s",
			   object->name);
}

const struct lint_rule lint_topology_spread_missing = {
	.name = "topology-spread-missing",
	.code = "PL1131",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "No topologySpreadConstraint spreads the replicas of a "
		   "workload.",
	.why = "An anti-affinity keeps pods apart or does nothing; a "
	       "constraint keeps their numbers even.",
	.fix = "Add topologySpreadConstraints for its own labels.",
	.params = params,
	.check_pod = check,
};
