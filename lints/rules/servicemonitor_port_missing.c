/*
 * servicemonitor-port-missing: a monitor that looks for a port that what it
 * watches does not have.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/subjects/ports.h"
#include "lints/subjects/selector.h"
#include "lints/subjects/service_labels.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static bool has_port(const struct lint_service_list *services, const char *name)
{
	const struct value *port;
	size_t i;

	for (i = 0; i < services->count; i++)
		list_foreach (port,
			      value_at(services->items[i]->root, "spec.ports"))
			if (value_equals_string(value_get(port, "name"), name))
				return true;
	return false;
}

static void check_services(struct lint_run *run, const struct object *object,
			   const struct lint_service_list *services)
{
	const struct value *endpoint;

	list_foreach (endpoint, value_at(object->root, "spec.endpoints")) {
		const struct value *port = value_get(endpoint, "port");
		const char *name = value_string_or(port, "");

		if (!*name || has_port(services, name))
			continue;
		lint_report_in(run, object, port,
			       "endpoint port '%s' does not exist on Service "
			       "'%s'",
			       name, services->items[0]->name);
		lint_help(run, "use one of: %s",
			  lint_service_ports_text(run->arena,
						  services->items[0]));
	}
}

static void check_monitor(struct lint_run *run,
			  const struct lint_services *index,
			  const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	struct lint_selector selector =
		lint_selector_of(value_get(spec, "selector"));
	const struct value *names =
		value_at(spec, "namespaceSelector.matchNames");
	struct lint_service_list services = { 0 };
	const struct value *name;

	if (value_is_true(value_at(spec, "namespaceSelector.any")))
		lint_services_select(run, index, "*", &selector, &services);
	else if (!value_count(names))
		lint_services_select(run, index, lint_namespace(run, object),
				     &selector, &services);
	list_foreach (name, names)
		lint_services_select(run, index, value_string_or(name, ""),
				     &selector, &services);
	/* What asks for all means the Services of operators, too. */
	if (services.count && !lint_selector_is_empty(&selector))
		check_services(run, object, &services);
}

static void check_pods(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	struct lint_selector selector =
		lint_selector_of(value_get(spec, "selector"));
	const struct lint_ports *ports;
	struct lint_workloads matched;
	const struct value *endpoint;
	size_t i;

	if (value_get(spec, "namespaceSelector"))
		return;
	lint_select(run, lint_namespace(run, object), &selector, &matched);
	ports = lint_ports_of_all(run, &matched);
	list_foreach (endpoint, value_get(spec, "podMetricsEndpoints")) {
		const struct value *port = value_get(endpoint, "port");

		for (i = 0; i < ports->count; i++)
			if (value_equals_string(port, ports->items[i].name))
				break;
		if (matched.count && value_is_string(port) && i == ports->count)
			lint_report_in(run, object, port,
				       "endpoint port '%s' does not exist on "
				       "%s '%s'",
				       value_string(port),
				       matched.items[0]->object->kind,
				       matched.items[0]->object->name);
	}
}

static void check(struct lint_run *run)
{
	const struct object_set *set = bundle_of_kind(
		run->bundle, "monitoring.coreos.com", "ServiceMonitor");
	struct lint_services services;
	size_t i;

	lint_services_build(run, &services);
	for (i = 0; set && i < set->objects.count; i++)
		check_monitor(run, &services, set->objects.items[i]);
	set = bundle_of_kind(run->bundle, "monitoring.coreos.com",
			     "PodMonitor");
	for (i = 0; set && i < set->objects.count; i++)
		check_pods(run, set->objects.items[i]);
}

const struct lint_rule lint_servicemonitor_port_missing = {
	.name = "servicemonitor-port-missing",
	.code = "PL5138",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An endpoint of a monitor names a port that its target does "
		   "not have.",
	.why = "Nothing is scraped, and no alert says so.",
	.fix = "Use a port of the target.",
	.check_bundle = check,
};
