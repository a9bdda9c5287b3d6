/*
 * field-too-new: a field that a target version does not have yet.
 */
#include "lints/lint.h"

const struct lint_rule lint_field_too_new = {
	.name = "field-too-new",
	.code = "PL9106",
	.group = LINT_API,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A field is newer than the oldest target version.",
	.why = "An older API server drops the field in silence, and what it "
	       "was to do does not happen.",
	.by_schema = true,
};
