#include "lints/lint.h"
#include "templates/private.h"

const struct lint_rule lint_first = {
	.name = "First_rule",
	.code = "PL1001",
	.summary = "One sentence. And "
		   "another",
};
