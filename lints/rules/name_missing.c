/*
 * name-missing: an object without a name.
 *
 * Files of other programs have apiVersion and kind as well; of kinds that
 * are not known only those with metadata are judged.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

/* Questions to the API server, which have no name. */
static bool is_question(const struct object *object)
{
	size_t len = strlen(object->kind);

	return len > 6 && strcmp(object->kind + len - 6, "Review") == 0;
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *name = value_get(metadata, "name");

	if ((name && !value_equals_string(name, "") && !value_is_null(name)) ||
	    value_get(metadata, "generateName") || !*object->kind ||
	    is_question(object) || (!object->known && !value_is_map(metadata)))
		return;
	if (name)
		lint_report(run, name,
			    "%s has neither metadata.name nor generateName",
			    object->kind);
	else if (value_is_map(metadata))
		lint_report_absent(run, metadata, "name",
				   "%s has neither metadata.name nor "
				   "generateName",
				   object->kind);
	else
		lint_report_absent(run, object->root, "metadata.name",
				   "%s has neither metadata.name nor "
				   "generateName",
				   object->kind);
}

const struct lint_rule lint_name_missing = {
	.name = "name-missing",
	.code = "PL8003",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "An object has neither metadata.name nor "
		   "metadata.generateName.",
	.why = "The API server rejects the object.",
	.fix = "Add metadata.name.",
	.check_object = check,
};
