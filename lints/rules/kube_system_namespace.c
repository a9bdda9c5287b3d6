/*
 * kube-system-namespace: a workload among those of the cluster.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;

	if (strcmp(lint_namespace(run, object), "kube-system") == 0)
		lint_report(run, value_get(object->root, "metadata"),
			    "%s '%s' is in kube-system", object->kind,
			    object->name);
}

const struct lint_rule lint_kube_system_namespace = {
	.name = "kube-system-namespace",
	.code = "PL3147",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A workload is in the namespace kube-system.",
	.why = "There it is beside secrets of the cluster, and often exempt "
	       "from policies.",
	.fix = "Give it a namespace of its own.",
	.check_pod = check,
};
