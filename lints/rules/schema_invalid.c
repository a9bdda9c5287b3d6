/*
 * schema-invalid: numbers out of bounds, texts of a wrong form.
 */
#include "lints/lint.h"

const struct lint_rule lint_schema_invalid = {
	.name = "schema-invalid",
	.code = "PL9010",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A value is outside the bounds of its field, or has a wrong "
		   "form.",
	.why = "The API server rejects the object.",
	.by_schema = true,
};
