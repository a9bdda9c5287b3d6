/*
 * probe-fields-implicit: a probe that leaves its times to the defaults.
 */
#include "base/attr.h"
#include "base/str.h"
#include "lints/lint.h"
#include "lints/subjects/probes.h"
#include "model/value.h"

static const char *const fields[] = {
	"initialDelaySeconds", "periodSeconds",    "timeoutSeconds",
	"successThreshold",    "failureThreshold",
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const char *const *name;
	struct str missing;
	size_t i;

	for (name = lint_probe_names; *name; name++) {
		const struct value *probe = value_get(c->spec, *name);

		if (!value_is_map(probe))
			continue;
		str_init(&missing, run->arena);
		for (i = 0; i < ARRAY_COUNT(fields); i++)
			if (!value_get(probe, fields[i]))
				str_printf(&missing, "%s%s",
					   missing.len ? ", " : "", fields[i]);
		if (missing.len)
			lint_report(run, probe,
				    "%s of '%s' leaves to defaults: %s", *name,
				    container_name(c), str_text(&missing));
	}
}

const struct lint_rule lint_probe_fields_implicit = {
	.name = "probe-fields-implicit",
	.code = "PL1106",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A probe leaves times or thresholds to the defaults.",
	.why = "Some teams want what decides about restarts to be written "
	       "down.",
	.fix = "Write all five fields.",
	.check_container = check,
};
