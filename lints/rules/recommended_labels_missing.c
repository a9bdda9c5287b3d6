/*
 * recommended-labels-missing: objects without the labels that tools look
 * for.
 */
#include "lints/lint.h"
#include "base/str.h"
#include "model/value.h"

static const struct lint_param params[] = {
	{ "labels", LINT_PARAM_TEXTS,
	  "[app.kubernetes.io/name, app.kubernetes.io/instance, "
	  "app.kubernetes.io/version, app.kubernetes.io/part-of, "
	  "app.kubernetes.io/managed-by]",
	  "The labels that are wanted." },
	{ .name = NULL }
};

static void check(struct lint_run *run, const struct podspec *pod)
{
	const struct object *object = pod->object;
	const struct value *metadata = value_get(object->root, "metadata");
	const struct value *labels = value_get(metadata, "labels");
	const char *const *wanted = lint_param_texts(run, "labels");
	struct str missing;

	str_init(&missing, run->arena);
	for (; *wanted; wanted++)
		if (!value_get(labels, *wanted))
			str_printf(&missing, "%s%s", missing.len ? ", " : "",
				   *wanted);
	if (missing.len && value_is_map(metadata))
		lint_report_absent(run, labels ? labels : metadata,
				   labels ? "" : "labels", "%s '%s' lacks %s",
				   object->kind, object->name,
				   str_text(&missing));
}

const struct lint_rule lint_recommended_labels_missing = {
	.name = "recommended-labels-missing",
	.code = "PL8113",
	.group = LINT_METADATA,
	.severity = DIAG_INFO,
	.opt_in = true,
	.since = "0.1",
	.summary = "An object lacks labels that Kubernetes recommends.",
	.why = "Tools cannot show what belongs together.",
	.fix = "Add app.kubernetes.io labels.",
	.params = params,
	.check_pod = check,
};
