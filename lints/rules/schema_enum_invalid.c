/*
 * schema-enum-invalid: a word outside a closed set.
 */
#include "lints/lint.h"

const struct lint_rule lint_schema_enum_invalid = {
	.name = "schema-enum-invalid",
	.code = "PL9009",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A value is none of those that its field can have.",
	.why = "The API server rejects it; letters have the case that is "
	       "written in the list.",
	.by_schema = true,
};
