/*
 * pv-host-path: a volume that is a folder of whichever node it is.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "allowed", LINT_PARAM_TEXTS, "[]",
	  "Folders that are fine, with all below them." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "", "PersistentVolume" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *at = value_at(object->root, "spec.hostPath.path");
	const char *path = value_string_or(at, "");
	const char *const *allowed = lint_param_texts(run, "allowed");

	for (; *allowed; allowed++)
		if (strncmp(*allowed, path, strlen(*allowed)) == 0)
			return;
	if (*path)
		lint_report(run, at,
			    "PersistentVolume '%s' is the node directory %s",
			    object->name, path);
}

const struct lint_rule lint_pv_host_path = {
	.name = "pv-host-path",
	.code = "PL2121",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A PersistentVolume is a folder of the node.",
	.why = "On another node it is another folder, and whoever claims it "
	       "writes to the node.",
	.fix = "Use local (with nodeAffinity) or a CSI driver.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
