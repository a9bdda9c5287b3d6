/*
 * yaml-syntax: a manifest that cannot be read.
 */
#include "lints/lint.h"

const struct lint_rule lint_yaml_syntax = {
	.name = "yaml-syntax",
	.code = "PL0001",
	.group = LINT_INPUT,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "A file cannot be parsed as YAML.",
	.why = "Nothing in it can be applied, and nothing in it was checked.",
	.raised_by = LINT_FACT(YAML_SYNTAX),
};
