/*
 * psa-namespace-label: a namespace that enforces no level of Pod Security.
 */
#include "lints/lint.h"

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "lints/subjects/pss.h"
#include "model/value.h"
#include "model/value_path.h"

static const struct group_kind kinds[] = { { "", "Namespace" },
					   { NULL, NULL } };

static const char prefix[] = "pod-security.kubernetes.io/";

static bool is_level(const char *text)
{
	return strcmp(text, "privileged") == 0 ||
	       strcmp(text, "baseline") == 0 || strcmp(text, "restricted") == 0;
}

static void check_values(struct lint_run *run, const struct value *labels)
{
	static const char *const modes[] = { "enforce", "audit", "warn" };
	size_t i;
	unsigned minor;

	for (i = 0; i < ARRAY_COUNT(modes); i++) {
		const char *key = arena_join(run->arena, prefix, modes[i]);
		const struct value *level = value_get(labels, key);
		const struct value *version = value_get(
			labels, arena_join(run->arena, key, "-version"));

		if (value_is_string(level) && !is_level(value_string(level)))
			lint_report_as(run, DIAG_ERROR, level,
				       "'%s' is no level: privileged, "
				       "baseline or restricted is",
				       value_string(level));
		if (value_is_string(version) &&
		    !lint_pss_version(value_string(version), 0, &minor))
			lint_report_as(run, DIAG_ERROR, version,
				       "'%s' is neither latest nor such as "
				       "v1.31",
				       value_string(version));
	}
}

static void check(struct lint_run *run, const struct object *object)
{
	const struct value *labels = value_at(object->root, "metadata.labels");
	const struct value *level =
		value_get(labels, "pod-security.kubernetes.io/enforce");

	check_values(run, labels);
	if (value_is_null(level))
		lint_report(run,
			    labels ? labels
				   : value_get(object->root, "metadata"),
			    "Namespace '%s' enforces no level of Pod Security",
			    object->name);
	else if (value_equals_string(level, "privileged"))
		lint_report(run, level,
			    "Namespace '%s' enforces only the privileged level",
			    object->name);
}

const struct lint_rule lint_psa_namespace_label = {
	.name = "psa-namespace-label",
	.code = "PL3140",
	.group = LINT_SECURITY,
	.severity = DIAG_WARNING,
	.opt_in = true,
	.since = "0.1",
	.summary = "A Namespace enforces no level of Pod Security, or one "
		   "that does not exist.",
	.why = "Without the label any pod is admitted, and the API server "
	       "refuses other words.",
	.fix = "Set pod-security.kubernetes.io/enforce to baseline or "
	       "restricted.",
	.kinds = kinds,
	.check_object = check,
};
