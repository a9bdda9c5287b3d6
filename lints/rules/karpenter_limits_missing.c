/*
 * karpenter-limits-missing: a pool of nodes without a bound.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "karpenter.sh", "NodePool" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	if (!value_is_map(spec))
		return;
	if (!value_count(value_get(spec, "limits")))
		lint_report_absent(run, spec, "limits",
				   "NodePool '%s' may grow without bound",
				   object->name);
	if (!value_count(value_at(spec, "disruption.budgets"))) {
		lint_report_absent(run, spec, "disruption.budgets",
				   "NodePool '%s' has no disruption budget",
				   object->name);
		lint_help(run, "set spec.disruption.budgets");
	}
}

const struct lint_rule lint_karpenter_limits_missing = {
	.name = "karpenter-limits-missing",
	.code = "PLX125",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A NodePool may grow, or be disrupted, without bound.",
	.why = "A mistake in one workload then buys nodes without end.",
	.fix = "Set spec.limits.",
	.kinds = kinds,
	.check_object = check,
};
