/*
 * hpa-target-kind-mismatch: the workload of that name is of another kind.
 *
 * The server looks for group and kind and takes any version.  A group such as
 * extensions, which served the kind once, finds nothing today.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/targets.h"
#include "model/value.h"

static const char *group_name(const char *group)
{
	return *group ? group : "the core group";
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ref = lint_target_ref(object);
	struct lint_reference wanted = lint_target_of(run, object);
	const struct object *target = lint_target_named(run, object);

	if (!target || lint_referred(run, &wanted))
		return;
	if (strcmp(target->kind, wanted.kind) != 0)
		lint_report(run,
			    value_get(ref, "kind") ? value_get(ref, "kind")
						   : ref,
			    "'%s' is a %s, not a %s", wanted.name, target->kind,
			    wanted.kind);
	else
		lint_report(run,
			    value_get(ref, "apiVersion")
				    ? value_get(ref, "apiVersion")
				    : ref,
			    "%s '%s' is of %s, not of %s", target->kind,
			    target->name, group_name(target->group),
			    group_name(wanted.group));
	lint_help(run, "write apiVersion: %s and kind: %s", target->api_version,
		  target->kind);
}

const struct lint_rule lint_hpa_target_kind_mismatch = {
	.name = "hpa-target-kind-mismatch",
	.code = "PL1153",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "An autoscaler names a workload with another kind or group.",
	.why = "Nothing is scaled, and only the autoscaler's status says so.",
	.fix = "Correct kind and apiVersion.",
	.kinds = lint_scalers,
	.check_object = check,
};
