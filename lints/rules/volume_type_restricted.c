/*
 * volume-type-restricted: a kind of volume that the restricted level does not
 * allow.
 */
#include "lints/lint.h"
#include "lints/subjects/pss.h"
#include "model/value.h"

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value_entry *entry;
	const struct value *volume;

	list_foreach (volume, value_get(pod->spec, "volumes"))
		value_foreach (entry, volume)
			if (!lint_pss_volume_is_restricted(entry->key))
				lint_report(
					run, entry->value,
					"volume '%s' is of type %s, which "
					"the restricted level does not "
					"allow",
					value_string_or(
						value_get(volume, "name"), ""),
					entry->key);
}

const struct lint_rule lint_volume_type_restricted = {
	.name = "volume-type-restricted",
	.code = "PL3125",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A volume is of a type that the restricted level of Pod "
		   "Security does not allow.",
	.why = "Namespaces that enforce the restricted level refuse the "
	       "pod.",
	.fix = "Use a PVC or CSI volume.",
	.check_pod = check,
};
