/*
 * job-immutable-template: a Job that cannot be applied a second time.
 *
 * A name that ends in digits or in a hash is taken for a new one each time.
 */
#include "lints/lint.h"

#include <string.h>

#include "lints/subjects/jobs.h"
#include "model/value.h"

enum {
	HASH_SHORTEST = 6
};

static bool is_new_each_time(const char *name)
{
	const char *dash = strrchr(name, '-');
	const char *part = dash ? dash + 1 : name;
	size_t len = strlen(part);

	return *part &&
	       (strspn(part, "0123456789.") == len ||
		(len >= HASH_SHORTEST && strcspn(part, "0123456789") < len));
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *name = value_get(metadata, "name");
	const struct value *spec = value_get(object->root, "spec");

	if (name && !lint_is_hook(object) && !is_new_each_time(object->name) &&
	    !value_get(spec, "ttlSecondsAfterFinished"))
		lint_report(run, name,
			    "the template of Job '%s' cannot be changed once "
			    "it is applied",
			    object->name);
}

const struct lint_rule lint_job_immutable_template = {
	.name = "job-immutable-template",
	.code = "PL1151",
	.group = LINT_RELIABILITY,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Job of a fixed name is applied again and again.",
	.why = "The server refuses any change of its template, and a finished "
	       "Job does not run again.",
	.fix = "Make it a hook, set ttlSecondsAfterFinished, or give each "
	       "version a name.",
	.kinds = lint_jobs,
	.check_object = check,
};
