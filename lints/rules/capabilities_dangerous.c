/*
 * capabilities-dangerous: capabilities that are as good as root on the node.
 */
#include "lints/lint.h"

#include <string.h>
#include <strings.h>

#include "lints/subjects/pods.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "names", LINT_PARAM_TEXTS,
	  "[ALL, SYS_ADMIN, NET_ADMIN, SYS_MODULE, SYS_PTRACE, "
	  "SYS_RAWIO, DAC_READ_SEARCH, BPF, PERFMON, SYS_BOOT, "
	  "MAC_ADMIN, MAC_OVERRIDE]",
	  "The capabilities that are not to be added." },
	{ .name = NULL }
};

static bool is_dangerous(struct lint_run *run, const char *name)
{
	const char *const *known = lint_param_texts(run, "names");

	if (strncmp(name, "CAP_", 4) == 0)
		name += 4;
	for (; *known; known++)
		if (strcasecmp(*known, name) == 0)
			return true;
	return false;
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *added =
		value_get(lint_own_security(c, "capabilities"), "add");
	const struct value *item;

	list_foreach (item, added) {
		const char *name = value_string_or(item, "");

		if (is_dangerous(run, name))
			lint_report(run, item,
				    "container '%s' adds capability %s, enough "
				    "to take over the node",
				    container_name(c), name);
	}
}

const struct lint_rule lint_capabilities_dangerous = {
	.name = "capabilities-dangerous",
	.code = "PL3004",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A container adds a capability that is enough to take over "
		   "the node.",
	.why = "These capabilities open ways out of the container that "
	       "need no further mistake.",
	.fix = "Drop it; look for a narrower capability.",
	.params = params,
	.check_container = check,
};
