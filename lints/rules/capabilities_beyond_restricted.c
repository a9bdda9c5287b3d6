/*
 * capabilities-beyond-restricted: a capability that the restricted level does
 * not allow.
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
		    !lint_pss_capability_is_restricted(value_string(item)))
			lint_report(run, item,
				    "container '%s' adds capability %s, "
				    "outside the restricted level",
				    container_name(c), value_string(item));
}

const struct lint_rule lint_capabilities_beyond_restricted = {
	.name = "capabilities-beyond-restricted",
	.code = "PL3107",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A container adds a capability other than NET_BIND_SERVICE.",
	.why = "Namespaces that enforce the restricted level refuse the "
	       "pod.",
	.fix = "Drop it.",
	.check_container = check,
};
