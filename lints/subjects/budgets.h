/*
 * PodDisruptionBudgets and the workloads they cover.
 */
#ifndef LINTS_SUBJECTS_BUDGETS_H
#define LINTS_SUBJECTS_BUDGETS_H

#include <stdbool.h>
#include <stdint.h>

#include "lints/index.h"
#include "model/object.h"

struct lint_run;
struct value;

/* PodDisruptionBudget */
extern const struct group_kind lint_budgets[];

/* The workloads that a budget covers and that have a number of replicas. */
void lint_budget_covers(struct lint_run *run, const struct object *budget,
			struct lint_workloads *covered);

/*
 * The number of pods that minAvailable or maxUnavailable mean; a percentage
 * is rounded up.  False: it is neither.
 */
bool lint_budget_count(const struct value *value, int64_t replicas,
		       int64_t *count);

#endif
