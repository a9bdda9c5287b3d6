/*
 * velero-storage-location-missing: a backup that has nowhere to go.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "lints/schema/cron.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "velero.io", "Backup" },
	{ "velero.io", "Schedule" },
	{ NULL, NULL }
};

static const struct lint_param params[] = {
	LINT_REFERENCE_PARAMS,
	{ .name = NULL }
};

static void check_location(struct lint_run *run, const struct object *object,
			   const struct value *at)
{
	struct lint_reference ref = { "velero.io", "BackupStorageLocation",
				      lint_namespace(run, object),
				      value_string_or(at, "") };

	if (!*ref.name || !lint_dangles(run, &ref))
		return;
	lint_report(run, at, "storageLocation '%s' does not exist", ref.name);
	lint_help(run, "correct it%s",
		  lint_did_you_mean(run, lint_near_name(run, &ref)));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *when = value_get(spec, "schedule");
	const char *text = value_string_or(when, "");
	const char *reason;

	check_location(run, object, value_get(spec, "storageLocation"));
	check_location(run, object,
		       value_at(spec, "template.storageLocation"));
	if (!*text || strncmp(text, "CRON_TZ=", 8) == 0 ||
	    strncmp(text, "TZ=", 3) == 0)
		return;
	reason = cron_refused(run->arena, text);
	if (reason) {
		lint_report(run, when, "schedule '%s': %s", text, reason);
		lint_help(run, "write five fields, such as 0 3 * * *");
	}
}

const struct lint_rule lint_velero_storage_location_missing = {
	.name = "velero-storage-location-missing",
	.code = "PLX127",
	.group = LINT_PACK,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A backup of Velero names a storage location that does "
		   "not exist, or has a schedule that is none.",
	.why = "The backup is never made, which is noticed when it is needed.",
	.fix = "Correct it.",
	.kinds = kinds,
	.params = params,
	.check_object = check,
};
