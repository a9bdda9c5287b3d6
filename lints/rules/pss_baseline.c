/*
 * pss-baseline: what a namespace that enforces the baseline level refuses.
 *
 * Where the rule for a control is on, that one says more.
 */
#include "lints/lint.h"
#include "lints/subjects/pss.h"

static const struct lint_param params[] = {
	{ "version", LINT_PARAM_TEXT, "",
	  "Version of the standards, such as 1.31 or latest; that of the "
	  "target without one." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	struct lint_pss_violation found;
	unsigned minor;
	size_t at = 0;

	if (!lint_pss_version(lint_param_text(run, "version"),
			      run->kubernetes.newest, &minor))
		return;
	while (lint_pss_next(pod, LINT_PSS_BASELINE, minor, &at, &found))
		if (!lint_is_on(run, found.rule))
			lint_report(run, found.at,
				    "%s: forbidden by the baseline level of "
				    "Pod Security 1.%u (%s)",
				    found.says, minor,
				    lint_rules[found.rule]->name);
}

const struct lint_rule lint_pss_baseline = {
	.name = "pss-baseline",
	.code = "PL3138",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "The baseline level of the Pod Security Standards is "
		   "violated.",
	.why = "A namespace that enforces the level refuses the pod.",
	.fix = "Change the field, or run it in a namespace of another level.",
	.params = params,
	.check_pod = check,
};
