/*
 * probe-on-init: a probe of an init container that ends by itself.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const fields[] = { "livenessProbe", "readinessProbe",
					      "startupProbe", "lifecycle" };
	size_t i;

	if (c->role != CONTAINER_INIT)
		return;
	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *field = value_get(c->spec, fields[i]);

		if (!value_is_null(field))
			lint_report(run, field,
				    "init container '%s' may not have %s "
				    "unless restartPolicy is Always",
				    container_name(c), fields[i]);
	}
}

const struct lint_rule lint_probe_on_init = {
	.name = "probe-on-init",
	.code = "PL1104",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An init container has a probe or a lifecycle hook.",
	.why = "The API server rejects it.",
	.fix = "Delete the probe, or make it a sidecar with restartPolicy: "
	       "Always.",
	.check_container = check,
};
