#include "lints/subjects/jobs.h"

#include <string.h>

#include "base/attr.h"
#include "model/value.h"
#include "model/value_path.h"

const struct group_kind lint_jobs[] = { { "batch", "Job" }, { NULL, NULL } };

const struct group_kind lint_cron_jobs[] = { { "batch", "CronJob" },
					     { NULL, NULL } };

const struct group_kind lint_all_jobs[] = { { "batch", "CronJob" },
					    { "batch", "Job" },
					    { NULL, NULL } };

const struct value *lint_job_spec(const struct object *object)
{
	return value_at(object->root, strcmp(object->kind, "CronJob") == 0
					      ? "spec.jobTemplate.spec"
					      : "spec");
}

bool lint_is_hook(const struct object *object)
{
	static const char *const names[] = { "helm.sh/hook",
					     "argocd.argoproj.io/hook" };
	const struct value *annotations =
		value_at(object->root, "metadata.annotations");
	size_t i;

	for (i = 0; i < ARRAY_COUNT(names); i++)
		if (value_get(annotations, names[i]))
			return true;
	return false;
}
