/*
 * low-gid: a group that the node may have as well.
 */
#include "lints/lint.h"
#include "lints/pods.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "min", LINT_PARAM_INT, "10000",
	  "The least number." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *id = lint_security(c, "runAsGroup");
	int64_t min = lint_param_int(run, "min"), number;
	const struct value *parent;
	const char *prefix;

	if (lint_is_windows(c->pod))
		return;
	if (value_is_null(id)) {
		parent = lint_security_parent(c, &prefix);
		lint_report_absent(run, parent,
				   *prefix ? "securityContext.runAsGroup"
					   : "runAsGroup",
				   "container '%s' has no runAsGroup",
				   container_name(c));
	} else if (value_as_int(id, &number) && number < min) {
		lint_report(run, id,
			    "runAsGroup of '%s' is %lld, less than %lld",
			    container_name(c), (long long)number,
			    (long long)min);
	}
}

const struct lint_rule lint_low_gid = {
	.name = "low-gid",
	.code = "PL3104",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container runs as a group with a low number, or that "
		   "of its image.",
	.why = "A group of the node with the same number has the rights of "
	       "the container outside of it.",
	.fix = "Set runAsGroup to a number of at least 10000.",
	.params = params,
	.check_container = check,
};
