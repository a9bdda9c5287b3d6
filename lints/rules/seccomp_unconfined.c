/*
 * seccomp-unconfined: all system calls are allowed on purpose.
 */
#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static void report(struct lint_run *run, const struct value *type,
		   const char *what, const char *name)
{
	if (value_equals_string(type, "Unconfined"))
		lint_report(run, type, "%s '%s' runs with seccomp Unconfined",
			    what, name);
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	report(run, value_at(c->spec, "securityContext.seccompProfile.type"),
	       "container", container_name(c));
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	report(run, value_at(pod->spec, "securityContext.seccompProfile.type"),
	       pod->object->kind, pod->object->name);
}

const struct lint_rule lint_seccomp_unconfined = {
	.name = "seccomp-unconfined",
	.code = "PL3111",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Seccomp is switched off.",
	.why = "Most holes of the kernel need system calls that no "
	       "ordinary program uses.",
	.fix = "Use RuntimeDefault or a Localhost profile.",
	.check_pod = check_pod,
	.check_container = check_container,
};
