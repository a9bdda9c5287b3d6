/*
 * cronjob-schedule-invalid: a schedule that is none, or that never fires.
 *
 * Of time zones only the form is judged, so that verdicts do not depend on
 * what the machine has installed
 */
#include "lints/lint.h"

#include <string.h>

#include "base/attr.h"
#include "lints/schema/cron.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"

/* Whether a name looks as none in the database of zones does. */
static bool is_no_zone(const char *zone)
{
	static const char *const single[] = { "UTC",     "GMT",     "CET",
					      "CST6CDT", "EET",     "EST",
					      "EST5EDT", "HST",     "MET",
					      "MST",     "MST7MDT", "PST8PDT",
					      "WET",     "UCT",     "Zulu" };
	size_t i;

	if (strchr(zone, '/'))
		return strspn(zone, "/.") > 0;
	for (i = 0; i < ARRAY_COUNT(single); i++)
		if (strcmp(single[i], zone) == 0)
			return false;
	/* Those of a country or an island: Japan, Iceland. */
	return strlen(zone) < 4 || strcmp(zone, "Local") == 0 ||
	       strcspn(zone, "+-0123456789 ") < strlen(zone);
}

static void check_schedule(struct lint_run *run, const struct value *at,
			   const char *text)
{
	const char *reason;

	/* The parser knows time zones, the API server refuses them. */
	if (strncmp(text, "TZ=", 3) == 0 || strncmp(text, "CRON_TZ=", 8) == 0)
		reason = "a time zone belongs into timeZone";
	else
		reason = cron_refused(run->arena, text);
	if (!reason && cron_never(run->arena, text))
		reason = "there is no such date";
	if (reason)
		lint_report(run, at, "schedule '%s': %s", text, reason);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = value_get(object->root, "spec");
	const struct value *schedule = value_get(spec, "schedule");
	const struct value *zone = value_get(spec, "timeZone");

	/* Placeholders are filled in later. */
	if (value_is_string(schedule) && !strstr(value_string(schedule), "${"))
		check_schedule(run, schedule, value_string(schedule));
	if (value_is_string(zone) && !strstr(value_string(zone), "${") &&
	    is_no_zone(value_string(zone))) {
		lint_report(run, zone, "timeZone '%s' is no time zone",
			    value_string(zone));
		lint_help(run, "write a name such as Europe/Berlin or Etc/UTC");
	}
}

const struct lint_rule lint_cronjob_schedule_invalid = {
	.name = "cronjob-schedule-invalid",
	.code = "PL1146",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "The schedule of a CronJob is none, or never fires.",
	.why = "The API server rejects it, or no Job is ever made.",
	.fix = "Write five fields, e.g. \"*/15 * * * *\", and use timeZone for "
	       "zones.",
	.kinds = lint_cron_jobs,
	.check_object = check,
};
