#include "lints/lint.h"

const struct lint_rule lint_unlisted = {
	.name = "unlisted",
	.code = "1002",
	.summary = "One sentence.",
};
