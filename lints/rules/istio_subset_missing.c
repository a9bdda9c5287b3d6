/*
 * istio-subset-missing: a subset that no DestinationRule defines, or that no
 * pod is in.
 *
 * A client takes the rule of its own namespace, else that of the Service's or
 * of the root namespace: a subset that one of them defines is not reported.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/istio.h"
#include "lints/subjects/selector.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

VEC_TYPE(rules, const struct object *);

static const char *host_of(const struct value *of)
{
	return value_string_or(value_get(of, "host"), "");
}

static void note_rule(struct lint_run *run, struct table *by_host,
		      const struct object *rule)
{
	const char *host = lint_istio_host(
		run, rule, host_of(value_get(rule->root, "spec")));
	struct rules *rules = table_gets(by_host, host);

	if (!rules) {
		rules = arena_zalloc(run->arena, sizeof(*rules));
		table_puts(by_host, host, rules);
	}
	vec_push(run->arena, rules, rule);
}

static bool defines(const struct object *rule, const struct value *subset)
{
	const struct value *item;

	list_foreach (item, value_at(rule->root, "spec.subsets"))
		if (value_equals(value_get(item, "name"), subset))
			return true;
	return false;
}

static void check_destination(struct lint_run *run, const struct object *object,
			      const struct value *destination, void *context)
{
	const struct value *subset = value_get(destination, "subset");
	const char *host = host_of(destination);
	const struct rules *rules =
		table_gets(context, lint_istio_host(run, object, host));
	size_t i;

	if (!value_is_string(subset) || !rules)
		return;
	for (i = 0; i < rules->count; i++)
		if (defines(rules->items[i], subset))
			return;
	lint_report_in(run, object, subset, "subset '%s' of %s is not defined",
		       value_string(subset), host);
	lint_related(run, rules->items[0]->root, "the DestinationRule");
}

static bool any_has(const struct lint_workloads *pods,
		    const struct value *labels)
{
	struct lint_selector wanted = lint_selector_plain(labels);
	size_t i;

	for (i = 0; i < pods->count; i++)
		if (lint_selector_matches(&wanted, pods->items[i]->labels))
			return true;
	return false;
}

static void check_labels(struct lint_run *run, const struct object *rule)
{
	const struct value *spec = value_get(rule->root, "spec"), *item;
	const struct object *service;
	struct lint_workloads pods = { 0 };
	struct lint_selector selector;
	struct lint_reference ref;

	if (!lint_istio_service(run, rule, host_of(spec), &ref))
		return;
	service = lint_referred(run, &ref);
	if (!service || !lint_pods_are_known(run, ref.name_space))
		return;
	selector =
		lint_selector_plain(value_at(service->root, "spec.selector"));
	if (lint_selector_is_empty(&selector))
		return;
	lint_select(run, ref.name_space, &selector, &pods);
	list_foreach (item, value_get(spec, "subsets")) {
		const struct value *labels = value_get(item, "labels");

		if (!pods.count || !value_count(labels) ||
		    any_has(&pods, labels))
			continue;
		lint_report_in(run, rule, labels,
			       "subset '%s' of %s matches no pod template",
			       value_string_or(value_get(item, "name"), ""),
			       host_of(spec));
		lint_related(run, service->root, "the Service");
	}
}

static void check(struct lint_run *run)
{
	static const char group[] = "networking.istio.io";
	const struct object_set *set =
		bundle_of_kind(run->bundle, group, "DestinationRule");
	struct table by_host;
	size_t i;

	table_init(&by_host, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		note_rule(run, &by_host, set->objects.items[i]);
		check_labels(run, set->objects.items[i]);
	}
	set = bundle_of_kind(run->bundle, group, "VirtualService");
	for (i = 0; set && i < set->objects.count; i++)
		lint_istio_destinations(run, set->objects.items[i],
					check_destination, &by_host);
}

const struct lint_rule lint_istio_subset_missing = {
	.name = "istio-subset-missing",
	.code = "PLX116",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A route names a subset that the DestinationRule of its "
		   "host does not define, or no pod is in it.",
	.why = "Requests are answered with 503.",
	.fix = "Add it to the DestinationRule.",
	.check_bundle = check,
};
