/*
 * input-not-tracked: a file that is read and that Git does not know.
 *
 * Who drives the run notices it, when all findings are known.
 */
#include "lints/lint.h"

const struct lint_rule lint_input_not_tracked = {
	.name = "input-not-tracked",
	.code = "PL0112",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary =
		"A file that was read for the result is not in the repository.",
	.why = "Others cannot build this: what is rendered here depends on a "
	       "file "
	       "that nobody else has.",
	.fix = "Add it with git add, or to .gitignore if it is made on the "
	       "way.",
	.raised_by = LINT_FACT(INPUT_NOT_TRACKED),
};
