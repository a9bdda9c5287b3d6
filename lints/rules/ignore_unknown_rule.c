/*
 * ignore-unknown-rule: a comment names a rule that does not exist.
 *
 * Who drives the run notices it, when all findings are known.
 */
#include "lints/lint.h"

const struct lint_rule lint_ignore_unknown_rule = {
	.name = "ignore-unknown-rule",
	.code = "PL0118",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A comment leaves out a rule that does not exist.",
	.why = "What it was meant to leave out is reported as before, and who "
	       "reads it believes otherwise.",
	.fix = "Correct the name; `plimsoll rules` lists them.",
	.raised_by = LINT_FACT(IGNORE_UNKNOWN_RULE),
};
