/*
 * field-deprecated: fields that should not be used any more.
 */
#include "lints/lint.h"

const struct lint_rule lint_field_deprecated = {
	.name = "field-deprecated",
	.code = "PL9011",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "A field is deprecated.",
	.why = "The API server warns, or ignores the field; a later version "
	       "may drop it.",
	.by_schema = true,
};
