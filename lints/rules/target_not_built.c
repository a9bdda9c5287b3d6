/*
 * target-not-built: what discovery found and cannot be rendered.
 *
 * Of a target that the project declares, or that the command line names, the
 * same is an error of the target.  A generator that is a program of its own is
 * not run: that is a note, and the rest is checked without what it makes.
 */
#include "lints/lint.h"

const struct lint_rule lint_target_not_built = {
	.name = "target-not-built",
	.code = "PL0121",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A chart, a kustomization or a GitOps object that was found "
		   "does not render.",
	.why = "Whoever applies it gets the same error, and nothing of it was "
	       "checked. A generator that is a program is not run: then this "
	       "is a note, and the rest was checked without what it makes.",
	.fix = "Mend it, or leave it out with `exclude` of `discover:` in "
	       "plimsoll.yaml.",
	.raised_by = LINT_FACT(TARGET_BROKEN),
};
