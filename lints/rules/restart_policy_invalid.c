/*
 * restart-policy-invalid: a restart policy that the kind may not have.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/object.h"
#include "model/value.h"

static const struct group_kind forever[] = {
	{ "apps", "DaemonSet" },         { "apps", "Deployment" },
	{ "apps", "ReplicaSet" },        { "apps", "StatefulSet" },
	{ "", "ReplicationController" }, { NULL, NULL }
};
static const struct group_kind once[] = { { "batch", "CronJob" },
					  { "batch", "Job" },
					  { NULL, NULL } };

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *policy = value_get(pod->spec, "restartPolicy");
	const char *text = value_string_or(policy, "Always");
	bool always = strcmp(text, "Always") == 0;

	if (object_is_one_of(object, forever) && !always)
		lint_report(run, policy,
			    "restartPolicy %s is not allowed for %s; allowed: "
			    "Always",
			    text, object->kind);
	else if (object_is_one_of(object, once) && always && policy)
		lint_report(run, policy,
			    "restartPolicy Always is not allowed for %s; "
			    "allowed: OnFailure, Never",
			    object->kind);
	else if (object_is_one_of(object, once) && always)
		lint_report_absent(run, pod->spec, "restartPolicy",
				   "restartPolicy is not set, which is Always; "
				   "for %s allowed: OnFailure, Never",
				   object->kind);
	else
		return;
	lint_help(run, "set restartPolicy to %s",
		  object_is_one_of(object, once) ? "OnFailure or Never"
						 : "Always");
}

const struct lint_rule lint_restart_policy_invalid = {
	.name = "restart-policy-invalid",
	.code = "PL1112",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The restart policy is not one that the kind may have.",
	.why = "The API server rejects it.",
	.fix = "Set a restartPolicy that the kind allows.",
	.check_pod = check,
};
