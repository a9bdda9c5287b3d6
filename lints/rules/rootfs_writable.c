/*
 * rootfs-writable: programs can be changed while they run.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *flag =
		lint_own_security(c, "readOnlyRootFilesystem");
	const struct value *parent;
	const char *prefix;

	if (value_is_true(flag) || lint_is_windows(c->pod))
		return;
	if (flag) {
		lint_report(run, flag, "root file system of '%s' is writable",
			    container_name(c));
		return;
	}
	parent = lint_security_parent(c, &prefix);
	lint_report_absent(run, parent,
			   *prefix ? "securityContext.readOnlyRootFilesystem"
				   : "readOnlyRootFilesystem",
			   "root file system of '%s' is writable",
			   container_name(c));
}

const struct lint_rule lint_rootfs_writable = {
	.name = "rootfs-writable",
	.code = "PL3006",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "The root file system of a container is writable.",
	.why = "An attacker can put tools there or change the program "
	       "itself.",
	.fix = "Set readOnlyRootFilesystem: true and mount emptyDir where "
	       "it writes.",
	.check_container = check,
};
