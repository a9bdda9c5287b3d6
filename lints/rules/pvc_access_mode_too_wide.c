/*
 * pvc-access-mode-too-wide: a volume that several pods of a node may write.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "PersistentVolumeClaim" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *modes = value_at(object->root, "spec.accessModes");
	const struct value *mode;

	list_foreach (mode, modes)
		if (value_equals_string(mode, "ReadWriteOnce"))
			lint_report(run, mode,
				    "PersistentVolumeClaim '%s' is "
				    "ReadWriteOnce: all pods of the node may "
				    "write",
				    object->name);
}

const struct lint_rule lint_pvc_access_mode_too_wide = {
	.name = "pvc-access-mode-too-wide",
	.code = "PL2120",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A claim lets all pods of a node write.",
	.why = "Two pods that write the same files at once destroy them.",
	.fix = "Use ReadWriteOncePod.",
	.kinds = kinds,
	.check_object = check,
};
