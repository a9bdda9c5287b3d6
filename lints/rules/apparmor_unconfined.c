/*
 * apparmor-unconfined: AppArmor is switched off.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/pss.h"
#include "model/value.h"
#include "model/value_path.h"

static void report(struct lint_run *run, const struct value *profile)
{
	if (value_is_string(profile) &&
	    !lint_pss_apparmor_is_fine(value_string(profile)))
		lint_report(run, profile,
			    "AppArmor profile '%s' is not runtime/default or "
			    "localhost",
			    value_string(profile));
}

static void check_container(struct lint_run *run, const struct container_ref *c)
{
	report(run, value_at(c->spec, "securityContext.appArmorProfile.type"));
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	const struct value_entry *entry;
	size_t len = strlen(lint_pss_apparmor_annotation);

	report(run,
	       value_at(pod->spec, "securityContext.appArmorProfile.type"));
	value_foreach (entry, value_get(pod->metadata, "annotations"))
		if (strncmp(entry->key, lint_pss_apparmor_annotation, len) == 0)
			report(run, entry->value);
}

const struct lint_rule lint_apparmor_unconfined = {
	.name = "apparmor-unconfined",
	.code = "PL3112",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "AppArmor is switched off, or set to an unknown profile.",
	.why = "The profile of the runtime keeps a container from much "
	       "that it never needs.",
	.fix = "Use RuntimeDefault or a Localhost profile.",
	.check_pod = check_pod,
	.check_container = check_container,
};
