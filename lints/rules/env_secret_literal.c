/*
 * env-secret-literal: a secret is written into the manifest.
 */
#include "lints/lint.h"
#include "lints/subjects/secrets.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *env;

	list_foreach (env, value_get(c->spec, "env")) {
		const struct value *value = value_get(env, "value");
		const char *name = value_string_or(value_get(env, "name"), "");

		if (value_is_string(value) &&
		    lint_secret_is_clear(run, name, value_string(value)))
			lint_report(run, value,
				    "env %s of '%s' holds a secret in clear",
				    name, container_name(c));
	}
}

const struct lint_rule lint_env_secret_literal = {
	.name = "env-secret-literal",
	.code = "PL4001",
	.group = LINT_SECRETS,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary = "An environment variable holds a secret in clear.",
	.why = "Whoever may read the workload or the repository reads the "
	       "secret, for ever.",
	.fix = "Move it to a Secret and use valueFrom.secretKeyRef.",
	.params = lint_secret_params,
	.check_container = check,
};
