/*
 * networkpolicy-missing: no policy says who may speak with the pods.
 */
#include "lints/lint.h"

#include <ctype.h>
#include <string.h>

#include "lints/index.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "directions", LINT_PARAM_TEXTS, "[ingress]",
	  "What policies have to restrict: ingress, egress." },
	{ "withRules", LINT_PARAM_BOOL, "false",
	  "A policy counts only for directions in which it allows something." },
	{ .name = NULL }
};

/* Ingress counts unless policyTypes leaves it out, Egress if it has rules. */
static bool restricts(struct lint_run *run, const struct object *policy,
		      const char *direction)
{
	const struct value *spec = value_get(policy->root, "spec");
	const struct value *types = value_at(policy->root, "spec.policyTypes");
	const struct value *type;
	bool egress = tolower((unsigned char)direction[0]) == 'e';

	if (lint_param_bool(run, "withRules") &&
	    !value_count(value_get(spec, egress ? "egress" : "ingress")))
		return false;
	if (!types)
		return !egress || value_at(policy->root, "spec.egress");
	list_foreach (type, types)
		if (value_equals_string(type, egress ? "Egress" : "Ingress"))
			return true;
	return false;
}

/* At the end of the directions: each is restricted by some policy. */
static const char *const *
find_open(struct lint_run *run, const struct lint_selecting_objects *policies)
{
	const char *const *direction = lint_param_texts(run, "directions");
	size_t i;

	for (; *direction; direction++) {
		for (i = 0; i < policies->count; i++)
			if (restricts(run, policies->items[i], *direction))
				break;
		if (i == policies->count)
			break;
	}
	return direction;
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	struct lint_selecting_objects policies;
	const char *const *direction;
	const void **known;

	lint_selected_by(run, LINT_BY_POLICY, lint_workload_of(run, object),
			 &policies);
	known = lint_answer(run, policies.items, policies.count, NULL);
	direction = known ? *known : NULL;
	if (!direction)
		direction = find_open(run, &policies);
	if (known)
		*known = direction;
	if (!*direction)
		return;
	lint_report(run, value_at(object->root, "metadata.name"),
		    "no NetworkPolicy selects the pods of %s '%s'",
		    object->kind, object->name);
	lint_at_key(run);
	if (strcmp(*direction, "ingress") != 0)
		lint_help(run, "add a policy for its %s", *direction);
}

const struct lint_rule lint_networkpolicy_missing = {
	.name = "networkpolicy-missing",
	.code = "PL5005",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.core = true,
	.opt_in = true,
	.since = "0.1",
	.summary = "No NetworkPolicy selects the pods of a workload.",
	.why = "Every pod of the cluster can reach them.",
	.fix = "Add a policy for its ingress.",
	.params = params,
	.check_pod = check,
};
