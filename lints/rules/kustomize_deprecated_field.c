/*
 * kustomize-deprecated-field: a field of kustomizations that is on its way out.
 */
#include "lints/lint.h"

const struct lint_rule lint_kustomize_deprecated_field = {
	.name = "kustomize-deprecated-field",
	.code = "PL0103",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A kustomization uses a deprecated field.",
	.why = "A later version of Kustomize will not read it any more.",
	.fix = "Use the field that replaces it.",
	.raised_by = LINT_FACT(KUSTOMIZATION_DEPRECATED_FIELD),
};
