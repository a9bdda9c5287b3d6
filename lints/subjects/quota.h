/*
 * What the pods of a namespace ask for in all, against its ResourceQuotas and
 * LimitRanges.  What is not written counts as nothing.
 */
#ifndef LINTS_SUBJECTS_QUOTA_H
#define LINTS_SUBJECTS_QUOTA_H

struct lint_run;
struct object;
struct table;

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

#endif
