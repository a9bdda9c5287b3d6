/*
 * service-port-out-of-range: ports of Services that are not in the range of
 * this place.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "min", LINT_PARAM_INT, "1", "The lowest port." },
	{ "max", LINT_PARAM_INT, "65535", "The highest port." },
	{ "minNodePort", LINT_PARAM_INT, "30000", "The lowest nodePort." },
	{ "maxNodePort", LINT_PARAM_INT, "32767", "The highest nodePort." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static void check_port(struct lint_run *run, const struct value *value,
		       const char *field, const char *least, const char *most)
{
	int64_t number;

	if (value_as_int(value, &number) && number != 0 &&
	    (number < lint_param_int(run, least) ||
	     number > lint_param_int(run, most)))
		lint_report(run, value,
			    "%s %lld of Service '%s' is not in %lld–%lld",
			    field, (long long)number, run->object->name,
			    (long long)lint_param_int(run, least),
			    (long long)lint_param_int(run, most));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *port;

	list_foreach (port, value_at(object->root, "spec.ports")) {
		check_port(run, value_get(port, "port"), "port", "min", "max");
		check_port(run, value_get(port, "nodePort"), "nodePort",
			   "minNodePort", "maxNodePort");
	}
}

const struct lint_rule lint_service_port_out_of_range = {
	.name = "service-port-out-of-range",
	.code = "PL5107",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A port or nodePort of a Service is outside of the range.",
	.why = "Firewalls and conventions of this place are made for the "
	       "range.",
	.fix = "Use a port of the range.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
