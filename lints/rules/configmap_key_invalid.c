/*
 * configmap-key-invalid: keys that a ConfigMap cannot have.
 */
#include "lints/lint.h"
#include "lints/subjects/name_syntax.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "", "ConfigMap" },
					   { NULL, NULL } };

static void check_map(struct lint_run *run, const struct object *object,
		      const struct value *map, const struct value *other)
{
	const struct value_entry *entry;
	const char *reason;

	value_foreach (entry, map) {
		reason = lint_name_refused_data(run->arena, entry->key);
		if (!reason && value_getn(other, entry->key, entry->len))
			reason = "it is in data and in binaryData";
		if (reason)
			lint_report(run, entry->value,
				    "key '%s' of ConfigMap '%s': %s",
				    entry->key, object->name, reason);
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *texts = value_get(object->root, "data");

	check_map(run, object, texts, NULL);
	check_map(run, object, value_get(object->root, "binaryData"), texts);
}

const struct lint_rule lint_configmap_key_invalid = {
	.name = "configmap-key-invalid",
	.code = "PL7108",
	.group = LINT_REFERENCES,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A key of a ConfigMap is not allowed, or stands in data and "
		   "in binaryData.",
	.why = "The API server rejects the object.",
	.fix = "Use letters, digits, '-', '_' and '.'.",
	.kinds = kinds,
	.check_object = check,
};
