/*
 * ignore-unused: an exemption that leaves nothing out.
 *
 * Who drives the run notices it, when all findings are known.
 */
#include "lints/lint.h"

const struct lint_rule lint_ignore_unused = {
	.name = "ignore-unused",
	.code = "PL0116",
	.group = LINT_INPUT,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A comment, an entry of ignore: or of the baseline leaves "
		   "nothing "
		   "out.",
	.why = "What it was for is mended, or it stands in the wrong place; "
	       "left "
	       "there it will one day hide something new.",
	.fix = "Delete it.",
	.raised_by = LINT_FACT(IGNORE_UNUSED),
};
