/*
 * secret-not-encrypted: what SOPS was told to keep secret.
 */
#include "lints/lint.h"

const struct lint_rule lint_secret_not_encrypted = {
	.name = "secret-not-encrypted",
	.code = "PL4105",
	.group = LINT_SECRETS,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A file that a creation rule of SOPS covers holds values in "
		   "the clear.",
	.why = "What was pushed once in the clear is known, however it is "
	       "encrypted later.",
	.fix = "Encrypt it with sops before it is committed.",
	.raised_by = LINT_FACT(SECRET_NOT_ENCRYPTED),
};
