/*
 * pull-secret-missing: imagePullSecrets that are not there, without a name,
 * or twice.
 */
#include "lints/lint.h"
#include "base/table.h"
#include "lints/index.h"
#include "lints/reference.h"
#include "model/value.h"

static void check_list(struct lint_run *run, const struct object *object,
		       const struct value *list)
{
	const struct value *item;
	struct table seen;

	table_init(&seen, run->arena);
	list_foreach (item, list) {
		const struct value *name = value_get(item, "name");
		const struct value *at = name ? name : item;
		struct lint_reference ref = {
			"",
			"Secret",
			lint_namespace(run, object),
			value_string_or(name, ""),
		};

		if (!*ref.name) {
			lint_report(run, at, "imagePullSecret '' has no name");
		} else if (table_puts(&seen, ref.name, (void *)item)) {
			lint_report(run, at,
				    "imagePullSecret '%s' stands there twice",
				    ref.name);
		} else if (lint_dangles(run, &ref)) {
			lint_report(run, at,
				    "imagePullSecret '%s' does not exist",
				    ref.name);
			lint_help_create(run, &ref);
		}
	}
}

static void check_pod(struct lint_run *run, const struct podspec *pod)
{
	check_list(run, pod->object, value_get(pod->spec, "imagePullSecrets"));
}

static void check_object(struct lint_run *run, const struct object *object)
{
	if (object_is(object, "", "ServiceAccount"))
		check_list(run, object,
			   value_get(object->root, "imagePullSecrets"));
}

const struct lint_rule lint_pull_secret_missing = {
	.name = "pull-secret-missing",
	.code = "PL7102",
	.group = LINT_REFERENCES,
	.severity = DIAG_INFO,
	.since = "0.1",
	.summary = "An imagePullSecret does not exist, has no name or stands "
		   "there twice.",
	.why = "Images of a private registry cannot be pulled.",
	.fix = "Create it or correct the name.",
	.check_object = check_object,
	.check_pod = check_pod,
};
