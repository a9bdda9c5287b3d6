#include "lints/lint.h"

const struct lint_rule lint_second = {
	.name = "other",
	.code = "PL1001",
	.summary = "One sentence.",
};
