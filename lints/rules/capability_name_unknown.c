/*
 * capability-name-unknown: a capability that Linux does not have.
 *
 * Runtimes put CAP_ before the name themselves and do not mind its case.
 */
#include "lints/lint.h"

#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static const char *const names[] = {
	"AUDIT_CONTROL",   "AUDIT_READ",   "AUDIT_WRITE",
	"BLOCK_SUSPEND",   "BPF",          "CHECKPOINT_RESTORE",
	"CHOWN",           "DAC_OVERRIDE", "DAC_READ_SEARCH",
	"FOWNER",          "FSETID",       "IPC_LOCK",
	"IPC_OWNER",       "KILL",         "LEASE",
	"LINUX_IMMUTABLE", "MAC_ADMIN",    "MAC_OVERRIDE",
	"MKNOD",           "NET_ADMIN",    "NET_BIND_SERVICE",
	"NET_BROADCAST",   "NET_RAW",      "PERFMON",
	"SETFCAP",         "SETGID",       "SETPCAP",
	"SETUID",          "SYSLOG",       "SYS_ADMIN",
	"SYS_BOOT",        "SYS_CHROOT",   "SYS_MODULE",
	"SYS_NICE",        "SYS_PACCT",    "SYS_PTRACE",
	"SYS_RAWIO",       "SYS_RESOURCE", "SYS_TIME",
	"SYS_TTY_CONFIG",  "WAKE_ALARM",   "ALL",
};

/* As it is to be written; NULL: there is none of this name. */
static const char *known(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (strcasecmp(names[i], name) == 0)
			return names[i];
	return NULL;
}

static void check_list(struct lint_run *run, const struct value *list)
{
	const struct value *item;

	list_foreach (item, list) {
		const char *name = value_string(item), *meant;
		bool prefixed;

		if (!name || known(name) || strstr(name, "${"))
			continue;
		prefixed = strncasecmp(name, "CAP_", 4) == 0;
		meant = known(prefixed ? name + 4 : name);
		lint_report(run, item, "'%s' is not a Linux capability", name);
		if (meant)
			lint_help(run, "write %s", meant);
	}
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *caps = lint_own_security(c, "capabilities");

	if (lint_is_windows(c->pod))
		return;
	check_list(run, value_get(caps, "add"));
	check_list(run, value_get(caps, "drop"));
}

const struct lint_rule lint_capability_name_unknown = {
	.name = "capability-name-unknown",
	.code = "PL3110",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A capability is none that Linux has.",
	.why = "The container does not start, or a drop that was meant has "
	       "no effect.",
	.fix = "Write a name as in capabilities(7), without CAP_.",
	.check_container = check,
};
