/*
 * metadata-not-string: a label or annotation that YAML reads as something
 * else than a string.
 */
#include "lints/lint.h"
#include "lints/subjects/labels.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_label_maps maps = { 0 };
	const struct value_entry *entry;
	size_t i;

	lint_label_maps_of(run, object, &maps);
	for (i = 0; i < maps.count; i++)
		value_foreach (entry, maps.items[i].map) {
			const struct value *value = entry->value;

			if (value->kind >= VALUE_STRING)
				continue;
			lint_report(run, value,
				    "%s '%s' is read by YAML as %s%s, but must "
				    "be a string",
				    lint_label_use_name(maps.items[i].use),
				    entry->key,
				    value->kind == VALUE_NULL ? "" : "a ",
				    value_kind_name(value->kind));
			if (value->text && *value->text)
				lint_help(run, "quote it: \"%s\"", value->text);
		}
}

const struct lint_rule lint_metadata_not_string = {
	.name = "metadata-not-string",
	.code = "PL8002",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A label, annotation or selector value is not a string.",
	.why = "The API server rejects the object.",
	.fix = "Quote it.",
	.check_object = check,
};
