/*
 * label-value-invalid: a value that labels cannot have.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/labels.h"
#include "lints/subjects/name_syntax.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct object *object)
{
	struct lint_label_maps maps = { 0 };
	const struct value_entry *entry;
	size_t i;

	lint_label_maps_of(run, object, &maps);
	for (i = 0; i < maps.count; i++) {
		if (maps.items[i].use == LINT_ANNOTATIONS)
			continue;
		value_foreach (entry, maps.items[i].map) {
			const char *text = value_string(entry->value);
			const char *reason;

			/* Variables are for others to fill in. */
			if (!text || strstr(text, "${"))
				continue;
			reason = lint_name_refused_label(run->arena, text);
			if (reason)
				lint_report(run, entry->value,
					    "label %s: '%s' %s", entry->key,
					    text, reason);
		}
	}
}

const struct lint_rule lint_label_value_invalid = {
	.name = "label-value-invalid",
	.code = "PL8108",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The value of a label has a form that is not allowed.",
	.why = "The API server rejects the object.",
	.fix = "Use at most 63 characters: letters, digits, '-', '_', '.', "
	       "alphanumeric at both ends.",
	.check_object = check,
};
