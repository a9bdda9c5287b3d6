/*
 * node-selection-restricted: a pod chooses a node, or those of the control
 * plane.
 */
#include "lints/lint.h"
#include "lints/subjects/placement.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "keys", LINT_PARAM_TEXTS,
	  "[kubernetes.io/hostname, node-role.kubernetes.io/control-plane, "
	  "node-role.kubernetes.io/master]",
	  "Labels of nodes that pods are not to choose by." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *node = value_get(pod->spec, "nodeName");
	struct lint_node_keys keys;
	size_t i;

	if (!value_is_null(node) && !value_equals_string(node, ""))
		lint_report(run, node, "'%s' is bound to node '%s'",
			    pod->object->name, value_string_or(node, ""));
	lint_node_keys_of(run, pod->spec, &keys);
	for (i = 0; i < keys.count; i++)
		if ((keys.items[i].use == LINT_NODE_SELECTOR ||
		     keys.items[i].use == LINT_NODE_AFFINITY) &&
		    lint_param_lists(run, "keys", keys.items[i].key))
			lint_report(run, keys.items[i].at,
				    "'%s' chooses nodes by '%s'",
				    pod->object->name, keys.items[i].key);
}

const struct lint_rule lint_node_selection_restricted = {
	.name = "node-selection-restricted",
	.code = "PL1135",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary =
		"A pod is bound to one node, or chooses those of the control "
		"plane.",
	.why = "When that node fails nothing takes its place; and what runs "
	       "on the control plane may take it over.",
	.fix = "Let the scheduler choose, by labels that many nodes have.",
	.params = params,
	.check_pod = check,
};
