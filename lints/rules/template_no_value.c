/*
 * template-no-value: a template printed a value that is not set.
 */
#include "lints/lint.h"

const struct lint_rule lint_template_no_value = {
	.name = "template-no-value",
	.code = "PL0107",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A template printed a value that is not set.",
	.why = "The result holds \"<no value>\" or nothing where something "
	       "was meant.",
	.fix = "Set the value, or guard it with default or required.",
	.raised_by = LINT_FACT(TEMPLATE_NO_VALUE),
};
