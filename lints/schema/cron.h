/*
 * Schedules of CronJobs, as the API server's parser takes them.
 */
#ifndef LINTS_SCHEMA_CRON_H
#define LINTS_SCHEMA_CRON_H

#include <stdbool.h>

struct arena;

/* NULL if it is one, else what is wrong. */
const char *cron_refused(struct arena *arena, const char *text);

/* Whether no month that it names has a day that it names: 30 February. */
bool cron_never(struct arena *arena, const char *text);

#endif
