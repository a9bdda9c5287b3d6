/*
 * rolling-update-missing: all pods are stopped before the new ones start.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/index.h"
#include "model/object.h"
#include "model/value.h"

static const struct group_kind kinds[] = { { "apps", "DaemonSet" },
					   { "apps", "Deployment" },
					   { "apps", "StatefulSet" },
					   { "apps.openshift.io",
					     "DeploymentConfig" },
					   { NULL, NULL } };

static const struct lint_param params[] = {
	{ "withClaims", LINT_PARAM_BOOL, "false",
	  "Whether Recreate is wrong for pods that mount a claim, too." },
	{ "when", LINT_PARAM_TEXT, "always",
	  "always: all; service: only pods that a Service selects." },
	{ .name = NULL }
};

/* Two pods cannot hold one disk: what has a claim is to stop first. */
static bool has_claim(const struct object *object)
{
	const struct value *volume;
	struct podspec pod;

	if (!podspec_of(object, &pod))
		return false;
	list_foreach (volume, value_get(pod.spec, "volumes"))
		if (value_get(volume, "persistentVolumeClaim"))
			return true;
	return false;
}

static void check(struct lint_run *run, const struct object *object)
{
	bool stops = strncmp(object->kind, "Deployment", 10) == 0;
	const struct value *spec = value_get(object->root, "spec");
	const struct value *type = value_get(
		value_get(spec, stops ? "strategy" : "updateStrategy"), "type");

	/* "Rolling" is what OpenShift calls it. */
	if (!value_is_string(type) ||
	    value_equals_string(type, "RollingUpdate") ||
	    value_equals_string(type, "Rolling"))
		return;
	if (stops && !lint_param_bool(run, "withClaims") && has_claim(object))
		return;
	if (strcmp(lint_param_text(run, "when"), "service") == 0 &&
	    !lint_service_of(run, object))
		return;
	lint_report(run, type,
		    stops ? "strategy %s stops all pods before the new ones "
			    "start"
			  : "strategy %s leaves old pods until somebody "
			    "deletes them",
		    value_string(type));
}

const struct lint_rule lint_rolling_update_missing = {
	.name = "rolling-update-missing",
	.code = "PL1126",
	.group = LINT_RELIABILITY,
	.severity = DIAG_WARNING,
	.since = "0.1",
	.summary = "A workload is not updated pod by pod.",
	.why = "With Recreate each change is an outage; with OnDelete it "
	       "does not arrive at all.",
	.fix = "Use RollingUpdate, unless two versions must never run "
	       "together.",
	.params = params,
	.kinds = kinds,
	.check_object = check,
};
