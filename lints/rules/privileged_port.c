/*
 * privileged-port: a port that only root could bind once.
 */
#include "lints/lint.h"
#include "model/value.h"

enum {
	FIRST_FREE = 1024
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *port;

	list_foreach (port, value_get(c->spec, "ports")) {
		const struct value *at = value_get(port, "containerPort");
		int64_t number;

		if (value_as_int(at, &number) && number > 0 &&
		    number < FIRST_FREE)
			lint_report(run, at,
				    "container '%s' has port %lld, below %d",
				    container_name(c), (long long)number,
				    FIRST_FREE);
	}
}

const struct lint_rule lint_privileged_port = {
	.name = "privileged-port",
	.code = "PL3135",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container declares a port below 1024.",
	.why = "Many images then run as root to bind it.",
	.fix = "Use a port of at least 1024; the Service can keep its own.",
	.check_container = check,
};
