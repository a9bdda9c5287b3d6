/*
 * istio-policy-ineffective: an AuthorizationPolicy that does not do what it
 * seems to.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/selector.h"
#include "model/bundle.h"
#include "model/value.h"

static void report(struct lint_run *run, const struct object *policy,
		   const struct value *at, const char *reason,
		   const char *help)
{
	lint_report_in(run, policy, at, "AuthorizationPolicy '%s': %s",
		       policy->name, reason);
	lint_help(run, "%s", help);
}

static void check_rules(struct lint_run *run, const struct object *policy,
			const struct value *spec)
{
	const char *action =
		value_string_or(value_get(spec, "action"), "ALLOW");
	const struct value *rules = value_get(spec, "rules");

	/* Without any field it is the usual way to allow nothing. */
	if (!value_is_map(spec) || value_count(rules))
		return;
	if (strcmp(action, "DENY") == 0)
		report(run, policy, rules ? rules : spec,
		       "DENY without rules denies nothing", "add rules");
	else if (rules && strcmp(action, "ALLOW") == 0)
		report(run, policy, rules,
		       "ALLOW with empty rules refuses all requests",
		       "add rules, or {} as the one that allows all");
}

static void check_selector(struct lint_run *run, const struct object *policy,
			   const struct value *selector)
{
	struct lint_selector wanted =
		lint_selector_plain(value_get(selector, "matchLabels"));
	const char *own = lint_namespace(run, policy);
	struct lint_workloads matched = { 0 };

	if (lint_selector_is_empty(&wanted) ||
	    !lint_workloads_in(run, own)->count ||
	    lint_has_hidden_pods(run, own))
		return;
	lint_select(run, own, &wanted, &matched);
	if (!matched.count)
		report(run, policy, selector, "its selector matches no pods",
		       "correct the labels");
}

static void check(struct lint_run *run)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "security.istio.io", "AuthorizationPolicy");
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *policy = set->objects.items[i];
		const struct value *spec = value_get(policy->root, "spec");

		check_rules(run, policy, spec);
		check_selector(run, policy, value_get(spec, "selector"));
	}
}

const struct lint_rule lint_istio_policy_ineffective = {
	.name = "istio-policy-ineffective",
	.code = "PLX117",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An AuthorizationPolicy allows nothing, denies nothing or "
		   "selects nothing.",
	.why = "Either all requests are refused, or none.",
	.fix = "Change the rules or the selector.",
	.check_bundle = check,
};
