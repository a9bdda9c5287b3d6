/*
 * capabilities-not-dropped: the default capabilities are kept.
 */
#include "lints/lint.h"

#include <strings.h>

#include "lints/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *dropped =
		value_get(lint_own_security(c, "capabilities"), "drop");
	const struct value *item, *parent;
	const char *prefix;

	if (lint_is_windows(c->pod))
		return;
	list_foreach (item, dropped)
		if (value_is_string(item) &&
		    strcasecmp(value_string(item), "ALL") == 0)
			return;
	if (dropped) {
		lint_report(run, dropped,
			    "container '%s' keeps the default capabilities",
			    container_name(c));
		return;
	}
	parent = lint_security_parent(c, &prefix);
	lint_report_absent(run, parent,
			   *prefix ? "securityContext.capabilities.drop"
				   : "capabilities.drop",
			   "container '%s' keeps the default capabilities",
			   container_name(c));
}

const struct lint_rule lint_capabilities_not_dropped = {
	.name = "capabilities-not-dropped",
	.code = "PL3005",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container keeps the default capabilities.",
	.why = "The defaults let a process change owners of files, open "
	       "raw sockets and more, which hardly any program needs.",
	.fix = "Set capabilities.drop: [\"ALL\"] and add back what it needs.",
	.check_container = check,
};
