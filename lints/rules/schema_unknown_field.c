/*
 * schema-unknown-field: a key that is no field, at any level of an object.
 */
#include "lints/lint.h"

const struct lint_rule lint_schema_unknown_field = {
	.name = "schema-unknown-field",
	.code = "PL9006",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A field is not in the schema of the target version.",
	.why = "The API server rejects it with strict validation, which "
	       "kubectl asks for, and drops it in silence without.",
	.by_schema = true,
};
