/*
 * api-rejected: what the API server refuses beyond the types of fields.
 *
 * lints/schema/refuse.def says which checks belong to which definition.
 */
#include "lints/lint.h"

const struct lint_rule lint_api_rejected = {
	.name = "api-rejected",
	.code = "PL9109",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Fields do not go together, or a text has a form that the "
		   "API server refuses.",
	.why = "The API server rejects the object.",
	.by_schema = true,
};
