/*
 * istio-destination-missing: a route to a Service that does not exist.
 *
 * Hosts with dots are names outside of the namespace, or of a ServiceEntry,
 * unless they end in the name of the cluster.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/istio.h"
#include "lints/subjects/ports.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "networking.istio.io", "DestinationRule" },
	{ "networking.istio.io", "VirtualService" },
	{ NULL, NULL }
};

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static void report(struct lint_run *run, const struct value *at,
		   const char *field, const struct lint_reference *ref)
{
	lint_report(run, at, "%s '%s' does not exist", field, value_string(at));
	lint_at_use(run);
	lint_help(run, "correct the %s%s", field,
		  lint_did_you_mean(run, lint_near_name(run, ref)));
}

static void check_host(struct lint_run *run, const struct object *object,
		       const struct value *destination, void *context UNUSED)
{
	const struct value *host = value_get(destination, "host");
	const struct value *port = value_at(destination, "port.number");
	struct lint_reference ref;
	const struct object *service;

	if (!lint_istio_service(run, object, value_string_or(host, ""), &ref))
		return;
	service = lint_referred(run, &ref);
	if (!service && lint_dangles(run, &ref))
		report(run, host, "host", &ref);
	else if (service && port && !lint_service_port(service, port))
		lint_report(run, port, "Service '%s' has no port %s", ref.name,
			    lint_port_text(run->arena, port));
}

static void check_gateways(struct lint_run *run, const struct value *gateways)
{
	const struct value *gateway;

	list_foreach (gateway, gateways) {
		const char *name = value_string_or(gateway, "");
		const char *slash = strchr(name, '/');
		struct lint_reference ref = {
			"networking.istio.io",
			"Gateway",
			slash ? arena_strndup(run->arena, name,
					      (size_t)(slash - name))
			      : lint_namespace(run, run->object),
			slash ? slash + 1 : name,
		};

		if (strcmp(name, "mesh") != 0 && *name && !strchr(name, '.') &&
		    lint_dangles(run, &ref))
			report(run, gateway, "gateway", &ref);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");

	if (strcmp(object->kind, "DestinationRule") == 0)
		check_host(run, object, spec, NULL);
	check_gateways(run, value_get(spec, "gateways"));
	lint_istio_destinations(run, object, check_host, NULL);
}

const struct lint_rule lint_istio_destination_missing = {
	.name = "istio-destination-missing",
	.code = "PLX115",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A host, a port or a gateway that a route of Istio names "
		   "does not exist.",
	.why = "Requests are answered with 503.",
	.fix = "Correct the host.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
