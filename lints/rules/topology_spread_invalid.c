/*
 * topology-spread-invalid: constraints that the server refuses, and those that
 * select nothing because they have no selector.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/table.h"
#include "model/value.h"
#include "model/value_path.h"

static void refuse(struct lint_run *run, size_t index, const struct value *at,
		   const char *reason)
{
	lint_report(run, at, "topologySpreadConstraints[%zu]: %s", index,
		    reason);
}

static void check_numbers(struct lint_run *run, size_t index,
			  const struct value *item)
{
	const struct value *skew = value_get(item, "maxSkew");
	const struct value *domains = value_get(item, "minDomains");
	int64_t number;

	if (value_as_int(skew, &number) && number < 1)
		refuse(run, index, skew, "maxSkew is less than 1");
	if (!value_as_int(domains, &number))
		return;
	if (number < 1)
		refuse(run, index, domains, "minDomains is less than 1");
	else if (value_equals_string(value_get(item, "whenUnsatisfiable"),
				     "ScheduleAnyway"))
		refuse(run, index, domains,
		       "minDomains is of no use with ScheduleAnyway");
}

static bool selects_by(const struct value *selector, const char *key)
{
	const struct value *expression;

	if (value_get(value_get(selector, "matchLabels"), key))
		return true;
	list_foreach (expression, value_get(selector, "matchExpressions"))
		if (value_equals_string(value_get(expression, "key"), key))
			return true;
	return false;
}

static void check_selector(struct lint_run *run, size_t index,
			   const struct value *item)
{
	const struct value *selector = value_get(item, "labelSelector");
	const struct value *keys = value_get(item, "matchLabelKeys");
	const struct value *key;

	if (value_is_null(selector) && value_count(keys)) {
		refuse(run, index, keys,
		       "matchLabelKeys needs a labelSelector");
	} else if (value_is_null(selector)) {
		lint_report_as(run, DIAG_WARNING, item,
			       "topologySpreadConstraints[%zu]: without a "
			       "labelSelector it has no effect",
			       index);
		lint_help(run, "select the template's own labels");
	}
	list_foreach (key, keys)
		if (selects_by(selector, value_string_or(key, "")))
			refuse(run, index, key,
			       "the label is in matchLabelKeys and in "
			       "labelSelector");
}

static void check_pair(struct lint_run *run, struct table *seen, size_t index,
		       const struct value *item)
{
	const struct value *topology = value_get(item, "topologyKey");
	const struct value *when = value_get(item, "whenUnsatisfiable");
	const char *text = value_string_or(when, "");
	const char *key;

	if (value_equals_string(topology, ""))
		refuse(run, index, topology, "topologyKey is empty");
	/* The schema says so where it is asked. */
	else if (value_is_null(topology) &&
		 !lint_is_on(run, LINT_RULE_schema_required_missing))
		refuse(run, index, item, "it has no topologyKey");
	if (*text && strcmp(text, "DoNotSchedule") != 0 &&
	    strcmp(text, "ScheduleAnyway") != 0)
		refuse(run, index, when,
		       "whenUnsatisfiable is DoNotSchedule or ScheduleAnyway");
	key = arena_printf(run->arena, "%s\n%s", value_string_or(topology, ""),
			   text);
	if (table_puts(seen, key, (void *)item))
		refuse(run, index, item,
		       "topologyKey and whenUnsatisfiable are those of "
		       "another one");
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *list =
		value_get(pod->spec, "topologySpreadConstraints");
	const struct value *item;
	struct table seen;

	if (!value_count(list))
		return;
	table_init(&seen, run->arena);
	list_foreach (item, list) {
		check_numbers(run, item_at, item);
		check_selector(run, item_at, item);
		check_pair(run, &seen, item_at, item);
	}
}

const struct lint_rule lint_topology_spread_invalid = {
	.name = "topology-spread-invalid",
	.code = "PL1132",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A topologySpreadConstraint is refused, or has no effect.",
	.why = "The API server rejects the pod; without a selector it counts "
	       "no pods.",
	.fix = "Correct the constraint.",
	.check_pod = check,
};
