/*
 * input-from-tree: a chart is rendered with others of its repository.
 *
 * Who drives the run notices it, once for all charts.
 */
#include "lints/lint.h"

const struct lint_rule lint_input_from_tree = {
	.name = "input-from-tree",
	.code = "PL0122",
	.group = LINT_INPUT,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A chart's dependency is not vendored, and a chart of the "
		   "same name and a fitting version in this repository was "
		   "taken for it.",
	.why = "What was checked is the chart with its neighbours as they are "
	       "here.  With what Chart.lock names in their repositories it "
	       "may render otherwise.",
	.fix = "Nothing needs to be done in a repository of charts.  "
	       "Elsewhere run helm dependency build first, or commit charts/.",
	.raised_by = LINT_FACT(INPUT_FROM_TREE),
};
