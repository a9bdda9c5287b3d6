/*
 * helm-chart-suspect: Chart.yaml and what lies beside it do not fit together.
 */
#include "lints/lint.h"

const struct lint_rule lint_helm_chart_suspect = {
	.name = "helm-chart-suspect",
	.code = "PL0104",
	.group = LINT_INPUT,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "Something about a chart is odd though Helm renders it.",
	.why = "Tools disagree about versions that are none, and what is not "
	       "locked is another chart tomorrow.",
	.fix = "Mend what the message names.",
	.raised_by = LINT_FACT(HELM_CHART),
};
