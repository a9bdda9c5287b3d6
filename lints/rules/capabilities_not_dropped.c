/*
 * capabilities-not-dropped: the default capabilities are kept.
 */
#include "lints/lint.h"

#include <strings.h>

#include "base/attr.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

/* What container runtimes give to a process that asks for nothing. */
static const char *const defaults[] = {
	"AUDIT_WRITE", "CHOWN",   "DAC_OVERRIDE",     "FOWNER",     "FSETID",
	"KILL",        "MKNOD",   "NET_BIND_SERVICE", "NET_RAW",    "SETFCAP",
	"SETGID",      "SETPCAP", "SETUID",           "SYS_CHROOT",
};

static bool names(const struct value *dropped, const char *capability)
{
	const struct value *item;

	list_foreach (item, dropped)
		if (value_is_string(item) &&
		    strcasecmp(value_string(item), capability) == 0)
			return true;
	return false;
}

/* ALL, or each of them by its name. */
static bool drops_all(const struct value *dropped)
{
	size_t i = 0;

	if (names(dropped, "ALL"))
		return true;
	while (i < ARRAY_COUNT(defaults) && names(dropped, defaults[i]))
		i++;
	return i == ARRAY_COUNT(defaults);
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *dropped =
		value_get(lint_own_security(c, "capabilities"), "drop");
	const struct value *parent;
	const char *prefix;

	if (lint_is_windows(c->pod) || drops_all(dropped))
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
