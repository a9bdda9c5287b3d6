/*
 * What autoscalers act on: a reference by kind and name to a workload of the
 * same namespace.
 */
#ifndef LINTS_SUBJECTS_TARGETS_H
#define LINTS_SUBJECTS_TARGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "lints/reference.h"
#include "model/object.h"

struct lint_run;
struct value;

/* HorizontalPodAutoscaler alone, and with KEDA's ScaledObject. */
extern const struct group_kind lint_horizontal[];
extern const struct group_kind lint_scalers[];
/* VerticalPodAutoscaler */
extern const struct group_kind lint_vertical[];

/* spec.scaleTargetRef, or spec.targetRef of a VerticalPodAutoscaler. */
const struct value *lint_target_ref(const struct object *scaler);

/* The same read; the name is "" where none is written. */
struct lint_reference lint_target_of(struct lint_run *run,
				     const struct object *scaler);

/* The one object with pods that has the target's name and namespace. */
const struct object *lint_target_named(struct lint_run *run,
				       const struct object *scaler);

/* The same where its kind is that of the reference as well; or NULL. */
const struct object *lint_target(struct lint_run *run,
				 const struct object *scaler);

/*
 * Report each object of the kinds whose target one before it has already, as
 * "KIND 'x' VERB the same Deployment/web CONSEQUENCE".
 */
void lint_targets_shared(struct lint_run *run, const struct group_kind *kinds,
			 const char *verb, const char *consequence);

/* What an autoscaler measures in relation to requests. */
struct lint_utilization {
	const struct value *at; /* where that is written */
	const char *resource;
	const char *container; /* one alone; or NULL */
};

/* False behind the last; begin with 0. */
bool lint_utilization_next(const struct object *scaler, size_t *index,
			   struct lint_utilization *utilization);

#endif
