/*
 * anti-affinity-missing: all replicas may land on one node.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/index.h"
#include "lints/subjects/placement.h"
#include "lints/subjects/pods.h"
#include "model/object.h"
#include "model/value.h"

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

static const struct {
	const char *key;
	const char *now;
} former[] = {
	{ "failure-domain.beta.kubernetes.io/region",
	  "topology.kubernetes.io/region" },
	{ "failure-domain.beta.kubernetes.io/zone",
	  "topology.kubernetes.io/zone" },
};

static bool names_topology(struct lint_run *run, const struct value *term)
{
	const char *key = value_string_or(value_get(term, "topologyKey"), "");
	size_t i;

	/* A former name is deprecated-node-label's, and works. */
	for (i = 0; i < ARRAY_COUNT(former); i++)
		if (strcmp(key, former[i].key) == 0)
			key = former[i].now;
	return lint_param_lists(run, "topologyKeys", key);
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

static bool spreads(struct lint_run *run, const struct lint_workload *workload)
{
	const struct value *pod = workload->pod.spec;
	struct lint_pod_terms terms;
	const struct value *term;
	size_t i;

	lint_pod_terms_of(run, pod, &terms);
	for (i = 0; i < terms.count; i++) {
		term = terms.items[i].term;
		if (terms.items[i].anti && names_topology(run, term) &&
		    names_namespace(term, workload->name_space) &&
		    lint_term_selects(term, workload->labels))
			return true;
	}
	if (!lint_param_bool(run, "acceptSpread"))
		return false;
	list_foreach (term, value_get(pod, "topologySpreadConstraints"))
		if (names_topology(run, term) &&
		    lint_term_selects(term, workload->labels))
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
