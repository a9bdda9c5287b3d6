/*
 * namespace-unset: workloads that land wherever they are applied.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static const struct group_kind kinds[] = { { "", "Pod" },
					   { "", "Service" },
					   { "", "ReplicationController" },
					   { "apps", "DaemonSet" },
					   { "apps", "Deployment" },
					   { "apps", "ReplicaSet" },
					   { "apps", "StatefulSet" },
					   { "batch", "CronJob" },
					   { "batch", "Job" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");

	if (strcmp(object->name_space, "default") == 0) {
		lint_report(run, value_get(metadata, "namespace"),
			    "%s '%s' is in namespace default", object->kind,
			    object->name);
		lint_at_key(run);
	} else if (!*object->name_space && value_is_map(metadata)) {
		lint_report_absent(run, metadata, "namespace",
				   "%s '%s' names no namespace", object->kind,
				   object->name);
	}
}

const struct lint_rule lint_namespace_unset = {
	.name = "namespace-unset",
	.code = "PL8117",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A workload or Service has no namespace, or is in default.",
	.why = "It ends up in the namespace that happens to be chosen.",
	.fix = "Write metadata.namespace.",
	.kinds = kinds,
	.check_object = check,
};
