/*
 * helm-kubeversion-excludes-target: a chart that is not for a version of
 * Kubernetes that the project wants to run on.
 */
#include "lints/lint.h"

const struct lint_rule lint_helm_kubeversion_excludes_target = {
	.name = "helm-kubeversion-excludes-target",
	.code = "PL0102",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "The kubeVersion of a chart excludes a target.",
	.why = "It was rendered for another target; on this one Helm refuses "
	       "to install it.",
	.fix = "Widen kubeVersion, or change the target.",
	.raised_by = LINT_FACT(HELM_KUBEVERSION),
};
