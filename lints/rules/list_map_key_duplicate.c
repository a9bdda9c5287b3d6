/*
 * list-map-key-duplicate: entries of lists that have to differ.
 */
#include "lints/lint.h"

const struct lint_rule lint_list_map_key_duplicate = {
	.name = "list-map-key-duplicate",
	.code = "PL9108",
	.group = LINT_API,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Two entries of a list have the same key.",
	.why = "The API server rejects the list, or server-side apply does.",
	.by_schema = true,
};
