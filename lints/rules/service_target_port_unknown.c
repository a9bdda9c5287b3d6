/*
 * service-target-port-unknown: a Service sends traffic to a port that none
 * of its pods declares.
 *
 * A name that no container has leads nowhere; a number works without being
 * declared, and is only worth a remark.
 */
#include "base/arena.h"
#include "lints/index.h"
#include "lints/lint.h"
#include "lints/reference.h"
#include "lints/subjects/ports.h"
#include "lints/subjects/selector.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static bool is_declared(const struct lint_ports *ports,
			const struct value *wanted, const char *protocol)
{
	size_t i;

	for (i = 0; i < ports->count; i++)
		if (lint_port_is(&ports->items[i], wanted, protocol))
			return true;
	return false;
}

static const char *target_text(struct lint_run *run,
			       const struct lint_workloads *matched)
{
	const struct object *first = matched->items[0]->object;

	if (matched->count > 1)
		return arena_printf(run->arena, "the %zu workloads it selects",
				    matched->count);
	return arena_printf(run->arena, "%s '%s'", first->kind, first->name);
}

static void check_port(struct lint_run *run, const struct object *object,
		       const struct lint_workloads *matched,
		       const struct lint_ports *ports, const struct value *port)
{
	const struct value *wanted = value_get(port, "targetPort");
	const char *near;

	if (!wanted || value_is_null(wanted) || value_equals_int(wanted, 0))
		wanted = value_get(port, "port");
	if (!wanted ||
	    is_declared(ports, wanted,
			value_string_or(value_get(port, "protocol"), "TCP")))
		return;
	lint_report_as(run, value_is_string(wanted) ? DIAG_ERROR : DIAG_INFO,
		       wanted,
		       "targetPort %s of Service '%s' is declared by no "
		       "container of %s",
		       lint_port_text(run->arena, wanted), object->name,
		       target_text(run, matched));
	near = lint_port_near(run, ports, wanted);
	if (near)
		lint_help(run, "use a declared port%s, or declare it",
			  lint_did_you_mean(run, near));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *plain = value_at(object->root, "spec.selector");
	struct lint_selector selector = lint_selector_plain(plain);
	struct lint_workloads matched;
	const struct lint_ports *ports;
	const struct value *port;

	if (!value_count(plain))
		return;
	lint_select(run, lint_namespace(run, object), &selector, &matched);
	if (!matched.count)
		return;
	ports = lint_ports_of_all(run, &matched);
	list_foreach (port, value_at(object->root, "spec.ports"))
		check_port(run, object, &matched, ports, port);
}

const struct lint_rule lint_service_target_port_unknown = {
	.name = "service-target-port-unknown",
	.code = "PL5002",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A targetPort of a Service is declared by no container it "
		   "selects.",
	.why = "A name that no container has gives the Service no endpoints.",
	.fix = "Use a declared port, or declare it.",
	.kinds = kinds,
	.check_object = check,
};
