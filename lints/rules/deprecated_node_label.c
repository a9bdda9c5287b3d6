/*
 * deprecated-node-label: labels of nodes that have other names today.
 *
 * For clusters of both kinds the old name often stands beside the new one,
 * above all in tolerations: that is fine.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/subjects/placement.h"
#include "model/value.h"

static const struct {
	const char *old;
	const char *present;
} labels[] = {
	{ "beta.kubernetes.io/arch", "kubernetes.io/arch" },
	{ "beta.kubernetes.io/os", "kubernetes.io/os" },
	{ "beta.kubernetes.io/instance-type",
	  "node.kubernetes.io/instance-type" },
	{ "failure-domain.beta.kubernetes.io/region",
	  "topology.kubernetes.io/region" },
	{ "failure-domain.beta.kubernetes.io/zone",
	  "topology.kubernetes.io/zone" },
	{ "node-role.kubernetes.io/master",
	  "node-role.kubernetes.io/control-plane" },
};

static const char *successor(const char *key)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(labels); i++)
		if (strcmp(labels[i].old, key) == 0)
			return labels[i].present;
	return NULL;
}

static bool has(const struct lint_node_keys *keys, enum lint_node_key_use use,
		const char *key)
{
	size_t i;

	for (i = 0; i < keys->count; i++)
		if (keys->items[i].use == use &&
		    strcmp(keys->items[i].key, key) == 0)
			return true;
	return false;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct lint_node_keys keys;
	size_t i;

	lint_node_keys_of(run, pod->spec, &keys);
	for (i = 0; i < keys.count; i++) {
		const struct lint_node_key *item = &keys.items[i];
		const char *present = successor(item->key);

		if (!present || has(&keys, item->use, present))
			continue;
		lint_report(run, item->at, "label '%s' is deprecated",
			    item->key);
		lint_help(run,
			  item->use == LINT_TOLERATION ? "add '%s' beside it"
						       : "use '%s'",
			  present);
	}
}

const struct lint_rule lint_deprecated_node_label = {
	.name = "deprecated-node-label",
	.code = "PL1136",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A pod names a label of nodes that is deprecated.",
	.why = "New nodes do not have it any more: the pod stays pending.",
	.fix = "Use the label that replaced it.",
	.check_pod = check,
};
