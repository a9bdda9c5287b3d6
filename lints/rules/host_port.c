/*
 * host-port: a port is bound on the node.
 */
#include "lints/lint.h"

#include "base/arena.h"
#include "model/value.h"

static const struct lint_param params[] = { { "allowed", LINT_PARAM_TEXTS, "[]",
					      "Ports that may be bound." },
					    { NULL } };

static bool is_allowed(struct lint_run *run, int64_t port)
{
	return lint_param_lists(
		run, "allowed",
		arena_printf(run->arena, "%lld", (long long)port));
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *port;
	int64_t number;

	list_foreach (port, value_get(c->spec, "ports")) {
		const struct value *host = value_get(port, "hostPort");

		if (value_as_int(host, &number) && number &&
		    !is_allowed(run, number))
			lint_report(run, host,
				    "port %lld of '%s' is bound on the node",
				    (long long)number, container_name(c));
	}
}

const struct lint_rule lint_host_port = {
	.name = "host-port",
	.code = "PL3118",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A port of a container is bound on the node.",
	.why = "Only one pod fits on a node, and what listens there is "
	       "open to the network of the nodes.",
	.fix = "Use a Service. A DaemonSet that must may keep it with an "
	       "ignore.",
	.params = params,
	.check_container = check,
};
