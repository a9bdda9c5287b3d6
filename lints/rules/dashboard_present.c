/*
 * dashboard-present: a dashboard beside the application.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *image = value_get(c->spec, "image");
	const char *text = value_string_or(image, "");

	if (strstr(text, "kubernetes-dashboard") ||
	    strstr(text, "kubernetesui/dashboard"))
		lint_report(run, image, "'%s' is the Kubernetes Dashboard",
			    text);
}

const struct lint_rule lint_dashboard_present = {
	.name = "dashboard-present",
	.code = "PL3144",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "The Kubernetes Dashboard is installed.",
	.why = "It has led into clusters more than once, and is archived "
	       "upstream.",
	.fix = "Delete it.",
	.check_container = check,
};
