/*
 * debug-tty: a terminal that was left in.
 */
#include "lints/lint.h"
#include "base/attr.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	static const char *const fields[] = { "stdin", "tty" };
	size_t i;

	if (object_is(c->object, "", "Pod"))
		return;
	for (i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct value *flag = value_get(c->spec, fields[i]);

		if (value_is_true(flag))
			lint_report(run, flag, "container '%s' has %s: true",
				    container_name(c), fields[i]);
	}
}

const struct lint_rule lint_debug_tty = {
	.name = "debug-tty",
	.code = "PL3137",
	.group = LINT_SECURITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container that a controller starts has stdin or a "
		   "terminal.",
	.why = "Nobody sits before it; it was left from debugging, or "
	       "invites to it.",
	.fix = "Delete stdin and tty.",
	.check_container = check,
};
