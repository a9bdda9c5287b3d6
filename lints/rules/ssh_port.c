/*
 * ssh-port: a container that one can log in to.
 */
#include "lints/lint.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

enum {
	SSH = 22
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *port = lint_port_numbered(c->spec, SSH, "TCP");

	if (port)
		lint_report(run, value_get(port, "containerPort"),
			    "container '%s' exposes SSH (22/TCP)",
			    container_name(c));
}

const struct lint_rule lint_ssh_port = {
	.name = "ssh-port",
	.code = "PL3134",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container exposes SSH.",
	.why = "Logins past the API server are neither authorised nor "
	       "recorded.",
	.fix = "Use kubectl exec; delete the port.",
	.check_container = check,
};
