/*
 * low-uid: a user that the node may have as well.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"

static const struct lint_param params[] = {
	{ "min", LINT_PARAM_INT, "10000", "The least number." },
	{ "groups", LINT_PARAM_BOOL, "false",
	  "Ask the same of the group, as low-gid does." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	lint_check_low_id(run, c, "runAsUser");
	if (lint_param_bool(run, "groups"))
		lint_check_low_id(run, c, "runAsGroup");
}

const struct lint_rule lint_low_uid = {
	.name = "low-uid",
	.code = "PL3103",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container runs as a user with a low number, or that of "
		   "its image.",
	.why = "A user of the node with the same number has the rights of "
	       "the container outside of it.",
	.fix = "Set runAsUser to a number of at least 10000.",
	.params = params,
	.check_container = check,
};
