/*
 * hpa-target-missing: an autoscaler of nothing.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "autoscaling",
					     "HorizontalPodAutoscaler" },
					   { "keda.sh", "ScaledObject" },
					   { NULL, NULL } };

static const char *group_of(struct arena *arena, const char *api_version)
{
	const char *slash = strchr(api_version, '/');

	return slash ? arena_strndup(arena, api_version,
				     (size_t)(slash - api_version))
		     : "";
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *ref = value_at(object->root, "spec.scaleTargetRef");
	const struct value *name = value_get(ref, "name");
	struct lint_reference target = {
		.group = group_of(run->arena,
				  value_string_or(value_get(ref, "apiVersion"),
						  "apps/v1")),
		.kind = value_string_or(value_get(ref, "kind"), "Deployment"),
		.name_space = lint_namespace(run, object),
		.name = value_string_or(name, ""),
	};
	const char *near;

	/* Old groups of a kind are one kind to the server. */
	if (strcmp(target.group, "extensions") == 0)
		target.group = "apps";
	if (!lint_dangles(run, &target))
		return;
	lint_report(run, name,
		    "scaleTargetRef %s/%s does not exist in namespace '%s'",
		    target.kind, target.name, lint_namespace(run, object));
	near = lint_near_name(run, &target);
	if (near)
		lint_help(run, "correct scaleTargetRef (did you mean '%s'?)",
			  near);
}

const struct lint_rule lint_hpa_target_missing = {
	.name = "hpa-target-missing",
	.code = "PL1010",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.core = true,
	.since = "0.1",
	.summary = "An autoscaler refers to a workload that does not exist.",
	.why = "Nothing is scaled, and only the autoscaler's status says so.",
	.fix = "Correct scaleTargetRef.",
	.kinds = kinds,
	.check_object = check,
};
