/*
 * sysctl-injection: a sysctl that sets others as well.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *item;

	list_foreach (item, value_at(pod->spec, "securityContext.sysctls")) {
		const struct value *value = value_get(item, "value");
		const char *text = value_string_or(value, "");
		const char *found = strpbrk(text, "+=");

		if (found)
			lint_report(
				run, value,
				"value of sysctl '%s' holds '%c': it can "
				"set further kernel parameters "
				"(CVE-2022-0811)",
				value_string_or(value_get(item, "name"), ""),
				*found);
	}
}

const struct lint_rule lint_sysctl_injection = {
	.name = "sysctl-injection",
	.code = "PL3117",
	.group = LINT_SECURITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The value of a sysctl holds '+' or '='.",
	.why = "Some runtimes take what follows for further kernel "
	       "parameters of the node (CVE-2022-0811).",
	.fix = "Write a plain value.",
	.check_pod = check,
};
