/*
 * pvc-ref-missing: a volume names a PersistentVolumeClaim that does not
 * exist.
 */
#include "lints/lint.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = { LINT_REFERENCE_PARAMS,
					    { .name = NULL } };

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct value *volume;

	list_foreach (volume, value_get(pod->spec, "volumes")) {
		const struct value *claim =
			value_at(volume, "persistentVolumeClaim.claimName");
		struct lint_reference ref = {
			"",
			"PersistentVolumeClaim",
			lint_namespace(run, pod->object),
			value_string_or(claim, ""),
		};

		if (!lint_dangles(run, &ref))
			continue;
		lint_report(run, claim,
			    "volume '%s' needs PersistentVolumeClaim '%s', "
			    "which does not exist",
			    value_string_or(value_get(volume, "name"), ""),
			    ref.name);
		lint_help_create(run, &ref);
	}
}

const struct lint_rule lint_pvc_ref_missing = {
	.name = "pvc-ref-missing",
	.code = "PL7006",
	.group = LINT_REFERENCES,
	.severity = DIAG_WARNING,
	.core = true,
	.since = "0.1",
	.summary =
		"A volume names a PersistentVolumeClaim that does not exist.",
	.why = "The pod cannot be scheduled until the claim is there.",
	.fix = "Create it or correct the name.",
	.params = params,
	.check_pod = check,
};
