/*
 * value-format-invalid: texts that are written in a language of their own.
 */
#include "lints/lint.h"

const struct lint_rule lint_value_format_invalid = {
	.name = "value-format-invalid",
	.code = "PL9113",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A text is not in the format that its field demands.",
	.why = "The API server rejects the object.",
	.by_schema = true,
};
