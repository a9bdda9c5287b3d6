/*
 * job-indexed-invalid: fields of a Job that exclude one another.
 */
#include "lints/lint.h"
#include "lints/subjects/jobs.h"
#include "model/value.h"
#include "model/value_path.h"

enum {
	INDEXED_PARALLELISM_MAX = 100000,
	TRACKED_COMPLETIONS = 100000,
	TRACKED_PARALLELISM = 10000
};

static void check_indexed(struct lint_run *run, const struct object *object,
			  const struct value *spec)
{
	const struct value *parallel = value_get(spec, "parallelism");
	int64_t workers = 1, completions = 0;

	(void)value_as_int(parallel, &workers);
	(void)value_as_int(value_get(spec, "completions"), &completions);
	if (value_is_null(value_get(spec, "completions")))
		lint_report(run, value_get(spec, "completionMode"),
			    "%s '%s': an Indexed Job needs completions",
			    object->kind, object->name);
	if (workers > INDEXED_PARALLELISM_MAX)
		lint_report(run, parallel,
			    "%s '%s': parallelism %lld of an Indexed Job is "
			    "above 100000",
			    object->kind, object->name, (long long)workers);
	else if (workers > TRACKED_PARALLELISM &&
		 completions > TRACKED_COMPLETIONS)
		lint_report_as(run, DIAG_WARNING, parallel,
			       "%s '%s': so many completions and parallel "
			       "pods may not be tracked",
			       object->kind, object->name);
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *spec = lint_job_spec(object);
	const struct value *failures = value_get(spec, "podFailurePolicy");
	const struct value *each = value_get(spec, "backoffLimitPerIndex");
	const struct value *lost = value_get(spec, "maxFailedIndexes");
	bool indexed = value_equals_string(value_get(spec, "completionMode"),
					   "Indexed");
	bool never = value_equals_string(
		value_at(spec, "template.spec.restartPolicy"), "Never");

	if (indexed)
		check_indexed(run, object, spec);
	if (failures && !value_is_null(failures) && !never)
		lint_report(run, failures,
			    "%s '%s': podFailurePolicy needs restartPolicy "
			    "Never",
			    object->kind, object->name);
	if (each && !value_is_null(each) && !indexed)
		lint_report(run, each,
			    "%s '%s': backoffLimitPerIndex needs "
			    "completionMode Indexed",
			    object->kind, object->name);
	if (lost && !value_is_null(lost) && value_is_null(each))
		lint_report(run, lost,
			    "%s '%s': maxFailedIndexes needs "
			    "backoffLimitPerIndex",
			    object->kind, object->name);
}

const struct lint_rule lint_job_indexed_invalid = {
	.name = "job-indexed-invalid",
	.code = "PL1150",
	.group = LINT_RELIABILITY,
	.severity = DIAG_ERROR,
	.since = "0.1",
	.summary = "Fields of a Job exclude one another.",
	.why = "The API server rejects it.",
	.fix = "Correct completionMode, completions, parallelism or "
	       "podFailurePolicy.",
	.kinds = lint_all_jobs,
	.check_object = check,
};
