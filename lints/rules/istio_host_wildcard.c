/*
 * istio-host-wildcard: a route for every name.
 */
#include "lints/lint.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "networking.istio.io", "Gateway" },
					   { "networking.istio.io",
					     "VirtualService" },
					   { NULL, NULL } };

static void check_hosts(struct lint_run *run, const struct value *hosts)
{
	const struct value *host;

	list_foreach (host, hosts)
		if (value_equals_string(host, "*"))
			lint_report(run, host, "%s '%s' takes every host",
				    run->object->kind, run->object->name);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *server;

	check_hosts(run, value_get(spec, "hosts"));
	list_foreach (server, value_get(spec, "servers"))
		check_hosts(run, value_get(server, "hosts"));
}

const struct lint_rule lint_istio_host_wildcard = {
	.name = "istio-host-wildcard",
	.code = "PLX114",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A VirtualService or Gateway of Istio takes every host.",
	.why = "It answers for names that others mean to have.",
	.fix = "Name the hosts.",
	.kinds = kinds,
	.check_object = check,
};
