/*
 * name-too-long: a name that leaves no room for what is put behind it.
 *
 * Pods of a controller are called after it, and labels hold those names, so
 * that 63 characters have to do for both.
 */
#include "lints/lint.h"

#include <string.h>

#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = {
	{ "", "Service" },        { "batch", "CronJob" },    { "batch", "Job" },
	{ "apps", "Deployment" }, { "apps", "StatefulSet" }, { NULL, NULL }
};

enum {
	LABEL_MAX = 63,
	CRON_JOB_MAX = 52,  /* a Job has 11 more */
	DEPLOYMENT_MAX = 46 /* a pod has two hashes more */
};

static size_t digits(int64_t number)
{
	size_t count = 1;

	while (number > 9) {
		number /= 10;
		count++;
	}
	return count;
}

static void check(struct lint_run *run, const struct object *object)
{
	enum diag_severity severity = DIAG_ERROR;
	size_t most = LABEL_MAX, len = strlen(object->name);
	int64_t replicas = 1;

	if (strcmp(object->kind, "CronJob") == 0)
		most = CRON_JOB_MAX;
	if (strcmp(object->kind, "Job") == 0)
		severity = DIAG_WARNING;
	if (strcmp(object->kind, "Deployment") == 0) {
		severity = DIAG_WARNING;
		most = DEPLOYMENT_MAX;
	}
	if (strcmp(object->kind, "StatefulSet") == 0) {
		(void)value_as_int(value_at(object->root, "spec.replicas"),
				   &replicas);
		most -= 1 + digits(replicas - 1);
	}
	if (len > most)
		lint_report_as(run, severity,
			       value_at(object->root, "metadata.name"),
			       "name '%s' has %zu characters; %s allows %zu",
			       object->name, len, object->kind, most);
}

const struct lint_rule lint_name_too_long = {
	.name = "name-too-long",
	.code = "PL8115",
	.group = LINT_METADATA,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "A name is longer than its kind allows.",
	.why = "The object, or what it makes, is rejected.",
	.fix = "Shorten it.",
	.kinds = kinds,
	.check_object = check,
};
