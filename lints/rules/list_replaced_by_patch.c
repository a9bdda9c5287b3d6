/*
 * list-replaced-by-patch: a patch of a custom resource that loses items.
 */
#include "lints/lint.h"

const struct lint_rule lint_list_replaced_by_patch = {
	.name = "list-replaced-by-patch",
	.code = "PL0120",
	.group = LINT_INPUT,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "A patch replaces a list of a custom resource that the base "
		   "sets.",
	.why = "Strategic-merge patches merge the lists of built-in kinds "
	       "only; of other kinds no merge key is known, so the items of "
	       "the base are lost.",
	.fix = "Repeat the items, use a JSON patch, or set crdMergeKeys to "
	       "true where the CRD declares keys.",
	.raised_by = LINT_FACT(LIST_REPLACED_BY_PATCH),
};
