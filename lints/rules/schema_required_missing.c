/*
 * schema-required-missing: what the API server demands.
 */
#include "lints/lint.h"

const struct lint_rule lint_schema_required_missing = {
	.name = "schema-required-missing",
	.code = "PL9008",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A field that the API server demands is absent.",
	.why = "The API server rejects the object.",
	.by_schema = true,
};
