/*
 * velero-storage-location-missing: a backup that has nowhere to go.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "lints/reference.h"
#include "lints/schema/cron.h"
#include "model/bundle.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "velero.io", "Backup" },
					   { "velero.io", "Schedule" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	LINT_REFERENCE_PARAMS,
	{ "namespaces", LINT_PARAM_TEXTS, "[]",
	  "Namespaces that a Schedule has to include." },
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
	check_location(run, object, value_at(spec, "template.storageLocation"));
	if (!*text || strncmp(text, "CRON_TZ=", 8) == 0 ||
	    strncmp(text, "TZ=", 3) == 0)
		return;
	reason = cron_refused(run->arena, text);
	if (reason) {
		lint_report(run, when, "schedule '%s': %s", text, reason);
		lint_help(run, "write five fields, such as 0 3 * * *");
	}
}

static bool lists(const struct value *names, const char *name)
{
	const struct value *item;

	list_foreach (item, names)
		if (value_equals_string(item, name) ||
		    value_equals_string(item, "*"))
			return true;
	return false;
}

static bool is_saved(struct lint_run *run, const char *name)
{
	const struct object_set *set =
		bundle_of_kind(run->bundle, "velero.io", "Schedule");
	size_t i;

	for (i = 0; set && i < set->objects.count; i++) {
		const struct value *what =
			value_at(set->objects.items[i]->root, "spec.template");
		const struct value *in = value_get(what, "includedNamespaces");

		if ((!value_count(in) || lists(in, name)) &&
		    !lists(value_get(what, "excludedNamespaces"), name))
			return true;
	}
	return false;
}

/* The place is the Namespace, else the first object in it. */
static void check_namespaces(struct lint_run *run)
{
	const char *const *name = lint_param_texts(run, "namespaces");
	const struct object *object, *at;

	for (; *name; name++) {
		at = bundle_find(run->bundle, "", "Namespace", "", *name);
		if (is_saved(run, *name))
			continue;
		if (!at)
			bundle_foreach (object, run->bundle)
				if (!at && strcmp(lint_namespace(run, object),
						  *name) == 0)
					at = object;
		if (at)
			lint_report_in(run, at, value_get(at->root, "metadata"),
				       "no Schedule includes namespace '%s'",
				       *name);
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
		   "not exist or has a schedule that is none, or a "
		   "namespace is in no backup.",
	.why = "The backup is never made, which is noticed when it is needed.",
	.fix = "Correct it.",
	.kinds = kinds,
	.params = params,
	.check_bundle = check_namespaces,
	.check_object = check,
};
