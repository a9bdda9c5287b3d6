/*
 * run-as-root-gid: a container in the group of root.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "model/value.h"

static void check_zero(struct lint_run *run, const struct value *group,
		       const char *field)
{
	if (value_equals_int(group, 0))
		lint_report(run, group, "%s is 0, the group of root", field);
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	const struct value *context = value_get(pod->spec, "securityContext");
	const struct value *item;

	check_zero(run, value_get(context, "runAsGroup"), "runAsGroup");
	check_zero(run, value_get(context, "fsGroup"), "fsGroup");
	list_foreach (item, value_get(context, "supplementalGroups"))
		check_zero(run, item, "a supplementalGroup");
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	check_zero(run, lint_own_security(c, "runAsGroup"), "runAsGroup");
}

const struct lint_rule lint_run_as_root_gid = {
	.name = "run-as-root-gid",
	.code = "PL3102",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container runs in group 0, or its volumes belong to it.",
	.why = "Files that the group of root may write are common in images "
	       "and on nodes.",
	.fix = "Set a group above 0.",
	.check_pod = check_pod,
	.check_container = check_container,
};
