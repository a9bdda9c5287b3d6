/*
 * gateway-route-dangling: a route from or to what does not exist.
 *
 * A reference into another namespace needs a ReferenceGrant there; it is
 * asked for only where the Service itself is in the set.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "lints/subjects/grants.h"
#include "lints/subjects/ports.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const char gateway_group[] = "gateway.networking.k8s.io";

static void report(struct lint_run *run, const struct object *route,
		   const struct value *at, const char *field,
		   const char *reason)
{
	lint_report_in(run, route, at, "%s '%s' of %s '%s' %s", field,
		       value_string_or(at, ""), route->kind, route->name,
		       reason);
	lint_at_use(run);
}

static void check_parent(struct lint_run *run, const struct object *route,
			 const struct value *parent)
{
	const struct value *name = value_get(parent, "name");
	const struct value *section = value_get(parent, "sectionName");
	struct lint_reference ref = {
		gateway_group,
		value_string_or(value_get(parent, "kind"), "Gateway"),
		value_string_or(value_get(parent, "namespace"),
				lint_namespace(run, route)),
		value_string_or(name, ""),
	};
	const struct value *listener;
	const struct object *gateway;

	if (strcmp(ref.kind, "Gateway") != 0)
		return;
	if (lint_dangles(run, &ref)) {
		report(run, route, name, "parentRef", "does not exist");
		lint_help(run, "correct the reference%s",
			  lint_did_you_mean(run, lint_near_name(run, &ref)));
	}
	gateway = lint_referred(run, &ref);
	if (!gateway || !section)
		return;
	list_foreach (listener, value_at(gateway->root, "spec.listeners"))
		if (value_equals(value_get(listener, "name"), section))
			return;
	report(run, route, section, "sectionName",
	       "is no listener of the Gateway");
}

static void check_backend(struct lint_run *run,
			  const struct lint_grants *grants,
			  const struct object *route,
			  const struct value *backend)
{
	const char *own = lint_namespace(run, route);
	const struct value *name = value_get(backend, "name");
	const struct value *port = value_get(backend, "port");
	struct lint_reference ref = {
		"",
		"Service",
		value_string_or(value_get(backend, "namespace"), own),
		value_string_or(name, ""),
	};
	const struct object *service;

	if (*value_string_or(value_get(backend, "group"), "") ||
	    strcmp(value_string_or(value_get(backend, "kind"), "Service"),
		   "Service") != 0)
		return;
	service = lint_referred(run, &ref);
	if (!service && lint_dangles(run, &ref)) {
		report(run, route, name, "backendRef", "does not exist");
		lint_help(run, "correct the reference%s",
			  lint_did_you_mean(run, lint_near_name(run, &ref)));
	}
	if (!service)
		return;
	if (port && !lint_service_port(service, port))
		lint_report_in(run, route, port, "Service '%s' has no port %s",
			       ref.name, lint_port_text(run->arena, port));
	if (strcmp(own, ref.name_space) != 0 &&
	    !lint_grants_allow(run, grants, route->kind, own, ref.name_space))
		report(run, route, name, "backendRef",
		       "is in another namespace, and no ReferenceGrant there "
		       "allows it");
}

static void check_routes(struct lint_run *run, const struct lint_grants *grants,
			 const struct object_set *set)
{
	const struct value *parent, *rule, *backend;
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct object *route = set->objects.items[i];
		const struct value *spec = value_get(route->root, "spec");

		list_foreach (parent, value_get(spec, "parentRefs"))
			check_parent(run, route, parent);
		list_foreach (rule, value_get(spec, "rules"))
			list_foreach (backend, value_get(rule, "backendRefs"))
				check_backend(run, grants, route, backend);
	}
}

static void check(struct lint_run *run)
{
	static const char *const routes[] = { "HTTPRoute", "GRPCRoute",
					      "TLSRoute", "TCPRoute" };
	struct lint_grants grants;
	size_t i;

	lint_grants_build(run, &grants);
	for (i = 0; i < ARRAY_COUNT(routes); i++)
		check_routes(
			run, &grants,
			bundle_of_kind(run->bundle, gateway_group, routes[i]));
}

const struct lint_rule lint_gateway_route_dangling = {
	.name = "gateway-route-dangling",
	.code = "PL5127",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A route refers to a Gateway, Service or port that does not "
		   "exist.",
	.why = "It is not accepted, or its requests are answered with 500.",
	.fix = "Correct the reference, or add a ReferenceGrant.",
	.check_bundle = check,
};
