/*
 * pvc-storageclass-unset: the class of storage is left to the cluster.
 */
#include "lints/lint.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "allowed", LINT_PARAM_TEXTS, "[]",
	  "The classes that are allowed; none: all." },
	{ .name = NULL }
};

static const struct group_kind kinds[] = { { "", "PersistentVolumeClaim" },
					   { NULL, NULL } };

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *class = value_get(spec, "storageClassName");
	struct lint_reference ref = { "storage.k8s.io", "StorageClass", "",
				      value_string_or(class, "") };

	if (!value_is_map(spec))
		return;
	if (value_is_null(class))
		lint_report_absent(run, spec, "storageClassName",
				   "PersistentVolumeClaim '%s' names no "
				   "storage class",
				   object->name);
	else if (*lint_param_texts(run, "allowed") &&
		 !lint_param_lists(run, "allowed", ref.name))
		lint_report(run, class, "storage class '%s' is not allowed",
			    ref.name);
	else if (lint_dangles(run, &ref))
		lint_report(run, class,
			    "storage class '%s' is not in this set%s", ref.name,
			    lint_did_you_mean(run, lint_near_name(run, &ref)));
}

const struct lint_rule lint_pvc_storageclass_unset = {
	.name = "pvc-storageclass-unset",
	.code = "PL2119",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A PersistentVolumeClaim names no storage class, or one "
		   "that is not wanted.",
	.why = "The default of a cluster differs from the next, and may "
	       "change.",
	.fix = "Set storageClassName.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
