/*
 * version: what this binary is and what it is compatible with.
 */
#include "base/str.h"
#include "compiler/command.h"

static int run(struct invocation *invocation)
{
	struct str out;

	str_init(&out, invocation->arena);
	str_puts(&out, "plimsoll " PLIMSOLL_VERSION "\n"
		       "renders as helm v3.21.4 (--compat helm4: v4.2.4) and "
		       "kustomize v5.8.2\n"
		       "knows Kubernetes 1.22 to 1.37, checks against 1.36\n");
	return invocation_print(invocation, &out, STATUS_CLEAN);
}

const struct command command_version = {
	.name = "version",
	.summary = "Print the version and what it is compatible with.",
	.usage = "version",
	.run = run,
};
