/*
 * input-not-vendored: what a discovered chart needs is not in the tree.
 *
 * For a target that the project declares the same is an error of the target.
 */
#include "lints/lint.h"

const struct lint_rule lint_input_not_vendored = {
	.name = "input-not-vendored",
	.code = "PL0119",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A chart needs an input that is not in the tree.",
	.why = "plimsoll reads no network: what is not in the repository "
	       "cannot be rendered, so nothing of this chart was checked.",
	.fix = "Vendor it: helm dependency build, and commit charts/.",
	.raised_by = LINT_FACT(INPUT_NOT_VENDORED),
};
