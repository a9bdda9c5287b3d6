/*
 * What looks like a secret, by its name and by its value.
 */
#ifndef LINTS_SUBJECTS_SECRETS_H
#define LINTS_SUBJECTS_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lints/rule.h"

struct lint_run;

enum {
	LINT_SECRET_SHORTEST = 16
};

/* The parameters names, ignoreNames and ignoreValues. */
extern const struct lint_param lint_secret_params[];

/*
 * Whether a field of this name holds this secret in clear; the running rule
 * has the parameters above.
 */
bool lint_secret_is_clear(struct lint_run *run, const char *name,
			  const char *value);

/*
 * "an AWS access key", or NULL.  `entropy` is in tenths of a bit a character.
 */
const char *lint_secret_token(const char *text, size_t len, int64_t entropy);

#endif
