/*
 * networkpolicy-peer-dangling: a peer that is nobody.
 *
 * Peers in other namespaces are judged where the namespace is named; what
 * labels a namespace has is known to the cluster alone.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/selector.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "networking.k8s.io",
					     "NetworkPolicy" },
					   { "extensions", "NetworkPolicy" },
					   { NULL, NULL } };

/* The namespace the peer's pods are in; NULL: that cannot be told. */
static const char *name_space_of(struct lint_run *run, const struct value *peer)
{
	const struct value *selector = value_get(peer, "namespaceSelector");
	const struct value *labels = value_get(selector, "matchLabels");

	if (!selector)
		return lint_namespace(run, run->object);
	if (value_count(labels) != 1 ||
	    value_count(value_get(selector, "matchExpressions")))
		return NULL;
	return value_string(value_get(labels, "kubernetes.io/metadata.name"));
}

static void check_peer(struct lint_run *run, const struct value *peer,
		       const char *direction)
{
	const struct value *value = value_get(peer, "podSelector");
	struct lint_selector selector = lint_selector_of(value);
	const char *name_space = name_space_of(run, peer);
	struct lint_workloads matched;

	if (lint_selector_is_empty(&selector) || !name_space ||
	    !lint_pods_are_known(run, name_space))
		return;
	lint_select(run, name_space, &selector, &matched);
	if (!matched.count)
		lint_report(run, value,
			    "podSelector in %s matches no pod template: "
			    "nothing is allowed by this peer",
			    direction);
}

static void check(struct lint_run *run, const struct object *object)
{
	static const char *const lists[][2] = { { "ingress", "from" },
						{ "egress", "to" } };
	const struct value *rule, *peer;
	size_t i;

	for (i = 0; i < ARRAY_COUNT(lists); i++)
		list_foreach (rule, value_get(value_get(object->root, "spec"),
					      lists[i][0]))
			list_foreach (peer, value_get(rule, lists[i][1]))
				check_peer(run, peer, lists[i][1]);
}

const struct lint_rule lint_networkpolicy_peer_dangling = {
	.name = "networkpolicy-peer-dangling",
	.code = "PL5128",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A peer of a NetworkPolicy matches no pods.",
	.why = "Nothing is allowed by it, or it is a slip of the pen.",
	.fix = "Correct the selector.",
	.kinds = kinds,
	.check_object = check,
};
