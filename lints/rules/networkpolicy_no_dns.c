/*
 * networkpolicy-no-dns: pods that may speak with others, but cannot look up
 * their names.
 *
 * Another policy of the namespace that allows it for all pods is enough; a
 * policy that allows nothing at all is meant so.
 */
#include "base/table.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/selector.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static bool is_dns(const struct value *entry)
{
	const struct value *port = value_get(entry, "port");
	int64_t from = 0, to = 0;

	if (!port || value_is_string(port))
		return true;
	if (!value_as_int(port, &from))
		return false;
	if (!value_as_int(value_get(entry, "endPort"), &to))
		to = from;
	return from <= 53 && to >= 53;
}

static bool allows(const struct object *policy)
{
	const struct value *rule, *entry;

	list_foreach (rule, value_at(policy->root, "spec.egress")) {
		if (!value_count(value_get(rule, "ports")))
			return true;
		list_foreach (entry, value_get(rule, "ports"))
			if (is_dns(entry))
				return true;
	}
	return false;
}

/* Namespaces where a policy for all pods allows it. */
static void collect(struct lint_run *run, const struct object_set *set,
		    struct table *open)
{
	size_t i;

	for (i = 0; i < set->objects.count; i++) {
		struct object *policy = set->objects.items[i];
		struct lint_selector selector = lint_selector_of(
			value_at(policy->root, "spec.podSelector"));

		if (lint_selector_is_empty(&selector) && allows(policy))
			table_puts(open, lint_namespace(run, policy), policy);
	}
}

static void check(struct lint_run *run)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "networking.k8s.io", "NetworkPolicy");
	struct table open;
	size_t i;

	if (!set)
		return;
	table_init(&open, run->arena);
	collect(run, set, &open);
	for (i = 0; i < set->objects.count; i++) {
		const struct object *policy = set->objects.items[i];
		const struct value *egress =
			value_at(policy->root, "spec.egress");

		if (!value_count(egress) || allows(policy) ||
		    table_gets(&open, lint_namespace(run, policy)))
			continue;
		lint_report_in(run, policy, egress,
			       "NetworkPolicy '%s' restricts egress and allows "
			       "no DNS",
			       policy->name);
	}
}

const struct lint_rule lint_networkpolicy_no_dns = {
	.name = "networkpolicy-no-dns",
	.code = "PL5131",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A NetworkPolicy restricts egress and allows no DNS.",
	.why = "Names do not resolve, and every connection by name fails after "
	       "a long time.",
	.fix = "Allow port 53 UDP and TCP to kube-dns.",
	.check_bundle = check,
};
