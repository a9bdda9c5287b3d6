/*
 * networkpolicy-port-unused: a port that is open, and that nobody listens
 * on.
 *
 * Mostly it is the port of the Service.  Pods that declare no ports at all say
 * nothing about numbers, and what a mesh puts beside them is not here.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/subjects/ports.h"
#include "lints/subjects/selector.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

/* Pods of a policy, and Services of a pod, that are asked whose port it is. */
enum {
	ASKED_MAX = 16
};

static const struct group_kind kinds[] = { { "networking.k8s.io",
					     "NetworkPolicy" },
					   { "extensions", "NetworkPolicy" },
					   { NULL, NULL } };

static bool in_range(const struct lint_port *port, const struct value *entry)
{
	int64_t from = 0, to = 0;

	if (!value_as_int(value_get(entry, "port"), &from))
		return false;
	if (!value_as_int(value_get(entry, "endPort"), &to))
		to = from;
	return port->number >= from && port->number <= to;
}

static bool is_declared(const struct lint_ports *ports,
			const struct value *entry)
{
	const struct value *wanted = value_get(entry, "port");
	const char *protocol =
		value_string_or(value_get(entry, "protocol"), "TCP");
	size_t i;

	for (i = 0; i < ports->count; i++)
		if (lint_port_is(&ports->items[i], wanted, protocol) ||
		    (strcmp(ports->items[i].protocol, protocol) == 0 &&
		     in_range(&ports->items[i], entry)))
			return true;
	return false;
}

/*
 * A container may listen on what it does not declare; but a number that is a
 * Service's and leads to another one is the slip that this is about.
 */
static bool is_of_service(struct lint_run *run,
			  const struct lint_workloads *matched,
			  const struct value *wanted)
{
	struct lint_selecting_objects services;
	const struct value *port;
	size_t i, k;

	for (i = 0; i < matched->count && i < ASKED_MAX; i++) {
		lint_selected_by(run, LINT_BY_SERVICE, matched->items[i],
				 &services);
		for (k = 0; k < services.count && k < ASKED_MAX; k++)
			list_foreach (port, value_at(services.items[k]->root,
						     "spec.ports"))
				if (value_equals(value_get(port, "port"),
						 wanted))
					return true;
	}
	return false;
}

static bool names_port(const struct object *policy)
{
	const struct value *rule;

	list_foreach (rule, value_at(policy->root, "spec.ingress"))
		if (value_count(value_get(rule, "ports")))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_selector selector =
		lint_selector_of(value_at(object->root, "spec.podSelector"));
	const struct value *rule, *entry;
	const struct lint_ports *ports;
	struct lint_workloads matched;

	if (!names_port(object))
		return;
	lint_select(run, lint_namespace(run, object), &selector, &matched);
	ports = lint_ports_of_all(run, &matched);
	if (!ports->count)
		return;
	list_foreach (rule, value_at(object->root, "spec.ingress"))
		list_foreach (entry, value_get(rule, "ports")) {
			const struct value *port = value_get(entry, "port");

			/* A port that is null is every port. */
			if (!port || value_is_null(port) ||
			    lint_port_is_of_mesh(port) ||
			    is_declared(ports, entry))
				continue;
			lint_report_as(run,
				       is_of_service(run, &matched, port) ||
						       value_is_string(port)
					       ? DIAG_WARNING
					       : DIAG_INFO,
				       port,
				       "port %s is declared by no pod that "
				       "NetworkPolicy '%s' selects",
				       lint_port_text(run->arena, port),
				       object->name);
			/* It is the entry that nobody needs. */
			lint_at_key(run);
		}
}

const struct lint_rule lint_networkpolicy_port_unused = {
	.name = "networkpolicy-port-unused",
	.code = "PL5129",
	.group = LINT_NETWORK,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary =
		"A NetworkPolicy allows a port that its pods do not declare.",
	.why = "The port that is meant stays closed.",
	.fix = "Use the container's port, not the Service's.",
	.kinds = kinds,
	.check_object = check,
};
