/*
 * ingress-port-missing: an Ingress names a port that its Service does not
 * have.
 */
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/reference.h"
#include "lints/subjects/ports.h"
#include "model/value.h"
#include "model/value_path.h"

static void check_backend(struct lint_run *run, const struct value *backend)
{
	const struct value *service = value_get(backend, "service");
	const struct value *ports = value_get(service, "port");
	const struct value *port = value_get(ports, "number");
	struct lint_reference ref = {
		"",
		"Service",
		lint_namespace(run, run->object),
		value_string_or(service ? value_get(service, "name")
					: value_get(backend, "serviceName"),
				""),
	};
	const struct object *found;

	if (!service)
		port = value_get(backend, "servicePort");
	else if (!port)
		port = value_get(ports, "name");
	if (!port || value_equals_string(port, "use-annotation"))
		return;
	found = lint_referred(run, &ref);
	if (!found || lint_service_port(found, port) ||
	    value_equals_string(value_at(found->root, "spec.type"),
				"ExternalName"))
		return;
	lint_report(run, port, "Service '%s' has no port %s", ref.name,
		    lint_port_text(run->arena, port));
	lint_help(run, "use one of: %s",
		  lint_service_ports_text(run->arena, found));
}

static void check(struct lint_run *run, const struct object *object)
{
	lint_each_backend(run, object, check_backend);
}

const struct lint_rule lint_ingress_port_missing = {
	.name = "ingress-port-missing",
	.code = "PL5004",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A backend of an Ingress names a port that the Service does "
		   "not have.",
	.why = "Requests for it are answered with 503.",
	.fix = "Use a port of the Service.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
