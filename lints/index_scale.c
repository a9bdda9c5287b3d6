/*
 * What follows from the index: a workload's Service, its autoscaler, and how
 * many pods it has.
 */
#include "lints/index.h"

#include <string.h>

#include "lints/lint.h"
#include "model/object.h"
#include "model/value.h"
#include "model/value_path.h"

const struct object *lint_service_of(struct lint_run *run,
				     const struct object *object)
{
	const struct lint_workload *workload = lint_workload_of(run, object);
	struct lint_selecting_objects services;

	if (!workload)
		return NULL;
	lint_selected_by(run, LINT_BY_SERVICE, workload, &services);
	return services.count ? services.items[0] : NULL;
}

const struct object *lint_scaler_of(struct lint_run *run,
				    const struct object *object)
{
	return lint_scaler_at(run, lint_namespace(run, object), object->kind,
			      object->name);
}

int64_t lint_replicas_or(struct lint_run *run, const struct object *object,
			 int64_t unset)
{
	const struct object *scaler = lint_scaler_of(run, object);
	int64_t count = 1;

	if (!scaler) {
		count = unset;
		(void)value_as_int(value_at(object->root, "spec.replicas"),
				   &count);
		return count;
	}
	if (strcmp(scaler->kind, "ScaledObject") == 0)
		count = 0;
	(void)value_as_int(
		value_at(scaler->root, strcmp(scaler->kind, "ScaledObject") == 0
					       ? "spec.minReplicaCount"
					       : "spec.minReplicas"),
		&count);
	return count;
}

int64_t lint_replicas(struct lint_run *run, const struct object *object)
{
	return lint_replicas_or(run, object, 1);
}

bool lint_is_parked(struct lint_run *run, const struct object *object)
{
	return !lint_scaler_of(run, object) &&
	       value_equals_int(value_at(object->root, "spec.replicas"), 0);
}
