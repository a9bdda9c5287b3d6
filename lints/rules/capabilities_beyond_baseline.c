/*
 * capabilities-beyond-baseline: a capability that Pod Security does not know as
 * harmless.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/pods.h"
#include "model/value.h"

static bool is_allowed(const char *name)
{
	static const char *const allowed[] = {
		"AUDIT_WRITE", "CHOWN",  "DAC_OVERRIDE", "FOWNER",
		"FSETID",      "KILL",   "MKNOD",        "NET_BIND_SERVICE",
		"SETFCAP",     "SETGID", "SETPCAP",      "SETUID",
		"SYS_CHROOT"
	};
	size_t i;

	for (i = 0; i < ARRAY_COUNT(allowed); i++)
		if (strcmp(allowed[i], name) == 0)
			return true;
	return false;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *item;

	list_foreach (item,
		      value_get(lint_own_security(c, "capabilities"), "add"))
		if (value_is_string(item) && !is_allowed(value_string(item)))
			lint_report(run, item,
				    "container '%s' adds capability %s, "
				    "outside the baseline",
				    container_name(c), value_string(item));
}

const struct lint_rule lint_capabilities_beyond_baseline = {
	.name = "capabilities-beyond-baseline",
	.code = "PL3106",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container adds a capability outside the baseline of Pod "
		   "Security.",
	.why = "Namespaces that enforce the baseline refuse the pod.",
	.fix = "Drop it, or ignore with a reason.",
	.check_container = check,
};
