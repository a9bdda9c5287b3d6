/*
 * service-selector-shared: two Services for the same pods and ports.
 *
 * One with an address and one without is a pair that StatefulSets need.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "lints/index.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static const char *key_of(struct lint_run *run, const struct object *service)
{
	const struct value *spec = value_get(service->root, "spec");
	const struct value *selector = value_get(spec, "selector");
	struct value_entry **sorted = value_sorted(run->arena, selector);
	const struct value *port;
	struct str key;
	size_t i;

	str_init(&key, run->arena);
	str_printf(&key, "%s\n%d\n", lint_namespace(run, service),
		   value_equals_string(value_get(spec, "clusterIP"), "None"));
	for (i = 0; i < value_count(selector); i++)
		str_printf(&key, "%s=%s\n", sorted[i]->key,
			   value_string_or(sorted[i]->value, ""));
	list_foreach (port, value_get(spec, "ports")) {
		int64_t number = 0;

		(void)value_as_int(value_get(port, "port"), &number);
		str_printf(&key, "%lld/%s\n", (long long)number,
			   value_string_or(value_get(port, "protocol"), "TCP"));
	}
	return str_text(&key);
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "", "Service");
	struct table seen;
	size_t i;

	table_init(&seen, run->arena);
	for (i = 0; set && i < set->objects.count; i++) {
		struct object *service = set->objects.items[i];
		const struct value *selector =
			value_at(service->root, "spec.selector");
		const struct object *other;
		const char *key;

		if (!value_is_map(selector) || !value_count(selector))
			continue;
		key = key_of(run, service);
		other = table_gets(&seen, key);
		if (other)
			lint_report_in(run, service, selector,
				       "Service '%s' has the selector and "
				       "ports of Service '%s'",
				       service->name, other->name);
		else
			table_puts(&seen, key, service);
	}
}

const struct lint_rule lint_service_selector_shared = {
	.name = "service-selector-shared",
	.code = "PL5112",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "Two Services have the same selector and ports.",
	.why = "One of them is forgotten, or was copied and not changed.",
	.fix = "Keep one, or select other pods.",
	.kinds = kinds,
	.check_bundle = check,
};
