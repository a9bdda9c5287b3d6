/*
 * storage-default-conflict: two default classes, or volumes that are wiped in a
 * way that is gone.
 */
#include "lints/lint.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "PersistentVolume" },
					   { "storage.k8s.io", "StorageClass" },
					   { NULL, NULL } };

static const char annotation[] =
	"metadata.annotations[\"storageclass.kubernetes.io/is-default-class\"]";

static void check_recycled(struct lint_run *run, const struct object *object)
{
	const struct value *policy =
		value_at(object->root, "spec.persistentVolumeReclaimPolicy");

	if (!value_equals_string(policy, "Recycle"))
		return;
	lint_report_in(run, object, policy,
		       "PersistentVolume '%s': the policy Recycle is "
		       "deprecated",
		       object->name);
	lint_help(run, "use Delete or Retain");
}

static void check(struct lint_run *run)
{
	const struct object_set *volumes =
		bundle_of_kind(run->bundle, "", "PersistentVolume");
	const struct object_set *classes =
		bundle_of_kind(run->bundle, "storage.k8s.io", "StorageClass");
	const struct object *first = NULL;
	size_t i;

	for (i = 0; volumes && i < volumes->objects.count; i++)
		check_recycled(run, volumes->objects.items[i]);
	for (i = 0; classes && i < classes->objects.count; i++) {
		const struct object *class = classes->objects.items[i];
		const struct value *at = value_at(class->root, annotation);

		if (!value_equals_string(at, "true"))
			continue;
		if (first) {
			lint_report_in(run, class, at,
				       "StorageClass '%s': '%s' is the default "
				       "as well",
				       class->name, first->name);
			lint_related(run, value_at(first->root, annotation),
				     "the other one");
		} else {
			first = class;
		}
	}
}

const struct lint_rule lint_storage_default_conflict = {
	.name = "storage-default-conflict",
	.code = "PL2123",
	.group = LINT_RESOURCES,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Several default storage classes, or a reclaim policy that "
		   "is gone.",
	.why = "Which class a claim gets depends on the age of the classes.",
	.fix = "Mark one class as the default.",
	.kinds = kinds,
	.check_bundle = check,
};
