/*
 * schema-wrong-type: a text for a number, a map for a list and their like.
 */
#include "lints/lint.h"

const struct lint_rule lint_schema_wrong_type = {
	.name = "schema-wrong-type",
	.code = "PL9007",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A value is not of the type that its field has.",
	.why = "The API server cannot decode the object.",
	.by_schema = true,
};
