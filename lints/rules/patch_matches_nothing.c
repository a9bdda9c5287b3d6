/*
 * patch-matches-nothing: a patch, a replacement or an image entry without an
 * object.
 */
#include "lints/lint.h"

const struct lint_rule lint_patch_matches_nothing = {
	.name = "patch-matches-nothing",
	.code = "PL0111",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A patch or another entry of a kustomization matches no "
		   "object.",
	.why = "What it was meant to change stays as it is, and nothing "
	       "says so.",
	.fix = "Correct the target, or delete it.",
	.raised_by = LINT_FACT(PATCH_MATCHES_NOTHING) |
		     LINT_FACT(TRANSFORM_MATCHES_NOTHING),
};
