/*
 * Schedules of CronJobs, as the API server's parser takes them.
 */
#ifndef LINTS_SCHEMA_CRON_H
#define LINTS_SCHEMA_CRON_H

#include <stdbool.h>

struct arena;

/* NULL if it is one, else what is wrong. */
const char *cron_refused(struct arena *arena, const char *text);

/* Whether it names nothing, or only dates like 30 February. */
bool cron_never(struct arena *arena, const char *text);

#endif
