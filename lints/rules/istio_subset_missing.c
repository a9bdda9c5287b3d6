/*
 * istio-subset-missing: a subset that no DestinationRule defines.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

/* The rule for a host of a namespace, by its text alone. */
static const char *key_of(struct lint_run *run, const struct object *object,
			  const char *host)
{
	return arena_printf(run->arena, "%s/%s", lint_namespace(run, object),
			    host);
}

static void note_rules(struct lint_run *run, struct table *rules)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "networking.istio.io", "DestinationRule");
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *rule = set->objects.items[i];

		table_puts(rules,
			   key_of(run, rule,
				  value_string_or(
					  value_at(rule->root, "spec.host"),
					  "")),
			   (void *)rule);
	}
}

static void check_destination(struct lint_run *run, const struct table *rules,
			      const struct object *object,
			      const struct value *destination)
{
	const struct value *subset = value_get(destination, "subset"), *item;
	const char *host = value_string_or(value_get(destination, "host"), "");
	const struct object *rule =
		table_gets(rules, key_of(run, object, host));

	if (!value_is_string(subset) || !rule)
		return;
	list_foreach (item, value_at(rule->root, "spec.subsets"))
		if (value_equals(value_get(item, "name"), subset))
			return;
	lint_report_in(run, object, subset, "subset '%s' of %s is not defined",
		       value_string(subset), host);
	lint_related(run, rule->root, "the DestinationRule");
}

static void check(struct lint_run *run)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "networking.istio.io", "VirtualService");
	const struct value *rule, *route;
	struct table rules;
	size_t i;

	table_init(&rules, run->arena);
	note_rules(run, &rules);
	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];

		list_foreach (rule, value_at(object->root, "spec.http"))
			list_foreach (route, value_get(rule, "route"))
				check_destination(run, &rules, object,
						  value_get(route,
							    "destination"));
	}
}

const struct lint_rule lint_istio_subset_missing = {
	.name = "istio-subset-missing",
	.code = "PLX116",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A route names a subset that the DestinationRule of its "
		   "host does not define.",
	.why = "Requests are answered with 503.",
	.fix = "Add it to the DestinationRule.",
	.check_bundle = check,
};
