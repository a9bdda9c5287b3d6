/*
 * istio-policy-ineffective: an AuthorizationPolicy that does not do what it
 * seems to.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/edit_distance.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/selector.h"
#include "model/bundle.h"
#include "model/value.h"

static const char *const condition_keys[] = { "request.headers",
					      "remote.ip",
					      "request.auth.principal",
					      "request.auth.audiences",
					      "request.auth.presenter",
					      "request.auth.claims",
					      "source.ip",
					      "source.namespace",
					      "source.principal",
					      "source.serviceAccount",
					      "destination.ip",
					      "destination.port",
					      "connection.sni",
					      NULL };

static void report(struct lint_run *run, const struct object *policy,
		   const struct value *at, const char *reason, const char *help)
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

/* "request.headers[x]" is the key "request.headers" with a part in brackets. */
static bool is_key(const char *key)
{
	const char *const *known = condition_keys;
	size_t len = strcspn(key, "[");

	for (; *known; known++)
		if (strlen(*known) == len && strncmp(*known, key, len) == 0)
			return true;
	return strncmp(key, "experimental.envoy.filters.", 27) == 0;
}

static void check_conditions(struct lint_run *run, const struct object *policy,
			     const struct value *rules)
{
	const struct value *rule, *condition, *key;

	list_foreach (rule, rules)
		list_foreach (condition, value_get(rule, "when")) {
			key = value_get(condition, "key");
			if (!value_is_string(key) || is_key(value_string(key)))
				continue;
			lint_report_in(run, policy, key,
				       "AuthorizationPolicy '%s': no condition "
				       "has the key '%s'",
				       policy->name, value_string(key));
			lint_help(
				run, "correct it%s",
				lint_did_you_mean(
					run, edit_nearest_of(value_string(key),
							     condition_keys)));
		}
}

/* One in the root namespace of the mesh selects pods of all namespaces. */
static void check_selector(struct lint_run *run, const struct object *policy,
			   const struct value *selector)
{
	struct lint_selector wanted =
		lint_selector_plain(value_get(selector, "matchLabels"));
	const char *own = lint_namespace(run, policy);
	struct lint_workloads matched = { 0 };

	if (lint_selector_is_empty(&wanted) ||
	    strcmp(own, "istio-system") == 0 ||
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
		check_conditions(run, policy, value_get(spec, "rules"));
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
	.summary = "An AuthorizationPolicy allows nothing, denies nothing, "
		   "selects nothing or has a condition that there is not.",
	.why = "Either all requests are refused, or none.",
	.fix = "Change the rules or the selector.",
	.check_bundle = check,
};
