/*
 * container-port-unnamed: ports that others have to refer to by number.
 */
#include "lints/lint.h"
#include "lints/subjects/ports.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *port;

	list_foreach (port, value_get(c->spec, "ports"))
		if (!*value_string_or(value_get(port, "name"), ""))
			lint_report_absent(
				run, port, "name",
				"port %s of '%s' has no name",
				lint_port_text(
					run->arena,
					value_get(port, "containerPort")),
				container_name(c));
}

const struct lint_rule lint_container_port_unnamed = {
	.name = "container-port-unnamed",
	.code = "PL5104",
	.group = LINT_NETWORK,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A port of a container has no name.",
	.why = "Services and monitors have to repeat its number.",
	.fix = "Name the port.",
	.check_container = check,
};
