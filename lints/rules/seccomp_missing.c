/*
 * seccomp-missing: all system calls are open to the container.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

enum {
	WINDOWS_EXEMPT_SINCE = 25
};

static const struct lint_param params[] = {
	{ "initContainers", LINT_PARAM_BOOL, "true",
	  "Whether init containers are checked, too." },
	{ .name = NULL }
};

static bool is_profile(const struct value *type)
{
	return value_equals_string(type, "RuntimeDefault") ||
	       value_equals_string(type, "Localhost");
}

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *type = lint_security(c, "seccompProfile.type");
	const struct value *parent;
	const char *prefix;

	if (c->role == CONTAINER_INIT &&
	    !lint_param_bool(run, "initContainers"))
		return;
	if (is_profile(type) ||
	    (lint_is_windows(c->pod) &&
	     run->kubernetes.oldest >= WINDOWS_EXEMPT_SINCE))
		return;
	if (type) {
		lint_report(run, type,
			    "container '%s' runs without a seccomp profile",
			    container_name(c));
		return;
	}
	parent = lint_security_parent(c, &prefix);
	lint_report_absent(run, parent,
			   *prefix ? "securityContext.seccompProfile"
				   : "seccompProfile",
			   "container '%s' runs without a seccomp profile",
			   container_name(c));
}

const struct lint_rule lint_seccomp_missing = {
	.name = "seccomp-missing",
	.code = "PL3013",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A container runs without a seccomp profile.",
	.why = "Most holes of the kernel need system calls that no "
	       "ordinary program uses; the default profile closes them.",
	.fix = "Set seccompProfile.type: RuntimeDefault on the pod.",
	.params = params,
	.check_container = check,
};
