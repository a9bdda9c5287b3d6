/*
 * emptydir-unbounded: temporary files without a limit.
 */
#include "lints/lint.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume;

	list_foreach (volume, value_get(pod->spec, "volumes")) {
		const struct value *dir = value_get(volume, "emptyDir");
		const char *name =
			value_string_or(value_get(volume, "name"), "");

		if (!dir || value_get(dir, "sizeLimit"))
			continue;
		if (value_equals_string(value_get(dir, "medium"), "Memory"))
			lint_report_as(run, DIAG_WARNING, volume,
				       "emptyDir '%s' in memory has no "
				       "sizeLimit: it eats the memory limit",
				       name);
		else
			lint_report(run, volume,
				    "emptyDir '%s' has no sizeLimit", name);
	}
}

const struct lint_rule lint_emptydir_unbounded = {
	.name = "emptydir-unbounded",
	.code = "PL2110",
	.group = LINT_RESOURCES,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "An emptyDir has no size limit.",
	.why = "It may fill the disk of the node, or the memory of the "
	       "container.",
	.fix = "Set emptyDir.sizeLimit.",
	.check_pod = check,
};
