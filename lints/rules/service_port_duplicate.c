/*
 * service-port-duplicate: ports of a Service that cannot be told apart.
 */
#include "base/arena.h"
#include "base/table.h"
#include "lints/lint.h"
#include "lints/subjects/ports.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Service" }, { NULL, NULL } };

static void report(struct lint_run *run, const struct value *at,
		   const char *field, const char *text, const char *reason)
{
	lint_report(run, at, "Service '%s': %s %s %s", run->object->name, field,
		    text, reason);
}

static void check_number(struct lint_run *run, struct table *seen,
			 const struct value *port, const char *field)
{
	const struct value *number = value_get(port, field);
	const char *protocol =
		value_string_or(value_get(port, "protocol"), "TCP");
	const char *text = lint_port_text(run->arena, number);

	if (number && !value_is_null(number) && !value_equals_int(number, 0) &&
	    table_puts(
		    seen,
		    arena_printf(run->arena, "%s %s %s", field, text, protocol),
		    (void *)port))
		report(run, number, field, text, "stands there twice");
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ports = value_at(object->root, "spec.ports");
	const struct value *port;
	struct table seen, names;

	if (value_count(ports) < 2)
		return;
	table_init(&seen, run->arena);
	table_init(&names, run->arena);
	list_foreach (port, ports) {
		const struct value *name = value_get(port, "name");
		const char *text = value_string_or(name, "");

		check_number(run, &seen, port, "port");
		check_number(run, &seen, port, "nodePort");
		if (!*text)
			report(run, port, "port",
			       lint_port_text(run->arena,
					      value_get(port, "port")),
			       "needs a name beside others");
		else if (table_puts(&names, text, (void *)port))
			report(run, name, "name", text, "stands there twice");
	}
}

const struct lint_rule lint_service_port_duplicate = {
	.name = "service-port-duplicate",
	.code = "PL5105",
	.group = LINT_NETWORK,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two ports of a Service have the same number or name.",
	.why = "The API server rejects the object.",
	.fix = "Give each port its own number and name.",
	.kinds = kinds,
	.check_object = check,
};
