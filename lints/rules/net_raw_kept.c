/*
 * net-raw-kept: a container that may forge packets.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static const struct value *listed(const struct value *list, const char *name)
{
	const struct value *item;

	list_foreach (item, list)
		if (value_equals_string(item, name) ||
		    value_equals_string(item, "ALL"))
			return item;
	return NULL;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *caps = lint_own_security(c, "capabilities");
	const struct value *added = listed(value_get(caps, "add"), "NET_RAW");
	const struct value *parent;
	const char *prefix;

	if (lint_is_windows(c->pod) ||
	    (!added && listed(value_get(caps, "drop"), "NET_RAW")))
		return;
	if (added || caps) {
		lint_report(run, added ? added : caps,
			    "container '%s' keeps NET_RAW: it can forge "
			    "packets on the pod network",
			    container_name(c));
		return;
	}
	parent = lint_security_parent(c, &prefix);
	lint_report_absent(run, parent,
			   *prefix ? "securityContext.capabilities.drop"
				   : "capabilities.drop",
			   "container '%s' keeps NET_RAW: it can forge packets "
			   "on the pod network",
			   container_name(c));
}

const struct lint_rule lint_net_raw_kept = {
	.name = "net-raw-kept",
	.code = "PL3108",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container keeps the capability NET_RAW.",
	.why = "It can answer for other pods: with raw sockets addresses and "
	       "names on the pod network are forged.",
	.fix = "Drop NET_RAW, better ALL.",
	.check_container = check,
};
