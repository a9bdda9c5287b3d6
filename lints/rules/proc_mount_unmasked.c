/*
 * proc-mount-unmasked: the container sees all of /proc.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *mount = lint_own_security(c, "procMount");
	bool own = value_is_false(value_get(c->pod, "hostUsers"));

	if (!value_is_string(mount) || value_equals_string(mount, "Default") ||
	    lint_has_own_users(run, c->pod))
		return;
	lint_report_as(run, own ? DIAG_WARNING : DIAG_ERROR, mount,
		       "procMount %s shows unmasked /proc to '%s'",
		       value_string(mount), container_name(c));
}

const struct lint_rule lint_proc_mount_unmasked = {
	.name = "proc-mount-unmasked",
	.code = "PL3115",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container sees /proc without the usual masks.",
	.why = "Files of the kernel that are hidden for a reason become "
	       "readable and writable.",
	.fix = "Delete procMount.",
	.check_container = check,
};
