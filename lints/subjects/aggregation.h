/*
 * ClusterRoles that are made of others: aggregationRule.
 */
#ifndef LINTS_SUBJECTS_AGGREGATION_H
#define LINTS_SUBJECTS_AGGREGATION_H

#include "base/table.h"
#include "model/bundle.h"

struct lint_run;

struct lint_aggregation {
	struct table by_label; /* "key\nvalue" to struct object_set */
};

/* Index the ClusterRoles of the bundle. */
void lint_aggregation_init(struct lint_run *run,
			   struct lint_aggregation *aggregation);

/* The roles whose labels one of the role's selectors asks for. */
void lint_aggregated(struct lint_run *run,
		     const struct lint_aggregation *aggregation,
		     const struct object *role, struct object_set *parts);

#endif
