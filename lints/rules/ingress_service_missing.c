/*
 * ingress-service-missing: an Ingress sends traffic to a Service that does
 * not exist.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

/*
 * v1 does not know serviceName: such a backend is none.  The schema says so
 * where it is asked.
 */
static bool has_service(struct lint_run *run, const struct value *backend)
{
	if (strcmp(run->object->version, "v1") != 0 ||
	    lint_is_on(run, LINT_RULE_schema_unknown_field) ||
	    value_get(backend, "service") || !value_get(backend, "serviceName"))
		return true;
	lint_report(run, value_get(backend, "serviceName"),
		    "backend has no service: serviceName is not a field of %s",
		    run->object->api_version);
	return false;
}

static void check_backend(struct lint_run *run, const struct value *backend)
{
	const struct value *service = value_get(backend, "service");
	/* The second spelling is that of the versions before v1. */
	const struct value *name = service ? value_get(service, "name")
					   : value_get(backend, "serviceName");
	const struct value *port = service ? value_at(service, "port.name")
					   : value_get(backend, "servicePort");
	struct lint_reference ref = {
		"",
		"Service",
		lint_namespace(run, run->object),
		value_string_or(name, ""),
	};

	/* The load balancer of AWS: the name is that of an annotation. */
	if (!has_service(run, backend) ||
	    value_equals_string(port, "use-annotation") ||
	    !lint_dangles(run, &ref))
		return;
	lint_report(run, name,
		    "backend Service '%s' does not exist in namespace '%s'",
		    ref.name, ref.name_space);
	lint_help_create(run, &ref);
}

static void check(struct lint_run *run, const struct object *object)
{
	lint_each_backend(run, object, check_backend);
}

const struct lint_rule lint_ingress_service_missing = {
	.name = "ingress-service-missing",
	.code = "PL5003",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A backend of an Ingress is a Service that does not exist.",
	.why = "Requests for it are answered with 503.",
	.fix = "Create it or correct the name.",
	.kinds = lint_ingress_kinds,
	.check_object = check,
};
