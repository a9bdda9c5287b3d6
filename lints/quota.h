/*
 * What pods ask for in all, to compare with quotas.  Amounts are thousandths
 * of a unit; what is not written or does not fit counts as nothing.
 */
#ifndef LINTS_QUOTA_H
#define LINTS_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#include "model/podspec.h"

struct arena;
struct lint_run;
struct table;
struct value;

/* Of a quantity; 0 where there is none. */
uint64_t lint_amount(const struct value *quantity);

/* Of one container; a request that is not written is that of the limit. */
uint64_t lint_container_amount(const struct container_ref *container,
			       const char *list, const char *resource);

/*
 * Of one pod: what runs beside each other, or the greatest init container if
 * that is more.
 */
uint64_t lint_pod_amount(const struct podspec *pod, const char *list,
			 const char *resource);

/* How many pods the object makes at once, at least. */
uint64_t lint_pod_count(struct lint_run *run, const struct object *object);

/*
 * Report each amount of a ResourceQuota that the pods of its namespace exceed.
 * `totals` keeps what has been added up; it is empty at first.
 */
void lint_quota_check(struct lint_run *run, struct table *totals,
		      const struct object *quota);

/*
 * Report each container or pod of its namespace that asks for more or less
 * than a LimitRange allows.
 */
void lint_range_check(struct lint_run *run, const struct object *range);

/* "1500m", "2", "300Mi" */
const char *lint_amount_text(struct arena *arena, const char *resource,
			     uint64_t amount);

#endif
