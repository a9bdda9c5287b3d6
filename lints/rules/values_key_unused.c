/*
 * values-key-unused: a value that nobody reads.
 */
#include "lints/lint.h"

const struct lint_rule lint_values_key_unused = {
	.name = "values-key-unused",
	.code = "PL0109",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A value is set, but no template reads it.",
	.why = "What was meant to be set keeps its default, and nothing "
	       "says so.",
	.fix = "Delete it or correct the name.",
	.raised_by = LINT_FACT(VALUES_KEY_UNUSED),
};
