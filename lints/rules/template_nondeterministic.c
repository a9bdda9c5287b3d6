/*
 * template-nondeterministic: each render gives another result.
 */
#include "lints/lint.h"

const struct lint_rule lint_template_nondeterministic = {
	.name = "template-nondeterministic",
	.code = "PL0110",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A template calls a function whose result differs between "
		   "renders.",
	.why = "Every deployment then changes something although nothing "
	       "was changed, and what is reviewed is not what is applied.",
	.fix = "Pass the value in, or keep it in an existing Secret.",
	.raised_by = LINT_FACT(TEMPLATE_NONDETERMINISTIC),
};
