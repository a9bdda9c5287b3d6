/*
 * networkpolicy-dangling: a NetworkPolicy that selects no pods.
 *
 * Judged only where the set has pods in that namespace at all; an empty
 * selector means all pods and is never in vain.  Where an operator makes pods,
 * or labels them, it may be about those.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/makers.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "networking.k8s.io",
					     "NetworkPolicy" },
					   { "extensions", "NetworkPolicy" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *value = value_at(object->root, "spec.podSelector");
	struct lint_selector selector = lint_selector_of(value);
	const char *name_space = lint_namespace(run, object);
	struct lint_workloads matched;

	if (lint_selector_is_empty(&selector) ||
	    !lint_pods_are_known(run, name_space))
		return;
	lint_select(run, name_space, &selector, &matched);
	if (matched.count)
		return;
	lint_report_as(
		run,
		lint_may_be_made(run, name_space, "pods") ? DIAG_INFO
							  : DIAG_WARNING,
		value,
		"podSelector of NetworkPolicy '%s' matches no pod template "
		"in namespace '%s'",
		object->name, name_space);
}

const struct lint_rule lint_networkpolicy_dangling = {
	.name = "networkpolicy-dangling",
	.code = "PL5006",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary =
		"The podSelector of a NetworkPolicy matches no pod template.",
	.why = "It restricts nothing, and the pods it was meant for stay open.",
	.fix = "Copy the labels of the workload's template.",
	.kinds = kinds,
	.check_object = check,
};
