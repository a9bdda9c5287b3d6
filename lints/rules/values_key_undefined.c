/*
 * values-key-undefined: a template reads what nothing sets.
 */
#include "lints/lint.h"

const struct lint_rule lint_values_key_undefined = {
	.name = "values-key-undefined",
	.code = "PL0108",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A template reads a value that no values file sets.",
	.why = "Either the name is misspelled or the default values are "
	       "not complete.",
	.fix = "Add it to values.yaml.",
	.raised_by = LINT_FACT(VALUES_KEY_UNDEFINED),
};
