/*
 * secret-from-env: Secrets that reach a container through its environment.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *item, *ref;

	list_foreach (item, value_get(c->spec, "env")) {
		ref = value_at(item, "valueFrom.secretKeyRef");
		if (ref)
			lint_report(
				run, ref, "env %s of '%s' reads a Secret",
				value_string_or(value_get(item, "name"), ""),
				container_name(c));
	}
	list_foreach (item, value_get(c->spec, "envFrom")) {
		ref = value_get(item, "secretRef");
		if (ref)
			lint_report(run, ref, "envFrom of '%s' reads a Secret",
				    container_name(c));
	}
}

const struct lint_rule lint_secret_from_env = {
	.name = "secret-from-env",
	.code = "PL4101",
	.group = LINT_SECRETS,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container reads a Secret into its environment.",
	.why = "Variables are inherited by children and end up in crash "
	       "reports; files do not.",
	.fix = "Mount the Secret as a file.",
	.check_container = check,
};
