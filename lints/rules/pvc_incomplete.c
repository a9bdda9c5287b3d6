/*
 * pvc-incomplete: a claim that does not say what it wants.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "PersistentVolumeClaim" },
					   { "apps", "StatefulSet" },
					   { NULL, NULL } };

static void check_claim(struct lint_run *run, const char *name,
			const struct value *spec)
{
	const struct value *modes = value_get(spec, "accessModes");
	const struct value *mode;
	bool once = false, others = false;

	if (!value_is_map(spec))
		return;
	if (!value_count(modes))
		lint_report_absent(run, spec, "accessModes",
				   "PersistentVolumeClaim '%s' has no "
				   "accessModes",
				   name);
	list_foreach (mode, modes) {
		if (value_equals_string(mode, "ReadWriteOncePod"))
			once = true;
		else
			others = true;
	}
	if (once && others)
		lint_report(run, modes,
			    "PersistentVolumeClaim '%s': ReadWriteOncePod "
			    "excludes other modes",
			    name);
	if (!value_at(spec, "resources.requests.storage"))
		lint_report_absent(run, spec, "resources.requests.storage",
				   "PersistentVolumeClaim '%s' requests no "
				   "storage",
				   name);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *claim;

	if (strcmp(object->kind, "PersistentVolumeClaim") == 0)
		check_claim(run, object->name, value_get(object->root, "spec"));
	list_foreach (claim,
		      value_at(object->root, "spec.volumeClaimTemplates"))
		check_claim(
			run,
			value_string_or(value_at(claim, "metadata.name"), ""),
			value_get(claim, "spec"));
}

const struct lint_rule lint_pvc_incomplete = {
	.name = "pvc-incomplete",
	.code = "PL2118",
	.group = LINT_RESOURCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A PersistentVolumeClaim lacks access modes or a size.",
	.why = "The API server rejects it.",
	.fix = "Set accessModes and resources.requests.storage.",
	.kinds = kinds,
	.check_object = check,
};
