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
	.summary = "A chart or a kustomization needs an input that is not "
		   "in the tree.",
	.why = "plimsoll reads no network: what is not in the repository "
	       "cannot be rendered, so nothing of this was checked.",
	.fix = "Vendor it: helm dependency build for a chart, and commit "
	       "charts/; copy a remote base into the repository.",
	.raised_by = LINT_FACT(INPUT_NOT_VENDORED),
};
