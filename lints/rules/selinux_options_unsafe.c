/*
 * selinux-options-unsafe: an SELinux label outside those for containers.
 */
#include "base/attr.h"
#include "lints/lint.h"
#include "lints/subjects/pss.h"
#include "model/value.h"

static void check_options(struct lint_run *run, const struct value *context)
{
	static const char *const fields[] = { "type", "user", "role" };
	const struct value *options = value_get(context, "seLinuxOptions");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *value = value_get(options, fields[i]);
		const char *text = value_string_or(value, "");

		if (i ? *text == '\0'
		      : lint_pss_selinux_is_fine(text, run->kubernetes.oldest))
			continue;
		lint_report(run, value,
			    "seLinuxOptions.%s '%s' is outside the baseline",
			    fields[i], text);
	}
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	check_options(run, value_get(c->spec, "securityContext"));
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	check_options(run, value_get(pod->spec, "securityContext"));
}

const struct lint_rule lint_selinux_options_unsafe = {
	.name = "selinux-options-unsafe",
	.code = "PL3113",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "SELinux options are outside the baseline of Pod Security.",
	.why = "A process with another type, user or role may reach what "
	       "containers should not.",
	.fix = "Delete it, or use container_t.",
	.check_pod = check_pod,
	.check_container = check_container,
};
