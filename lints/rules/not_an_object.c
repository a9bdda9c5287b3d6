/*
 * not-an-object: a document that no API server would take.
 */
#include "lints/lint.h"

const struct lint_rule lint_not_an_object = {
	.name = "not-an-object",
	.code = "PL0003",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A document is not a Kubernetes object.",
	.why = "Without apiVersion and kind nothing can be applied; often a "
	       "document separator is misplaced or a file is not meant to be "
	       "here.",
	.fix = "Add apiVersion and kind, or exclude the file.",
	.raised_by = LINT_FACT(NOT_AN_OBJECT),
};
