/*
 * duplicate-key: a key twice in one mapping.
 */
#include "lints/lint.h"

const struct lint_rule lint_duplicate_key = {
	.name = "duplicate-key",
	.code = "PL0002",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A key occurs twice in one mapping.",
	.why = "Readers keep the last one without a word, and strict ones "
	       "refuse the file.",
	.fix = "Delete one.",
	.raised_by = LINT_FACT(DUPLICATE_KEY),
};
