/*
 * anti-affinity-missing: all replicas may land on one node.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/pods.h"
#include "lints/selector.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "minReplicas", LINT_PARAM_INT, "2",
	  "The number of replicas from which they are to be spread." },
	{ "topologyKeys", LINT_PARAM_TEXTS,
	  "[kubernetes.io/hostname, topology.kubernetes.io/zone, "
	  "topology.kubernetes.io/region]",
	  "The topologies that count." },
	{ "acceptSpread", LINT_PARAM_BOOL, "true",
	  "A topologySpreadConstraint for the own labels is enough." },
	{ "unset", LINT_PARAM_INT, "1",
	  "Replicas of a workload that says none and that nothing scales." },
	{ "kinds", LINT_PARAM_TEXTS, "[Deployment, StatefulSet]",
	  "The kinds that are checked." },
	{ .name = NULL }
};

static bool names_topology(struct lint_run *run, const struct value *term)
{
	const char *key = value_string_or(value_get(term, "topologyKey"), "");
	const char *const *wanted = lint_param_texts(run, "topologyKeys");

	for (; *wanted; wanted++)
		if (strcmp(*wanted, key) == 0)
			return true;
	return false;
}

/* Without a list of namespaces a term is about the pod's own. */
static bool names_namespace(const struct value *term, const char *name_space)
{
	const struct value *list = value_get(term, "namespaces");
	const struct value *item;

	if (value_is_map(value_get(term, "namespaceSelector")))
		return true;
	list_foreach (item, list)
		if (value_equals_string(item, name_space))
			return true;
	return !value_count(list);
}

static bool selects(const struct value *term, const struct value *labels)
{
	const struct value *value = value_get(term, "labelSelector");
	struct lint_selector selector = lint_selector_of(value);

	/* An absent selector matches no pods, an empty one all. */
	return value_is_map(value) && lint_selector_matches(&selector, labels);
}

static bool spreads(struct lint_run *run, const struct lint_workload *workload)
{
	const struct value *pod = workload->pod.spec;
	const struct value *avoid = value_at(pod, "affinity.podAntiAffinity");
	const struct value *term;
	const struct value *lists[] = {
		value_get(avoid,
			  "requiredDuringSchedulingIgnoredDuringExecution"),
		value_get(avoid,
			  "preferredDuringSchedulingIgnoredDuringExecution"),
	};
	size_t i;

	for (i = 0; i < 2; i++)
		list_foreach (term, lists[i]) {
			const struct value *own =
				i ? value_get(term, "podAffinityTerm") : term;

			if (names_topology(run, own) &&
			    names_namespace(own, workload->name_space) &&
			    selects(own, workload->labels))
				return true;
		}
	if (!lint_param_bool(run, "acceptSpread"))
		return false;
	list_foreach (term, value_get(pod, "topologySpreadConstraints"))
		if (names_topology(run, term) &&
		    selects(term, workload->labels))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	int64_t count;

	if (!lint_is_kind_of(object, lint_param_texts(run, "kinds")) ||
	    lint_is_test(object) || lint_is_parked(run, object))
		return;
	count = lint_replicas_or(run, object, lint_param_int(run, "unset"));
	if (count < lint_param_int(run, "minReplicas") ||
	    spreads(run, lint_workload_of(run, object)))
		return;
	lint_report_absent(run, pod->spec, "topologySpreadConstraints",
			   "nothing spreads the %lld replicas of '%s' over "
			   "nodes: one node failure can stop them all",
			   (long long)count, object->name);
}

const struct lint_rule lint_anti_affinity_missing = {
	.name = "anti-affinity-missing",
	.code = "PL1015",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "Nothing spreads the replicas of a workload over nodes.",
	.why = "The scheduler may put all replicas on one node, and then its "
	       "failure stops them together.",
	.fix = "Add topologySpreadConstraints or a podAntiAffinity on "
	       "kubernetes.io/hostname for its own labels.",
	.params = params,
	.check_pod = check,
};
