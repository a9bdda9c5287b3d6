/*
 * windows-admin: a container that runs as the administrator.
 */
#include "lints/lint.h"

#include <strings.h>

#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *user =
		lint_security(c, "windowsOptions.runAsUserName");

	if (!lint_is_windows(c->pod))
		return;
	if (!*value_string_or(user, ""))
		lint_report(run, c->spec,
			    "container '%s' does not say which user it is",
			    container_name(c));
	else if (strcasecmp(value_string(user), "ContainerAdministrator") == 0)
		lint_report(run, user, "container '%s' is an administrator",
			    container_name(c));
}

const struct lint_rule lint_windows_admin = {
	.name = "windows-admin",
	.code = "PL3122",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Windows container runs as ContainerAdministrator, or "
		   "as what its image says.",
	.why = "The administrator of the container can do more harm when it "
	       "gets out.",
	.fix = "Set windowsOptions.runAsUserName: ContainerUser.",
	.check_container = check,
};
