/*
 * target-empty: a target renders nothing at all.
 *
 * The driver raises it and stops the target: neither profiles nor ignores have
 * a say, since whoever prunes would delete all that is deployed.
 */
#include "lints/lint.h"

const struct lint_rule lint_target_empty = {
	.name = "target-empty",
	.code = "PL0113",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A target renders no object and does not say that this is "
		   "meant.",
	.why = "Deployers that prune delete everything when they are given an "
	       "empty bundle; so the target fails and its old bundle stays, "
	       "whatever profiles and ignores say.",
	.fix = "Look at conditions and selectors; where nothing is meant, say "
	       "allowEmpty: true.",
};
