/*
 * linkerd-injection-unset: a workload that leaves the mesh open.
 */
#include "lints/lint.h"

#include <string.h>
#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/packs.h"
#include "lints/subjects/selector.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static const char note[] = "linkerd.io/inject";

static bool has_note(const struct value *metadata)
{
	return value_get(value_get(metadata, "annotations"), note);
}

static void check_one(struct lint_run *run,
		      const struct lint_workload *workload)
{
	const struct object *object = workload->object;
	struct lint_reference ref = { "", "Namespace", "",
				      workload->name_space };
	const struct object *home = lint_referred(run, &ref);

	if (has_note(workload->pod.metadata) ||
	    (home && has_note(value_get(home->root, "metadata"))))
		return;
	lint_report_in(run, object, value_get(object->root, "metadata"),
		       "%s '%s' does not say whether the proxy is injected",
		       object->kind, object->name);
}

static void check_ref(struct lint_run *run, const struct object *policy,
		      const char *field, const struct value *at)
{
	const struct value *name = value_get(at, "name");
	struct lint_reference ref = {
		value_string_or(value_get(at, "group"), ""),
		value_string_or(value_get(at, "kind"), ""),
		value_string_or(value_get(at, "namespace"),
				lint_namespace(run, policy)),
		value_string_or(name, ""),
	};

	if (strcmp(ref.kind, "Namespace") == 0 || !*ref.kind ||
	    !lint_dangles(run, &ref))
		return;
	lint_report_in(run, policy, name,
		       "%s of AuthorizationPolicy '%s' names %s '%s', which "
		       "does not exist",
		       field, policy->name, ref.kind, ref.name);
	lint_help(run, "correct it%s",
		  lint_did_you_mean(run, lint_near_name(run, &ref)));
}

static void check_policy(struct lint_run *run, const struct object *policy)
{
	const struct value *spec = value_get(policy->root, "spec"), *item;

	check_ref(run, policy, "targetRef", value_get(spec, "targetRef"));
	list_foreach (item, value_get(spec, "requiredAuthenticationRefs"))
		check_ref(run, policy, "requiredAuthenticationRefs", item);
}

static void check_server(struct lint_run *run, const struct object *server)
{
	const struct value *at = value_at(server->root, "spec.podSelector");
	struct lint_selector selector = lint_selector_of(at);
	const char *own = lint_namespace(run, server);
	struct lint_workloads matched = { 0 };

	if (lint_selector_is_empty(&selector) || !lint_pods_are_known(run, own))
		return;
	lint_select(run, own, &selector, &matched);
	if (!matched.count)
		lint_report_in(run, server, at,
			       "selector of Server '%s' matches no pod "
			       "template",
			       server->name);
}

static void check(struct lint_run *run)
{
	const struct lint_workload *workload;
	const struct object *object;

	if (!lint_has_group(run, "linkerd.io"))
		return;
	bundle_foreach (object, run->bundle) {
		workload = lint_workload_of(run, object);
		if (workload)
			check_one(run, workload);
		else if (strcmp(object->group, "policy.linkerd.io") != 0)
			continue;
		else if (strcmp(object->kind, "AuthorizationPolicy") == 0)
			check_policy(run, object);
		else if (strcmp(object->kind, "Server") == 0)
			check_server(run, object);
	}
}

const struct lint_rule lint_linkerd_injection_unset = {
	.name = "linkerd-injection-unset",
	.code = "PLX119",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "Neither a workload nor its Namespace says whether it "
		   "gets the proxy of Linkerd, or a policy is about nothing.",
	.why = "Pods outside of the mesh have no mutual TLS, and nobody "
	       "notices.",
	.fix = "Set linkerd.io/inject.",
	.params = params,
	.check_bundle = check,
};
