/*
 * container-port-conflict: ports of a pod that get in each other's way.
 *
 * All containers of a pod share one network, so that two cannot listen on
 * one port; names have to differ only within a container.
 */
#include "base/arena.h"
#include "base/table.h"
#include "lints/lint.h"
#include "lints/subjects/ports.h"
#include "model/value.h"

static const char *key_of(struct lint_run *run, const struct lint_port *port)
{
	return arena_printf(run->arena, "%lld/%s/%s", (long long)port->number,
			    port->protocol, port->host_ip);
}

static void check_number(struct lint_run *run, struct table *numbers,
			 const struct lint_port *port)
{
	const char *key = key_of(run, port);
	const struct lint_port *first = table_gets(numbers, key);

	if (!port->number)
		return;
	if (!first) {
		table_puts(numbers, key, (void *)port);
		return;
	}
	/* One container's own list is for list-map-key-duplicate. */
	if (first->container == port->container)
		return;
	lint_report(run, port->at,
		    "port %lld is declared twice in the pod (%s, %s)",
		    (long long)port->number, first->container, port->container);
	lint_related(run, first->at, "first declared here");
}

static void check_name(struct lint_run *run, struct table *names,
		       const struct lint_port *port)
{
	const char *key =
		arena_printf(run->arena, "%s\n%s", port->container, port->name);

	if (!*port->name || !table_puts(names, key, (void *)port))
		return;
	lint_report_as(run, DIAG_ERROR, port->at,
		       "port '%s' is declared twice in '%s'", port->name,
		       port->container);
}

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct lint_ports ports = { 0 };
	struct table numbers, names;
	size_t i;

	lint_ports_of(run, pod, &ports);
	if (!ports.count)
		return;
	table_init(&numbers, run->arena);
	table_init(&names, run->arena);
	for (i = 0; i < ports.count; i++) {
		const struct lint_port *port = &ports.items[i];

		check_number(run, &numbers, port);
		check_name(run, &names, port);
		if (*port->host_ip && !value_get(port->at, "hostPort"))
			lint_report(run, value_get(port->at, "hostIP"),
				    "hostIP of port %lld in '%s' has no effect "
				    "without hostPort",
				    (long long)port->number, port->container);
	}
}

const struct lint_rule lint_container_port_conflict = {
	.name = "container-port-conflict",
	.code = "PL5103",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A port, or its name, is declared twice in one pod.",
	.why = "Only one of the containers can listen on it.",
	.fix = "Containers of a pod share one network: use different ports.",
	.check_pod = check,
};
