/*
 * service-no-selector: a Service that nothing gives endpoints to.
 */
#include "lints/lint.h"
#include "base/arena.h"
#include "base/table.h"
#include "lints/index.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const char *key_of(struct lint_run *run, const struct object *object,
			  const char *name)
{
	return arena_printf(run->arena, "%s\n%s", lint_namespace(run, object),
			    name);
}

/* The names of Services whose endpoints are written by hand. */
static void collect(struct lint_run *run, struct table *written)
{
	const struct object_set *sets[] = {
		bundle_of_kind(run->bundle, "", "Endpoints"),
		bundle_of_kind(run->bundle, "discovery.k8s.io",
			       "EndpointSlice"),
	};
	size_t i, k;

	for (k = 0; k < 2; k++)
		for (i = 0; sets[k] && i < sets[k]->objects.count; i++) {
			struct object *object = sets[k]->objects.items[i];
			const char *label = value_string_or(
				value_at(object->root,
					 "metadata.labels"
					 "[\"kubernetes.io/service-name\"]"),
				object->name);

			table_puts(written, key_of(run, object, label), object);
		}
}

static void check(struct lint_run *run)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "", "Service");
	struct table written;
	size_t i;

	table_init(&written, run->arena);
	collect(run, &written);
	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *object = set->objects.items[i];
		const struct value *spec = value_get(object->root, "spec");

		if (value_count(value_get(spec, "selector")) ||
		    value_equals_string(value_get(spec, "type"),
					"ExternalName") ||
		    table_gets(&written, key_of(run, object, object->name)))
			continue;
		lint_report_in(run, object,
			       value_at(object->root, "metadata.name"),
			       "Service '%s' has no selector and no "
			       "EndpointSlice of that name",
			       object->name);
		lint_at_key(run);
	}
}

const struct lint_rule lint_service_no_selector = {
	.name = "service-no-selector",
	.code = "PL5101",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A Service has no selector and no EndpointSlice of its name "
		   "is here.",
	.why = "It refuses every connection until somebody writes its "
	       "endpoints.",
	.fix = "Add a selector, or the EndpointSlice it is meant for.",
	.check_bundle = check,
};
