/*
 * capabilities-beyond-baseline: a capability that Pod Security does not know as
 * harmless.
 */
#include "lints/lint.h"
#include "lints/subjects/pods.h"
#include "lints/subjects/pss.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct container_ref *c)
{
	const struct value *item;

	list_foreach (item,
		      value_get(lint_own_security(c, "capabilities"), "add"))
		if (value_is_string(item) &&
		    !lint_pss_capability_is_baseline(value_string(item)))
			lint_report(run, item,
				    "container '%s' adds capability %s, "
				    "outside the baseline",
				    container_name(c), value_string(item));
}

const struct lint_rule lint_capabilities_beyond_baseline = {
	.name = "capabilities-beyond-baseline",
	.code = "PL3106",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A container adds a capability outside the baseline of Pod "
		   "Security.",
	.why = "Namespaces that enforce the baseline refuse the pod.",
	.fix = "Drop it, or ignore with a reason.",
	.check_container = check,
};
