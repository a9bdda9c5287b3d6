/*
 * host-users-shared: a pod whose root is the root of the node.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

enum {
	USERS_SINCE = 33
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	if (run->kubernetes.oldest < USERS_SINCE ||
	    lint_is_windows(pod->spec) ||
	    value_is_false(value_get(pod->spec, "hostUsers")) ||
	    value_is_true(value_get(pod->spec, "hostNetwork")) ||
	    value_is_true(value_get(pod->spec, "hostPID")) ||
	    value_is_true(value_get(pod->spec, "hostIPC")))
		return;
	lint_report_absent(run, pod->spec, "hostUsers",
			   "the pod shares its users with the node");
}

const struct lint_rule lint_host_users_shared = {
	.name = "host-users-shared",
	.code = "PL3119",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A pod does not have users of its own.",
	.why = "Without a user namespace root in the container is root on "
	       "the node once it gets out.",
	.fix = "Set hostUsers: false.",
	.check_pod = check,
};
