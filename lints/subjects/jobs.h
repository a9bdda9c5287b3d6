/*
 * Jobs, on their own and inside of CronJobs.
 */
#ifndef LINTS_SUBJECTS_JOBS_H
#define LINTS_SUBJECTS_JOBS_H

#include <stdbool.h>

#include "model/object.h"

struct value;

extern const struct group_kind lint_jobs[];      /* Job */
extern const struct group_kind lint_cron_jobs[]; /* CronJob */
extern const struct group_kind lint_all_jobs[];  /* both */

/* The spec of a Job, or of the Jobs that a CronJob makes; or NULL. */
const struct value *lint_job_spec(const struct object *object);

/* A hook of Helm or Argo CD, which delete it before the next one. */
bool lint_is_hook(const struct object *object);

#endif
