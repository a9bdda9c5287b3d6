/*
 * pdb-min-available-too-high: as many have to stay as there are.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/number.h"
#include "lints/index.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "policy", "PodDisruptionBudget" },
					   { NULL, NULL } };

/*
 * How many of `replicas` have to stay; a percentage is rounded up.  All of
 * them is what pdb-blocks-eviction is about, if it is on.
 */
static bool wanted(const struct lint_run *run, const struct value *min, int64_t replicas, int64_t *count)
{
	const char *text = value_string(min);
	size_t len = text ? strlen(text) : 0;
	int64_t percent;

	if (!text)
		return value_as_int(min, count);
	if (len < 2 || text[len - 1] != '%' ||
	    number_parse_int(text, len - 1, 10, &percent) != NUMBER_OK ||
	    percent < 0 || percent > INT32_MAX || replicas > INT32_MAX ||
	    (percent == 100 &&
	     lint_is_on(run, LINT_RULE_pdb_blocks_eviction)))
		return false;
	*count = (replicas * percent + 99) / 100;
	return true;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *min = value_at(object->root, "spec.minAvailable");
	const struct value *value = value_at(object->root, "spec.selector");
	struct lint_selector selector = lint_selector_of(value);
	struct lint_workloads matched;
	int64_t replicas, count;
	size_t i;

	if (value_is_null(min) || !value_is_map(value))
		return;
	lint_select(run, lint_namespace(run, object), &selector, &matched);
	for (i = 0; i < matched.count; i++) {
		const struct object *target = matched.items[i]->object;

		if (strcmp(target->kind, "Deployment") != 0 &&
		    strcmp(target->kind, "StatefulSet") != 0 &&
		    strcmp(target->kind, "ReplicaSet") != 0)
			continue;
		replicas = lint_replicas(run, target);
		if (!replicas || !wanted(run, min, replicas, &count) ||
		    count < replicas)
			continue;
		lint_report(run, min,
			    "minAvailable %lld is not below the %lld replicas "
			    "of %s '%s': node drains hang",
			    (long long)count, (long long)replicas, target->kind,
			    target->name);
		return;
	}
}

const struct lint_rule lint_pdb_min_available_too_high = {
	.name = "pdb-min-available-too-high",
	.code = "PL1014",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "minAvailable of a PodDisruptionBudget is not below the "
		   "number of replicas.",
	.why = "No pod may go then: draining a node waits for ever.",
	.fix = "Lower minAvailable, use maxUnavailable: 1, or add replicas.",
	.kinds = kinds,
	.check_object = check,
};
