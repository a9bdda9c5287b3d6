/*
 * forbidden-annotation: annotations that a project does not want to see.
 */
#include "lints/lint.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct lint_param params[] = {
	{ "key", LINT_PARAM_PATTERNS, "[]", "Patterns over the key." },
	{ "value", LINT_PARAM_PATTERNS, "[]",
	  "Patterns over the value; none: any." },
	{ .name = NULL }
};

static void check_map(struct lint_run *run, const struct value *metadata)
{
	const struct value_entry *entry;

	value_foreach (entry, value_get(metadata, "annotations")) {
		const char *text = value_string_or(entry->value, "");

		if (lint_param_matches(run, "key", entry->key) &&
		    (!lint_param_has_pattern(run, "value") ||
		     lint_param_matches(run, "value", text)))
			lint_report(run, entry->value,
				    "the annotation '%s' is not wanted here",
				    entry->key);
	}
}

static void check_object(struct lint_run *run, const struct object *object)
{
	check_map(run, value_get(object->root, "metadata"));
}

/* A Pod's own are those of the object. */
static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	if (pod->metadata != value_get(pod->object->root, "metadata"))
		check_map(run, pod->metadata);
}

const struct lint_rule lint_forbidden_annotation = {
	.name = "forbidden-annotation",
	.code = "PL8112",
	.group = LINT_METADATA,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "An object has an annotation that the project does not "
		   "allow.",
	.why = "Annotations steer controllers; some of them switch off what "
	       "the project relies on.",
	.fix = "Delete the annotation.",
	.params = params,
	.check_object = check_object,
	.check_pod = check_pod,
};
